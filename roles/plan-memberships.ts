import { clusterStep } from "./cluster-step.ts";
import type { ObservedCluster, ObservedMembership } from "./observed.ts";
import { quoteIdentifier, type Step } from "./step.ts";
import type { WantedAccess, WantedRole } from "./wanted.ts";

/** Roles of the cloud's own that let users of IAM in: not ours to give or to take. */
const LETS_IN = "cloudsqliam";

/** Exactly the wanted ones, by SQL. */
export function planMemberships(wanted: WantedRole, { memberships }: ObservedCluster): Step[] {
  const steps: Step[] = [];
  const has = new Set<string>();
  for (const membership of memberships.filter(({ member }) => member === wanted.name)) {
    if (!wanted.memberOf.includes(membership.role)) steps.push(revokeMembership(membership, ""));
    else {
      if (membership.admin) steps.push(revokeMembership(membership, "ADMIN OPTION FOR "));
      if (membership.inherit) has.add(membership.role);
    }
  }
  const member = quoteIdentifier(wanted.name);
  for (const role of wanted.memberOf.filter((name) => !has.has(name))) {
    const sql = `GRANT ${quoteIdentifier(role)} TO ${member} WITH INHERIT TRUE`;
    steps.push(clusterStep("missing", `make ${wanted.name} a member of ${role}`, sql));
  }
  return steps;
}

function revokeMembership({ role, member, grantor }: ObservedMembership, option: "" | "ADMIN OPTION FOR "): Step {
  const [group, name, by] = [role, member, grantor].map(quoteIdentifier);
  return clusterStep(
    "unplanned",
    option === "" ? `take membership of ${role} from ${member}` : `take the admin option on ${role} from ${member}`,
    `REVOKE ${option}${String(group)} FROM ${String(name)} GRANTED BY ${String(by)} CASCADE`,
  );
}

/**
 * Memberships of users that a cloud has made. Its administrator has the admin option on no role of the cloud's, and so can't
 * change them by SQL (https://www.postgresql.org/docs/17/sql-grant.html): the cloud's API does, for one user at a time.
 */
export function planCloudMemberships(wanted: WantedAccess, { memberships, roles }: ObservedCluster): Step[] {
  const there = new Set(roles.map(({ name }) => name));
  const of = (member: string): ObservedMembership[] => memberships.filter((membership) => membership.member === member);
  const administratorIn = wanted.administratorIn.filter((name) => there.has(name));
  return [
    ...joinRoles(wanted.administrator, administratorIn, of(wanted.administrator)),
    ...wanted.roles
      .filter(({ name }) => there.has(name))
      .flatMap((role) => [...joinRoles(role.name, role.memberOf, of(role.name)), ...leaveRoles(role, of(role.name))]),
  ];
}

function joinRoles(user: string, wanted: readonly string[], memberships: readonly ObservedMembership[]): Step[] {
  const has = new Set(memberships.filter(({ inherit }) => inherit).map(({ role }) => role));
  const missing = wanted.filter((role) => !has.has(role));
  if (missing.length === 0) return [];
  const sql = `GRANT ${missing.map(quoteIdentifier).join(", ")} TO ${quoteIdentifier(user)} WITH INHERIT TRUE`;
  const step = clusterStep("missing", `make ${user} a member of ${missing.join(", ")}`, sql);
  return [{ ...step, alone: true, byCloud: { user, memberOf: missing, exact: false } }];
}

function leaveRoles({ name: user, memberOf }: WantedRole, memberships: readonly ObservedMembership[]): Step[] {
  const has = [...new Set(memberships.map(({ role }) => role))];
  const kept = has.filter((role) => role.startsWith(LETS_IN));
  const unwanted = has.filter((role) => !memberOf.includes(role) && !kept.includes(role));
  if (unwanted.length === 0) return [];
  const sql = `REVOKE ${unwanted.map(quoteIdentifier).join(", ")} FROM ${quoteIdentifier(user)}`;
  const step = clusterStep("unplanned", `take membership of ${unwanted.join(", ")} from ${user}`, sql);
  return [{ ...step, alone: true, byCloud: { user, memberOf: [...memberOf, ...kept], exact: true } }];
}
