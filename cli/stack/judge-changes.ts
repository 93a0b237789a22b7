import { PERMISSIONS_KEY } from "../../config/keys.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { type Change, changesBetween, changeText, isChangeId, primaryMadeAnew } from "../../topology/change.ts";
import { issueText } from "../../topology/issue.ts";
import { permissionProblems } from "../../topology/permission.ts";
import { losesData, needsPermission, refusedChanges } from "../../topology/refuse-change.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { TopologySpec } from "../../topology/spec.ts";
import type { CommandContext } from "../context.ts";
import type { Plan } from "./plan.ts";
import type { Wish } from "./read-wish.ts";

const INSTANCE_TYPE = "gcp:sql/databaseInstance:DatabaseInstance";

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
    ({ name, operation, type }) => type === INSTANCE_TYPE && name === primary && operation !== "update",
  );
  return isMadeAnew ? [primaryMadeAnew(primary)] : [];
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
  const problems = permissionProblems(permissions, { isKnown: isChangeId, needed, now });
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

function count(issues: number): string {
  return issues === 1 ? "1 change or permission is" : `${issues} changes or permissions are`;
}
