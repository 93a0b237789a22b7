import type { Change } from "../topology/change.ts";
import { type ChangeLabel, isWorse, worst } from "../topology/change-label.ts";
import type { Effect } from "../topology/change/rule.ts";
import { printable, printableLine } from "../topology/issue.ts";
import type { Permission } from "../topology/permission.ts";
import { type GateFinding, type GateReason, type GateVerdict } from "./gate.ts";
import type { BudgetVerdict, CostComparison } from "./cost/cost.ts";
import type { LabelledChange, LabelledPlan } from "./label-plan.ts";
import type { ObjectiveChange } from "./objectives.ts";
import type { Operation } from "./planned-step.ts";
import { withoutSecrets } from "./looks-secret.ts";
import { shownPlanned, shownWished } from "./shown-planned.ts";

/** One change as a person reads it; values are texts, and no secret is among them. */
export interface ReportedChange {
  /** The property or field; empty where it is about the resource as a whole. */
  readonly property: string;
  readonly from: string;
  readonly to: string;
  readonly label: ChangeLabel;
  readonly exposure: boolean;
  readonly what: string;
  /** An address, or a file of this repository. */
  readonly source: string;
  /** Nobody has said what it does: the label is the worst that is plausible. */
  readonly unknown: boolean;
  /** Something was changed past Pulumi. */
  readonly drifted: boolean;
}

/** What the plan does to one resource that has to do with a database. */
export interface ReportedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly operation: Operation;
  /** The worst of its changes. */
  readonly label: ChangeLabel;
  readonly exposure: boolean;
  readonly changes: readonly ReportedChange[];
}

/** What a month costs by the vendor's list, now and after. */
export interface ReportedCost extends CostComparison {
  /** Whether every line of what is wished has a price; if not, its sum is a least. */
  readonly isWhole: boolean;
  readonly notes: readonly string[];
  /** `null`: no budget is set. */
  readonly budget: BudgetVerdict | null;
}

/** What a change of the lock file does to bugs of providers that are known, a line each. */
export interface ReportedBugs {
  readonly since: string;
  readonly brings: readonly string[];
  readonly takes: readonly string[];
  /** How many there were before, and still are. */
  readonly stays: number;
}

/** What was planned, and what is known of it. */
export interface PreviewFacts {
  readonly stack: string;
  /** Where the plan is from, in words: the engine, a file, a comparison with a commit. */
  readonly source: string;
  readonly limit: ChangeLabel;
  readonly wish: readonly Change[];
  /** `undefined` where no engine was asked. */
  readonly plan: LabelledPlan | undefined;
  /** `undefined` where no policy was asked. */
  readonly findings: readonly GateFinding[] | undefined;
  readonly objectives: readonly ObjectiveChange[];
  /** `undefined` where no wish is known. */
  readonly cost: ReportedCost | undefined;
  /** `undefined` where nobody asked. */
  readonly bugs: ReportedBugs | undefined;
  /** What could not be seen, in words; a plan that passes says so, too. */
  readonly unseen: readonly string[];
  readonly gate: GateVerdict;
}

/** One page about a plan: the shape of `pgt preview --json`, which stays as it is. */
export interface PreviewReport {
  readonly stack: string;
  readonly source: string;
  readonly passes: boolean;
  readonly exitCode: GateVerdict["exitCode"];
  /** Of all changes, the wish's and the plan's. */
  readonly worst: ChangeLabel;
  readonly exposure: boolean;
  readonly limit: ChangeLabel;
  /** Why it does not pass. */
  readonly reasons: readonly GateReason[];
  /** Permissions that it passes by. */
  readonly permitted: readonly Permission[];
  /** What the configuration changes, the worst first. */
  readonly wish: readonly ReportedChange[];
  /** What the plan changes of databases, the worst first; `null` where no plan was made. */
  readonly resources: readonly ReportedResource[] | null;
  /** How many resources change that have nothing to do with a database, by operation. */
  readonly leftAlone: Readonly<Partial<Record<Operation, number>>>;
  /** `null` where no policy was asked. */
  readonly policies: readonly GateFinding[] | null;
  readonly objectives: readonly ObjectiveChange[];
  /** `null` where no stack was named. */
  readonly cost: ReportedCost | null;
  /** `null` where nobody asked by `--since`. */
  readonly bugs: ReportedBugs | null;
  readonly unseen: readonly string[];
}

