import { PERMISSIONS_KEY } from "../../config/keys.ts";
import { CONTAINER_TYPE } from "../../facts/from-plan/docker-container.ts";
import { GCP_TYPES } from "../../facts/from-plan/gcp/resource-types.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import {
  type Change,
  changesBetween,
  changeText,
  containersMadeAnew,
  isChangeId,
  primaryMadeAnew,
} from "../../topology/change.ts";
import { worst } from "../../topology/change-label.ts";
import { beyondWish, type BeyondWish } from "../../preview/gate.ts";
import { isPlanPermissionId } from "../../preview/label-plan.ts";
import { shownPlanned } from "../../preview/shown-planned.ts";
import { issueText } from "../../topology/issue.ts";
import { permissionProblems } from "../../topology/permission.ts";
import { losesData, needsPermission, refusedChanges } from "../../topology/refuse-change.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { databasesOf, type ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { TopologySpec } from "../../topology/spec.ts";
import type { CommandContext } from "../context.ts";
import type { Plan } from "./plan.ts";
import type { Wish } from "./read-wish.ts";

/** What changes are judged by. */
export interface ChangeBasis extends Pick<Wish, "place" | "permissions"> {
  readonly now: Date;
}

/** Says what changes, and ends the run before anything is touched when a change is refused. @throws {PgtError} */
export function refuseChanges(context: CommandContext, { place, permissions }: Wish, changes: readonly Change[]): void {
  for (const line of judgeChanges(changes, { place, permissions, now: new Date() })) context.err(line);
}

/** What a wish changes of the topology that the last finished update was for; nothing where there was none. */
export function changesSince(before: ResolvedTopology | undefined, { topology }: Wish): readonly Change[] {
  return before === undefined ? [] : changesBetween(before, topology);
}

/** What a wish changes, and what the engine would make anew although no field of the wish asks for that. */
export function changesOf(plan: Pick<Plan, "before" | "changes">, wish: Wish): readonly Change[] {
  const asked = changesSince(plan.before, wish);
  const { topology } = wish;
  const unforeseen =
    topology.target === "docker"
      ? unforeseenRestarts(plan, asked, topology)
      : unforeseenChanges(plan, asked, { topology });
  return [...asked, ...unforeseen];
}

/**
 * A primary on Cloud SQL that the engine would make anew, although no field of the wish asks for it: the provider wants to
 * replace it, or it is no more where the state has it.
 */
export function unforeseenChanges(
  { before, changes: planned }: Pick<Plan, "before" | "changes">,
  changes: readonly Change[],
  { topology }: Pick<Wish, "topology">,
): readonly Change[] {
  if (before === undefined || changes.some(losesData)) return [];
  const primary = `${topology.name}-primary`;
  const isMadeAnew = planned.some(
    ({ name, operation, type }) => type === GCP_TYPES.instance && name === primary && operation !== "update",
  );
  return isMadeAnew ? [primaryMadeAnew(primary)] : [];
}

/** What the engine would replace or lose of any resource, although no change of the wish says so. */
export function changesBeyond({ labelled }: Pick<Plan, "labelled">, changes: readonly Change[]): readonly Change[] {
  return beyondWish(labelled.changes, changes).flatMap(changeOfPlan);
}

/** Who reaches it is for `pgt preview` to judge: a deployment goes by what the configuration says of that. */
function changeOfPlan({ changes: [first], exposure, id, label }: BeyondWish): Change[] {
  if (first === undefined || exposure) return [];
  const { name, operation, property, source, what } = first;
  const [from, to] =
    property === undefined
      ? ["as it is", operation]
      : [first.from, first.to].map((value) => shownPlanned(value, property));
  const path = property === undefined ? name : `${name} ${property}`;
  return [{ id, path, from, to, label, exposure: false, what, source }];
}

/**
 * Servers and poolers on Docker that the engine would make anew, although no field of the wish asks for a restart: another
 * image, another password or a renewed certificate is in no topology.
 */
export function unforeseenRestarts(
  planned: Pick<Plan, "changes">,
  changes: readonly Change[],
  topology: ResolvedDocker,
): readonly Change[] {
  const labels = changes.map(({ label }) => label);
  if (worst([...labels, "restart"]) === worst(labels)) return [];
  const replaced = new Set(
    planned.changes
      .filter(({ operation, type }) => type === CONTAINER_TYPE && operation === "replace")
      .map(({ name }) => name),
  );
  const parts = databasesOf(topology).flatMap(({ prefix, topology: { name, pooling, primary, replicas } }) =>
    [primary.part, ...replicas.map(({ part }) => part), ...(pooling === undefined ? [] : ["pooler"])]
      .filter((part) => replaced.has(`${name}-${part}`))
      .map((part) => prefix + part),
  );
  return parts.length > 0 ? [containersMadeAnew(parts)] : [];
}

/**
 * What the wish would lose of the volumes that an earlier topology has left; no server of it runs any more.
 * @param shape what the last `up` wrote into the configuration, if there was one
 */
export function changesOfKept(shape: unknown, topology: ResolvedTopology): readonly Change[] {
  if (shape === undefined) return [];
  return changesBetween(resolveTopology(shape as TopologySpec, topology.stack), topology).filter(losesData);
}

/**
 * Refuses what replaces, loses or exposes data without a permission, and permissions that are none.
 * @returns a line for each change, and advice on permissions that nothing needs
 * @throws {PgtError} exit code 2, with everything that is refused
 */
export function judgeChanges(changes: readonly Change[], { place, permissions, now }: ChangeBasis): readonly string[] {
  const needed = new Set(changes.filter(needsPermission).map(({ id }) => id));
  const problems = permissionProblems(permissions, { isKnown, needed, now });
  const wrong = problems.filter(
    ({ kind, issue }) => kind === "unknown" || (kind === "expired" && !needed.has(issue.where)),
  );
  const issues = [...refusedChanges(changes, permissions, now), ...wrong.map(({ issue }) => issue)];
  if (issues.length > 0) {
    const list = issues.map((issue) => `  ${issueText(issue)}`).join("\n");
    const fix = [`Permissions are a list below ${PERMISSIONS_KEY} in ${place.sourceFile}.`];
    if (place.local && changes.some(losesData)) {
      fix.push("Another stack, as --stack local-<name>, leaves the data of this one alone.");
    }
    throw new PgtError(`${count(issues.length)} refused; nothing was changed:\n${list}`, { exitCode: EXIT.usage, fix });
  }
  const unused = problems.filter(({ kind }) => kind === "unused");
  return [
    ...changes.map((change) => `change: ${changeText(change)}`),
    ...unused.map(({ issue }) => `advice: the permission ${issue.where} is not needed; remove it`),
  ];
}

function isKnown(id: string): boolean {
  return isChangeId(id) || isPlanPermissionId(id);
}

function count(issues: number): string {
  return issues === 1 ? "1 change or permission is" : `${issues} changes or permissions are`;
}
