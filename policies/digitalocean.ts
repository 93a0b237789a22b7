import type { StackValidationPolicy } from "@pulumi/policy";
import { DIGITALOCEAN_TYPES, factsFromDigitalOceanPlan } from "../facts/from-plan/digitalocean.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import { NOTHING_KNOWN } from "../requirements/facts/nothing-known.ts";
import { FLOORS } from "../requirements/floors.ts";
import { judgeAll } from "../requirements/judge.ts";
import { reportJudged } from "./from-requirement.ts";
import { CONTEXT_SCHEMA, packContext } from "./pack-context.ts";
import { readResource } from "./read-resources.ts";

/** What the plan of a stack on DigitalOcean can be judged on; the rest is the platform's, and `pgt verify`'s. */
const JUDGED = CATALOGUE.filter(
  ({ id, topic }) => ["bucket", "clusters", "host"].includes(topic) || id === "pooling/mode",
);
const TYPES: readonly string[] = Object.values(DIGITALOCEAN_TYPES);

/** What a stack on DigitalOcean must be, read once for all of its resources. */
export const digitalOcean: StackValidationPolicy = {
  name: "digitalocean",
  description: "What a stack on DigitalOcean must be",
  enforcementLevel: "mandatory",
  configSchema: CONTEXT_SCHEMA,
  validateStack: (args, report) => {
    if (!args.resources.some(({ type }) => TYPES.includes(type))) args.notApplicable("nothing of it on DigitalOcean");
    const resources = args.resources.map(readResource);
    const { environment } = packContext(args.getConfig(), resources);
    const facts = { ...NOTHING_KNOWN, ...factsFromDigitalOceanPlan(resources) };
    const urns = new Map(resources.map(({ name, urn }) => [name, urn]));
    reportJudged(judgeAll(JUDGED, facts, "plan", FLOORS[environment]), report, (message) =>
      urns.get(message.split(":", 1)[0] ?? ""),
    );
  },
};
