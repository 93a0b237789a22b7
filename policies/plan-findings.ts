import { CONTAINER_TYPE } from "../facts/from-plan/docker-container.ts";
import { plannedPart } from "../facts/from-plan/docker-part.ts";
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import type { Judged } from "../requirements/judge.ts";
import { levelOf } from "../requirements/levels.ts";
import type { Finding, Level, Requirement } from "../requirements/requirement.ts";
import { waiverOf } from "../requirements/waivers.ts";
import type { Permission } from "../topology/permission.ts";
import type { JudgedResources } from "./judge-plan.ts";
import type { PolicySettings } from "./settings.ts";

/** One thing that does not hold of one resource, or of all of them. */
export interface PlanFinding {
  readonly requirement: Requirement;
  /** What it does to a deployment; `advisory` where it is waived. */
  readonly level: Level;
  /** Where · got · want. */
  readonly message: string;
  /** Of the resource that it is about, where it is about one. */
  readonly urn?: string;
  readonly waiver?: Permission;
}

/** What does not hold, each thing at its own resource. */
export function planFindings(
  { environment, judged, resources }: JudgedResources,
  settings: PolicySettings,
  now: Date,
): PlanFinding[] {
  const named = finder(resources);
  return judged.flatMap((one) => {
    const { requirement, verdict } = one;
    if (verdict.status !== "fail") return [];
    const waiver = waiverOf(one, settings.waivers ?? [], now);
    const level = waiver === undefined ? levelOf(requirement, environment, settings.levels) : "advisory";
    const found: readonly (Finding | undefined)[] = verdict.findings ?? [undefined];
    return found.map((finding) => {
      const { where, message } = finding ?? split(verdict.message);
      const about = named(where);
      return {
        requirement,
        level,
        message: finding === undefined ? verdict.message : `${shownName(where, about)}: ${message}`,
        ...(about !== undefined && { urn: about.urn }),
        ...(waiver && { waiver }),
      };
    });
  });
}

function split(message: string): Finding {
  return { where: message.split(":", 1)[0] ?? "", message };
}

/** In somebody else's program a primary has a name of its own. */
function shownName(where: string, about: PlannedResource | undefined): string {
  return about === undefined || about.name === where || about.name.endsWith(`-${where}`) ? where : about.name;
}

/** What nobody knows yet, each as `id (property of where)`: no pass, for `pgt verify` to ask the running topology. */
export function notYetKnown(judged: readonly Judged[]): string[] {
  return judged.flatMap(({ requirement, verdict }) =>
    verdict.status === "unknown" ? [`${requirement.id} (${verdict.missing})`] : [],
  );
}

/** Finds the resource that something is: by its own name, or in a topology by the end of it; of one alone, that one. */
function finder(resources: readonly PlannedResource[]): (where: string) => PlannedResource | undefined {
  const [only] = resources;
  if (resources.length === 1) return () => only;
  const byName = new Map(resources.toReversed().map((resource) => [resource.name, resource]));
  const found = new Map<string, PlannedResource | undefined>();
  return (where) => {
    const own = byName.get(where);
    if (own !== undefined) return own;
    // Many findings are about the same part.
    if (!found.has(where)) {
      const part = resources.find(({ name }) => name.endsWith(`-${where}`));
      found.set(where, part ?? onlyOneOf(where, resources));
    }
    return found.get(where);
  };
}

/** In containers of other people's names: the only one that does such work. */
function onlyOneOf(work: string, resources: readonly PlannedResource[]): PlannedResource | undefined {
  const [only, ...others] = resources.filter(
    (resource) => resource.type === CONTAINER_TYPE && plannedPart(resource).kind === work,
  );
  return others.length === 0 ? only : undefined;
}
