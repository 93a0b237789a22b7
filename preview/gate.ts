import { type Change, isChangeId } from "../topology/change.ts";
import { type ChangeLabel, isWorse, worst } from "../topology/change-label.ts";
import { printableLine } from "../topology/issue.ts";
import { type Permission, permissionFor, type PermissionProblem, permissionProblems } from "../topology/permission.ts";
import { losesData, needsPermission } from "../topology/refuse-change.ts";
import { isPlanPermissionId, type LabelledChange, planPermissionId } from "./label-plan.ts";
import { shownWished } from "./shown-planned.ts";

/** The worst that needs nobody's leave, unless `--max` says otherwise: what is worse replaces or loses data. */
export const DEFAULT_LIMIT: ChangeLabel = "rebuild";

/** What a policy said of a resource, or of the stack. */
export interface GateFinding {
  readonly policy: string;
  readonly mandatory: boolean;
  readonly message: string;
}

/** What a plan is judged by. */
export interface GateBasis {
  /** What the wish changes; none where there was nothing before, or nothing is known of it. */
  readonly wish: readonly Change[];
  /** What the engine plans. */
  readonly plan: readonly LabelledChange[];
  readonly permissions: readonly Permission[];
  /** The worst label that passes by itself. */
  readonly limit: ChangeLabel;
  readonly findings: readonly GateFinding[];
  /** Kinds of ids whose permissions can't be judged here, by what they begin with, as in `plan/`. */
  readonly unjudged?: readonly string[];
  /** What the judgement depends on and nobody could see; with one of these nothing is green. */
  readonly couldNotCheck: readonly string[];
  /** What is wrong with the cost. */
  readonly overBudget?: string | undefined;
  readonly now: Date;
}

/** Why a plan does not pass. */
export interface GateReason {
  readonly kind: "change" | "plan" | "policy" | "budget" | "permission" | "could not check";
  readonly text: string;
  /** Id of the permission that lets it through, where there is one. */
  readonly permission?: string;
}

/** What the plan does to one resource, beyond what the wish's own changes say. */
export interface BeyondWish {
  readonly urn: string;
  readonly id: string;
  readonly label: ChangeLabel;
  readonly exposure: boolean;
  readonly changes: readonly LabelledChange[];
}

/** What became of a plan. */
export interface GateVerdict {
  readonly passes: boolean;
  /** 0 below the limit · 1 above it, or on a policy or a budget · 2 on permissions alone · 3 could not check. */
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly reasons: readonly GateReason[];
  /** Permissions that hold and are needed, by id. */
  readonly permitted: readonly Permission[];
}

/** Judges a plan by labels, permissions, policies and budget. */
export function judgeGate(basis: GateBasis): GateVerdict {
  const { now, permissions, wish } = basis;
  const asked = wish.filter((change) => needsLeave(change, basis.limit));
  const beyond = beyondWish(basis.plan, wish, basis.limit);
  const stopped = (id: string): boolean => permissionFor(permissions, id, now) === undefined;
  const needed = new Set([...asked, ...beyond].map(({ id }) => id));
  const reasons: GateReason[] = [
    ...asked.flatMap((change) => (change.instead !== undefined || stopped(change.id) ? [wishReason(change)] : [])),
    ...beyond.filter(({ id }) => stopped(id)).map((one) => beyondReason(one, basis)),
    ...basis.findings.filter(({ mandatory }) => mandatory).map(policyReason),
    ...(basis.overBudget === undefined ? [] : [{ kind: "budget" as const, text: basis.overBudget }]),
    ...problemsOf(basis, needed).map(permissionReason),
    ...basis.couldNotCheck.map((text): GateReason => ({ kind: "could not check", text })),
  ];
  const permitted = permissions.filter(({ id }) => needed.has(id) && !stopped(id));
  return { passes: reasons.length === 0, exitCode: exitCodeOf(reasons), reasons, permitted };
}

/**
 * What the plan does that is worse than the limit, or exposes, and that no change of the wish explains: for each resource
 * one entry for its worst label, and one for exposure.
 */
