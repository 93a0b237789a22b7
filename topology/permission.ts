import type { Issue } from "./issue.ts";

/** Leave to do one thing that is otherwise refused, by a person who answers for it, until a day. */
export interface Permission {
  /** Of what is permitted, as in `change/database`. */
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, YYYY-MM-DD in UTC. */
  readonly expires: string;
}

/** A permission that should not be there as it is. */
export interface PermissionProblem {
  readonly kind: "unknown" | "expired" | "unused";
  readonly issue: Issue;
}

/** What permissions are judged by. */
export interface PermissionBasis {
  /** Whether there is anything that an id could permit. */
  readonly isKnown: (id: string) => boolean;
  /** Ids of what would be refused without a permission. */
  readonly needed: ReadonlySet<string>;
  readonly now: Date;
}

const SUGGESTED_DAYS = 7;
const MS_PER_DAY = 86_400_000;

/** The permission for an id that still holds, if there is one. */
export function permissionFor(permissions: readonly Permission[], id: string, now: Date): Permission | undefined {
  return permissions.find((permission) => permission.id === id && !isExpired(permission, now));
}

/** Whether its last day has passed. */
export function isExpired({ expires }: Permission, now: Date): boolean {
  return dayOf(now) > expires;
}

/** Permissions for what there is not, whose day has passed, or that nothing needs; each is told of once. */
export function permissionProblems(
  permissions: readonly Permission[],
  { isKnown, needed, now }: PermissionBasis,
): PermissionProblem[] {
  return permissions.flatMap((permission): PermissionProblem[] => {
    const { id, owner, expires } = permission;
    if (!isKnown(id) && !needed.has(id)) {
      const want = "the id of something that can be refused, as in change/database";
      return [{ kind: "unknown", issue: { where: id, got: "an unknown id", want, fix: "correct or remove it" } }];
    }
    if (isExpired(permission, now)) {
      const fix = `remove it; if it is still needed, ${owner} has to give it again`;
      const want = `a last day that is not before ${dayOf(now)}`;
      return [{ kind: "expired", issue: { where: id, got: `expired on ${expires}`, want, fix } }];
    }
    if (needed.has(id)) return [];
    const issue = {
      where: id,
      got: "nothing that needs it",
      want: "permissions for what happens now",
      because: "it would let the same happen again, unseen",
      fix: "remove it",
    };
    return [{ kind: "unused", issue }];
  });
}

/** A permission as YAML, an element of the list of permissions, with blanks for a person to fill. */
export function permissionYaml(id: string, now: Date): readonly string[] {
  const expires = dayOf(new Date(now.getTime() + SUGGESTED_DAYS * MS_PER_DAY));
  return [`- id: ${id}`, "  reason: <why it may happen>", "  owner: <who answers for it>", `  expires: "${expires}"`];
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, "YYYY-MM-DD".length);
}
