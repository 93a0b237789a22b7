import type { AccessFacts } from "../../requirements/facts/access.ts";
import { type Fact, isKnown, Missing } from "../../requirements/known.ts";
import type { ObservedCluster } from "../../roles/observed.ts";
import { wantedOnDocker } from "../../roles/wanted-on-docker.ts";
import { nodesOf } from "../../topology/resolved-self-run.ts";
import { factsFromHba, type HbaLine } from "../hba.ts";
import type { LiveSession } from "./live-access.ts";
import { readTakenElsewhere } from "./isolation.ts";
import { isWrongPasswordRefused } from "./login-attempts.ts";
import { type Collector, observe } from "./observe.ts";
import { readAttempts } from "./role-attempts.ts";
import { factsFromDifferences, type RoleDifferences, roleDifferences } from "./role-differences.ts";
import type { ServerSettings } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

const HBA = `
SELECT type, database AS databases, user_name AS users, auth_method AS method FROM pg_hba_file_rules
WHERE error IS NULL ORDER BY rule_number`;

/** What the collectors before found out. */
export interface AccessBasis {
  readonly primarySettings: Promise<Fact<ServerSettings>>;
  readonly hba: Promise<ReadonlyMap<string, Fact<readonly HbaLine[]>>>;
  readonly workspace: Workspace | Missing;
}

/** The lines of pg_hba.conf on each server. */
export async function readHba(collector: Collector): Promise<ReadonlyMap<string, Fact<readonly HbaLine[]>>> {
  const read = nodesOf(collector.access.topology).map(async ({ part }): Promise<[string, Fact<readonly HbaLine[]>]> => [
    part,
    await observe(collector, { name: `pg_hba.conf of ${part}`, needs: [part] }, () =>
      collector.access.administrator(part).then((session) => session.rows<HbaLine>(HBA)),
    ),
  ]);
  return new Map(await Promise.all(read));
}

/** Compares roles and privileges with the plan, and tries what each role can do. */
export async function readAccess(collector: Collector, basis: AccessBasis): Promise<AccessFacts> {
  const { topology } = collector.access;
  const { part } = topology.primary;
  const [roles, wrongPasswordRefused, takenElsewhere, attempts] = await Promise.all([
    observe(collector, { name: "roles and privileges", needs: [part] }, () => observedRoles(collector)),
    observe(collector, { name: "a login with a wrong password", needs: [part] }, () =>
      isWrongPasswordRefused(collector.access, part),
    ),
    readTakenElsewhere(collector),
    basis.workspace instanceof Missing ? basis.workspace : readAttempts(collector, basis.workspace),
  ]);
  const settings = await basis.primarySettings;
  const hba = await basis.hba;
  return {
    ...fromHba([...hba.values()]),
    passwordEncryption: isKnown(settings) ? (settings.parameters.password_encryption ?? "") : settings,
    administrator: topology.roles.administrator,
    ...fromRoles(roles),
    wrongPasswordRefused,
    takenElsewhere,
    attempts: withoutNamed(attempts, roles),
  };
}

/** What was seen of roles. */
interface RolesSeen extends Omit<RoleDifferences, "cluster"> {
  readonly superusers: readonly string[];
  readonly unplannedRoles: readonly string[];
  readonly rolesWithoutScram: readonly string[];
}

async function observedRoles({ access }: Collector): Promise<RolesSeen> {
  const wanted = wantedOnDocker(access.topology);
  const session = await access.administrator(access.topology.primary.part);
  const { cluster, ...differences } = await roleDifferences(session, wanted);
  const planned = new Set([wanted.administrator, ...wanted.roles.map(({ name }) => name)]);
  return {
    ...(await loginRoles(session, planned)),
    ...differences,
    rolesWithoutScram: withoutScram(cluster),
  };
}

function withoutScram({ roles }: ObservedCluster): string[] {
  return roles
    .filter(({ login, verifier }) => login && verifier !== null && !verifier.startsWith("SCRAM-SHA-256$"))
    .map(({ name }) => name);
}

async function loginRoles(
  session: LiveSession,
  planned: ReadonlySet<string>,
): Promise<Pick<RolesSeen, "superusers" | "unplannedRoles">> {
  const roles = await session.rows<{ name: string; superuser: boolean; login: boolean }>(
    "SELECT rolname AS name, rolsuper AS superuser, rolcanlogin AS login FROM pg_catalog.pg_roles ORDER BY 1",
  );
  return {
    superusers: roles.filter(({ superuser }) => superuser).map(({ name }) => name),
    unplannedRoles: roles.filter(({ login, name }) => login && !planned.has(name)).map(({ name }) => name),
  };
}

type FromRoles = Pick<
  AccessFacts,
  "superusers" | "missingRoles" | "unplannedRoles" | "unplannedPrivileges" | "missingPrivileges" | "rolesWithoutScram"
>;

function fromRoles(roles: Fact<RolesSeen>): FromRoles {
  const compared = factsFromDifferences(roles);
  if (!isKnown(roles)) return { ...compared, superusers: roles, unplannedRoles: roles, rolesWithoutScram: roles };
  const { rolesWithoutScram, superusers, unplannedRoles } = roles;
  return { ...compared, rolesWithoutScram, superusers, unplannedRoles };
}

/** What a role can do follows from its privileges: where these are not as planned, one requirement says so, not two. */
function withoutNamed(attempts: AccessFacts["attempts"], roles: Fact<RolesSeen>): AccessFacts["attempts"] {
  if (!isKnown(roles)) return attempts;
  if (roles.missingRoles.length > 0) {
    return new Missing("not-applicable", "roles are missing, which access/roles-complete judges");
  }
  return roles.unplanned.length + roles.missing.length === 0
    ? attempts
    : new Missing("not-applicable", "privileges are not as planned, which access/ judges by itself");
}

/**
 * All servers' lines together. Lines that also take plain text are left to `encryption/plaintext-refused` where the
 * question is what the replication role reaches.
 */
function fromHba(
  servers: readonly Fact<readonly HbaLine[]>[],
): Pick<AccessFacts, "networkMethods" | "localMethods" | "replicationRoleDatabases"> {
  const known = servers.filter(isKnown);
  const missing =
    servers.find((lines) => !isKnown(lines) && !isNotApplicable(lines)) ?? servers.find((lines) => !isKnown(lines));
  if (missing !== undefined && (known.length === 0 || !isNotApplicable(missing))) {
    const fact = missing as Missing;
    return { networkMethods: fact, localMethods: fact, replicationRoleDatabases: fact };
  }
  const all = known.map(factsFromHba);
  const encrypted = known.map((lines) =>
    factsFromHba(lines.filter(({ method, type }) => type === "local" || type === "hostssl" || method === "reject")),
  );
  return {
    networkMethods: distinct(all.flatMap(({ networkMethods }) => networkMethods)),
    localMethods: distinct(all.flatMap(({ localMethods }) => localMethods)),
    replicationRoleDatabases: distinct(encrypted.flatMap(({ replicationRoleDatabases }) => replicationRoleDatabases)),
  };
}

function isNotApplicable(fact: unknown): boolean {
  return fact instanceof Missing && fact.status === "not-applicable";
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list)];
}
