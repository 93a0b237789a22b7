import type { AccessFacts, RoleAttempt, TriedRole } from "../../../requirements/facts/access.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import type { WantedAccess } from "../../../roles/wanted.ts";
import { isAllowed, isWrongPasswordRefused, NEVER_MADE } from "../login-attempts.ts";
import type { LiveSession } from "../live-access.ts";
import { withSession } from "../observe.ts";
import { factsFromDifferences, type RoleDifferences, roleDifferences } from "../role-differences.ts";
import type { ServerSettings } from "../settings.ts";
import { observeSql, type SqlCollector } from "./sql-collector.ts";

const NOT_TRIED = new Missing("not-applicable", "the cloud has no such role of ours");

const ROLES = `
SELECT rolname AS name, rolsuper AS superuser, rolcanlogin AS login FROM pg_catalog.pg_roles ORDER BY 1`;

/** What was seen of roles. */
interface RolesSeen extends Omit<RoleDifferences, "cluster"> {
  readonly superusers: readonly string[];
  readonly unplannedRoles: readonly string[];
}

/** What is planned, and what is the cloud's own. */
export interface RolesBasis {
  /** The primary's part. */
  readonly part: string;
  readonly wanted: WantedAccess;
  readonly settings: Fact<ServerSettings>;
  /** Whether a role that nobody planned is the cloud's own, or let in by the cloud's own rules. */
  readonly isProviders: (role: string) => boolean;
  /** What the role of that name would be a superuser by, if it were one: `false` for the cloud's own, which nobody can change. */
  readonly countsAsSuperuser: (role: string) => boolean;
}

/** Compares the roles with those that are planned, and tries what the application's roles can do. */
export async function readManagedRoles(
  collector: SqlCollector,
  basis: RolesBasis,
): Promise<FromRoles & Pick<AccessFacts, "passwordEncryption" | "wrongPasswordRefused" | "attempts">> {
  const { part, settings } = basis;
  const needs = [part];
  const [roles, wrongPasswordRefused, readWrite, readOnly] = await Promise.all([
    observeSql(collector, { name: "the roles", needs }, () =>
      collector.access.administrator(part).then((session) => seenBy(session, basis)),
    ),
    observeSql(collector, { name: "a login with a wrong password", needs }, () =>
      isWrongPasswordRefused(collector.access, part),
    ),
    attempts(collector, part, "readWrite"),
    attempts(collector, part, "readOnly"),
  ]);
  const others = { owner: NOT_TRIED, monitoring: NOT_TRIED, pooler: NOT_TRIED, replication: NOT_TRIED };
  const tried: Readonly<Record<TriedRole, Fact<readonly RoleAttempt[]>>> = { ...others, readWrite, readOnly };
  return {
    passwordEncryption: isKnown(settings) ? (settings.parameters.password_encryption ?? "") : settings,
    ...fromRoles(roles),
    wrongPasswordRefused,
    attempts: tried,
  };
}

async function seenBy(
  session: LiveSession,
  { countsAsSuperuser, isProviders, wanted }: RolesBasis,
): Promise<RolesSeen> {
  const planned = new Set([wanted.administrator, ...wanted.roles.map(({ name }) => name)]);
  const { missing, missingRoles, unplanned } = await roleDifferences(session, wanted);
  const roles = await session.rows<{ name: string; superuser: boolean; login: boolean }>(ROLES);
  return {
    missing,
    missingRoles,
    unplanned,
    superusers: roles.filter(({ name, superuser }) => superuser && countsAsSuperuser(name)).map(({ name }) => name),
    unplannedRoles: roles
      .filter(({ login, name }) => login && !planned.has(name) && !isProviders(name))
      .map(({ name }) => name),
  };
}

type FromRoles = Pick<
  AccessFacts,
  "superusers" | "missingRoles" | "unplannedRoles" | "unplannedPrivileges" | "missingPrivileges"
>;

function fromRoles(roles: Fact<RolesSeen>): FromRoles {
  const compared = factsFromDifferences(roles);
  if (!isKnown(roles)) return { ...compared, superusers: roles, unplannedRoles: roles };
  return { ...compared, superusers: roles.superusers, unplannedRoles: roles.unplannedRoles };
}

/** All of it is rolled back. */
function attempts(
  collector: SqlCollector,
  part: string,
  role: "readWrite" | "readOnly",
): Promise<Fact<readonly RoleAttempt[]>> {
  const trials = [
    { action: "make a table in public", sql: `CREATE TABLE public.${NEVER_MADE} (id int)` },
    { action: "make a schema", sql: `CREATE SCHEMA ${NEVER_MADE}` },
    { action: "make a role", sql: `CREATE ROLE ${NEVER_MADE}` },
  ];
  return observeSql(collector, { name: `what ${role} can do`, needs: [part] }, () =>
    withSession(collector.access, { part, role }, async (session) => {
      const tried: RoleAttempt[] = [];
      for (const { action, sql } of trials)
        tried.push({ action, allowed: await isAllowed(session, sql), wanted: false });
      return tried;
    }),
  );
}