/** The page about a plan, as data. */
export function previewReport(facts: PreviewFacts): PreviewReport {
  const { bugs, cost, findings, gate, limit, objectives, plan, source, stack, unseen, wish } = facts;
  const planned = plan?.changes ?? [];
  const wished = wish.map(wishedChange);
  return {
    stack: printableLine(stack),
    source: printableLine(source),
    passes: gate.passes,
    exitCode: gate.exitCode,
    worst: worst([...wish, ...planned].map(({ label }) => label)),
    exposure: [...wish, ...planned].some(({ exposure }) => exposure),
    limit,
    reasons: gate.reasons.map((reason) => ({ ...reason, text: printable(withoutSecrets(reason.text)) })),
    permitted: gate.permitted.map(printablePermission),
    wish: worstFirst(wished),
    resources: plan === undefined ? null : resourcesOf(planned),
    leftAlone: countByOperation(plan?.leftAlone ?? []),
    policies: findings === undefined ? null : mandatoryFirst(findings),
    objectives,
    cost: cost ?? null,
    bugs: bugs ?? null,
    unseen: unseen.map(printable),
  };
}

/** Its words are somebody's; its id has to stay what the next file of permissions says. */
function printablePermission({ owner, reason, ...permission }: Permission): Permission {
  return { ...permission, owner: printableLine(owner), reason: printableLine(reason) };
}

function wishedChange({ exposure, from, label, path, source, to, what }: Change): ReportedChange {
  return {
    property: printableLine(path),
    from: printableLine(shownWished(from, path)),
    to: printableLine(shownWished(to, path)),
    label,
    exposure,
    what,
    source: sourceText(source),
    unknown: false,
    drifted: false,
  };
}

function resourcesOf(changes: readonly LabelledChange[]): readonly ReportedResource[] {
  const byUrn = new Map<string, LabelledChange[]>();
  for (const change of changes) {
    const known = byUrn.get(change.urn);
    if (known === undefined) byUrn.set(change.urn, [change]);
    else known.push(change);
  }
  const resources = [...byUrn].flatMap(([urn, own]): ReportedResource[] => {
    const [first] = own;
    if (first === undefined) return [];
    const [name, type, operation] = [printableLine(first.name), printableLine(first.type), first.operation];
    const label = worst(own.map((one) => one.label));
    const exposure = own.some((one) => one.exposure);
    return [{ urn, type, name, operation, label, exposure, changes: worstFirst(own.map(plannedChange)) }];
  });
  return worstFirst(resources);
}

function plannedChange(change: LabelledChange): ReportedChange {
  const { drifted, exposure, from, label, property = "", source, to, unknown, what } = change;
  const isWhole = change.property === undefined;
  return {
    property: printableLine(withoutSecrets(property)),
    from: isWhole ? "" : printableLine(shownPlanned(from, property)),
    to: isWhole ? "" : printableLine(shownPlanned(to, property)),
    label,
    exposure,
    what: printableLine(withoutSecrets(what)),
    source: sourceText(source),
    unknown,
    drifted,
  };
}

/** Stable: what is equally bad stays in the order in which it came. */
function worstFirst<T extends { readonly label: ChangeLabel; readonly exposure: boolean }>(
  changes: readonly T[],
): readonly T[] {
  return [...changes].sort((a, b) => {
    if (a.label !== b.label) return isWorse(a.label, b.label) ? -1 : 1;
    return Number(b.exposure) - Number(a.exposure);
  });
}

function mandatoryFirst(findings: readonly GateFinding[]): readonly GateFinding[] {
  return findings
    .map(({ mandatory, message, policy }) => ({
      policy: printableLine(policy),
      mandatory,
      message: printable(withoutSecrets(message)),
    }))
    .sort((a, b) => Number(b.mandatory) - Number(a.mandatory));
}

function countByOperation(steps: LabelledPlan["leftAlone"]): PreviewReport["leftAlone"] {
  const counts: Partial<Record<Operation, number>> = {};
  for (const { operation } of steps) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}

function sourceText(source: Effect["source"]): string {
  if ("file" in source) return source.file;
  return source.confirmed ? source.source : `${source.source} (not confirmed: ${source.why})`;
}