export function beyondWish(
  plan: readonly LabelledChange[],
  wish: readonly Change[],
  limit: ChangeLabel = DEFAULT_LIMIT,
): BeyondWish[] {
  const byUrn = new Map<string, LabelledChange[]>();
  for (const change of plan) byUrn.set(change.urn, [...(byUrn.get(change.urn) ?? []), change]);
  return [...byUrn].flatMap(([urn, changes]) => {
    const [first] = changes;
    if (first === undefined) return [];
    const entries: BeyondWish[] = [];
    const above = changes.filter((one) => isWorse(one.label, limit) && !wish.some((two) => explains(two, one)));
    const label = worst(above.map((one) => one.label));
    if (above.length > 0) {
      entries.push({ urn, id: planPermissionId(first, label), label, exposure: false, changes: above });
    }
    const open = changes.filter(({ exposure }) => exposure);
    if (open.length > 0 && !wish.some((one) => one.exposure && concerns(one, first))) {
      entries.push({ urn, id: planPermissionId(first, "exposure"), label: "none", exposure: true, changes: open });
    }
    return entries;
  });
}

/** A change of a wish that the limit does not let through by itself. */
function needsLeave(change: Change, limit: ChangeLabel): boolean {
  if (change.instead !== undefined || isWorse(change.label, limit)) return true;
  // A limit that was raised is leave enough for what is lost, and not for who may read it.
  return needsPermission(change) && change.exposure;
}

/** Whether a change of the wish already says what one of the plan does, so that leave for the one is leave for both. */
function explains(wished: Change, planned: LabelledChange): boolean {
  if (isWorse(planned.label, wished.label)) return false;
  return !losesData(planned) || concerns(wished, planned);
}

/** What is written of one replica says nothing of the other servers. */
function concerns({ path }: Change, { name }: Pick<LabelledChange, "name">): boolean {
  const [, replica] = /^(?:data\.)?replicas\.([^.]+)/.exec(path) ?? [];
  if (replica === undefined) return true;
  return name.endsWith(`-replica-${replica}`) || name.includes(`-replica-${replica}-`);
}

function wishReason({ exposure, from, id, instead, label, path, to, what }: Change): GateReason {
  const text = `${path}: ${shownWished(from, path)} → ${shownWished(to, path)} (${weightOf(label, exposure)}): ${what}`;
  if (instead === undefined) return { kind: "change", text, permission: id };
  return { kind: "change", text: `${text}; no permission allows it: instead, ${instead}` };
}

function beyondReason({ changes, exposure, id, label }: BeyondWish, { unjudged = [] }: GateBasis): GateReason {
  const [first] = changes;
  const where = printableLine([first?.name, first?.property].filter(Boolean).join(" "));
  const more = changes.length > 1 ? `, and ${changes.length - 1} more of it` : "";
  // Of somebody else's program nobody knows what asks for it.
  const asked = unjudged.includes("change/") ? "" : "; nothing in the configuration asks for that";
  const text = `${where} (${exposure ? "exposure" : label}): ${printableLine(first?.what ?? "")}${more}${asked}`;
  return { kind: "plan", text, permission: id };
}

function policyReason({ message, policy }: GateFinding): GateReason {
  return { kind: "policy", text: `${policy}: ${message}` };
}

function problemsOf(basis: GateBasis, needed: ReadonlySet<string>): PermissionProblem[] {
  const isKnown = (id: string): boolean => isChangeId(id) || isPlanPermissionId(id);
  const { now, permissions, unjudged = [] } = basis;
  return permissionProblems(permissions, { isKnown, needed, now }).filter(
    ({ kind, issue }) => kind !== "unused" || !unjudged.some((start) => issue.where.startsWith(start)),
  );
}

function permissionReason({ issue }: PermissionProblem): GateReason {
  return { kind: "permission", text: `permission ${issue.where}: ${issue.got}; ${issue.fix}` };
}

/** A label with what stands beside it. */
export function weightOf(label: ChangeLabel, exposure: boolean): string {
  return exposure ? `${label}, exposure` : label;
}

function exitCodeOf(reasons: readonly GateReason[]): GateVerdict["exitCode"] {
  const kinds = new Set(reasons.map(({ kind }) => kind));
  if (["change", "plan", "policy", "budget"].some((kind) => kinds.has(kind as GateReason["kind"]))) return 1;
  if (kinds.has("permission")) return 2;
  return kinds.has("could not check") ? 3 : 0;
}
