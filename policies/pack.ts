import { Config } from "@pulumi/pulumi";
import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { PLAN_TARGETS } from "../facts/from-plan/plan-targets.ts";
import { PROJECT } from "../config/keys.ts";
import { messageOf } from "../kernel/errors.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import { listedPolicy, reportJudged } from "./from-requirement.ts";
import { remediationPolicies } from "./remediations.ts";
import { judgeResource, judgeWhole } from "./judge-plan.ts";
import { readResource } from "./read-resources.ts";
import { type PolicySettings, readSettings } from "./settings.ts";
import { reportWaivers } from "./report-waivers.ts";

/** As the engine shows it. */
export const PACK_NAME = "pgtopology";

/** The engine looks at the types only; what is in them is judged, with better words, by `readSettings`. */
const CONFIG_SCHEMA: PolicyConfigSchema = {
  properties: {
    environment: { type: "string" },
    addresses: { type: "array", items: { type: "string" } },
    regions: { type: "array", items: { type: "string" } },
    levels: { type: "object" },
    floors: { type: "object" },
    waivers: { type: "array", items: { type: "object" } },
  },
};

const ofResource: ResourceValidationPolicy = {
  name: "each-resource",
  description: "What a resource must be by itself, before it is made",
  enforcementLevel: "mandatory",
  configSchema: CONFIG_SCHEMA,
  validateResource: (args, report) => {
    if (!PLAN_TARGETS.some(({ types }) => types.has(args.type)))
      args.notApplicable("a type that no requirement is about");
    withSettings(args.getConfig(), report, (settings) => {
      // An URN is the engine's to add: a rule for one resource has one only.
      reportJudged(judgeResource(readResource(args), settings), settings, report, new Date());
    });
  },
};

/**
 * One policy for everything that needs more than one resource: the engine hands all of them to each stack policy anew,
 * so that they are read once. It fails a preview; an `up` without one would have made the resources before it is asked.
 */
const ofStack: StackValidationPolicy = {
  name: "whole-stack",
  description: "What the resources of a stack must be together",
  enforcementLevel: "mandatory",
  configSchema: CONFIG_SCHEMA,
  validateStack: (args, report) => {
    withSettings(args.getConfig(), report, (settings) => {
      const resources = args.resources.map(readResource);
      const whole = judgeWhole(resources, settings);
      const now = new Date();
      for (const judged of whole) reportJudged(judged, settings, report, now);
      reportWaivers(settings, resources, whole, report, now);
    });
  },
};

/** Everything that the pack judges by, and each requirement as the engine lists it. */
export const policies: Policies = [...remediationPolicies(settingsOrNothing), ofResource, ofStack];

/** For the engine's list of policies: a requirement of its own line, with framework, remedy and page. */
export const listedPolicies = CATALOGUE.filter(({ witnesses }) => witnesses.includes("plan")).map(listedPolicy);

/** What is wrong in the settings is told by the policies that judge. */
function settingsOrNothing(own: object): PolicySettings | undefined {
  return latestSettings(own).settings;
}

/** Settings are the same for every resource of a run: they are read once. */
interface Settings {
  readonly text: string;
  readonly settings?: PolicySettings;
  mistakes?: string;
}
let latest: Settings | undefined;

/** The pack's own configuration goes before the stack's (`pgtopology:policies`). What is wrong in either stops the deployment, and is told once. */
function withSettings(own: object, report: ReportViolation, judge: (settings: PolicySettings) => void): void {
  const read = latestSettings(own);
  if (read.settings !== undefined) judge(read.settings);
  if (read.mistakes === undefined) return;
  report(read.mistakes);
  delete read.mistakes;
}

function latestSettings(own: object): Settings {
  const value = { ...new Config(PROJECT).getObject<object>("policies"), ...own };
  const text = JSON.stringify(value);
  if (latest?.text !== text) latest = { text, ...readOrRefuse(value) };
  return latest;
}

function readOrRefuse(value: object): { settings: PolicySettings } | { mistakes: string } {
  try {
    return { settings: readSettings(value, "the settings of the policy pack") };
  } catch (error) {
    return { mistakes: messageOf(error) };
  }
}
