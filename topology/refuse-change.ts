import { type Change, shownValue } from "./change.ts";
import type { Issue } from "./issue.ts";
import { isExpired, type Permission, permissionFor, permissionYaml } from "./permission.ts";

/** Whether a change leaves data or backups behind, for good or until they are brought back. */
export function losesData({ label }: Pick<Change, "label">): boolean {
  return label === "replace" || label === "data loss";
}

/** Whether a change is refused unless it is permitted: it replaces or loses data, or exposes it, and can be done. */
export function needsPermission(change: Pick<Change, "label" | "exposure" | "instead">): boolean {
  return change.instead === undefined && (change.exposure || losesData(change));
}

/**
 * Every change that needs a permission and has none that holds, which says what would happen and how to permit it; and
 * every change that would end half-way, which says what to do instead.
 */
export function refusedChanges(changes: readonly Change[], permissions: readonly Permission[], now: Date): Issue[] {
  return changes.flatMap((change) => {
    if (change.instead !== undefined) return [impossible(change, change.instead)];
    const isPermitted = !needsPermission(change) || permissionFor(permissions, change.id, now) !== undefined;
    return isPermitted ? [] : [refusal(change, permissions, now)];
  });
}

function impossible({ path, from, to, what }: Change, instead: string): Issue {
  return {
    where: path,
    got: `${shownValue(from)} → ${shownValue(to)} (no permission allows it)`,
    want: shownValue(from),
    because: what,
    fix: `take it back; instead, ${instead}`,
  };
}

function refusal(change: Change, permissions: readonly Permission[], now: Date): Issue {
  const { id, path, from, to, what, label, exposure } = change;
  const expired = permissions.find((permission) => permission.id === id && isExpired(permission, now));
  const late = expired && `; the permission of ${expired.owner} expired on ${expired.expires}`;
  const kinds = [...(losesData(change) ? [label] : []), ...(exposure ? ["exposure"] : [])];
  return {
    where: path,
    got: `${shownValue(from)} → ${shownValue(to)} (${kinds.join(", ")})`,
    want: from === undefined ? "not set, or a permission" : `${shownValue(from)}, or a permission`,
    because: `${what}${late ?? ""}`,
    fix: ["take it back, or permit it:", ...permissionYaml(id, now)].join("\n"),
  };
}
