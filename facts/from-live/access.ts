import type { AccessFacts } from "../../requirements/facts/access.ts";
import { type Fact, isKnown, Missing } from "../../requirements/known.ts";
import { observeCluster, observeDatabase } from "../../roles/observe.ts";
import type { ObservedCluster } from "../../roles/observed.ts";
import { planRoles } from "../../roles/plan.ts";
import { wantedAccess } from "../../roles/wanted.ts";
import { nodesOf } from "../../topology/resolved.ts";
import { factsFromHba, type HbaLine } from "../hba.ts";
import { refusalOf } from "./connection-refusal.ts";
import type { LiveSession } from "./live-access.ts";
import { type Collector, observe, withSession } from "./observe.ts";
import { readAttempts } from "./role-attempts.ts";
import type { ServerSettings } from "./settings.ts";
import { isWorkspace, type Workspace } from "./workspace.ts";

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
  const [roles, wrongPasswordRefused, attempts] = await Promise.all([
    observe(collector, { name: "roles and privileges", needs: [part] }, () => observedRoles(collector)),
    observe(collector, { name: "a login with a wrong password", needs: [part] }, () => wrongPassword(collector)),
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
    attempts: withoutNamed(attempts, roles),
  };
}

/** What was seen of roles, compared with the plan. */
interface RolesSeen {
  readonly superusers: readonly string[];
  readonly unplannedRoles: readonly string[];
  readonly missingRoles: readonly string[];
  readonly rolesWithoutScram: readonly string[];
  readonly unplanned: readonly string[];
  readonly missing: readonly string[];
}

async function observedRoles({ access }: Collector): Promise<RolesSeen> {
  const { topology } = access;
  const wanted = wantedAccess(topology);
  const session = await access.administrator(topology.primary.part);
  await session.rows("SET search_path = ''");
  const run = (text: string, values: readonly unknown[]): Promise<object[]> => session.rows(text, values);
  const cluster = await observeCluster(run, wanted);
  const application = await observeDatabase(run, wanted);
  // Another verification's schema is gone in a moment; slots are judged by replication/.
  const objects = application.objects.filter(({ schema }) => !isWorkspace(schema ?? ""));
  const slots = wanted.slots.map((name) => ({ name, physical: true, active: true, lost: false }));
  const steps = planRoles(wanted, { cluster: { ...cluster, slots }, application: { ...application, objects } });
  const planned = new Set([wanted.administrator, ...wanted.roles.map(({ name }) => name)]);
  const present = new Set(cluster.roles.map(({ name }) => name));
  return {
    ...(await loginRoles(session, planned)),
    missingRoles: wanted.roles.map(({ name }) => name).filter((name) => !present.has(name)),
    rolesWithoutScram: withoutScram(cluster),
    unplanned: steps.filter(({ found }) => found === "unplanned").map(({ summary }) => summary),
    missing: steps.filter(({ found }) => found === "missing").map(({ summary }) => summary),
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
  if (!isKnown(roles)) {
    const missing = roles;
    return {
      superusers: missing,
      missingRoles: missing,
      unplannedRoles: missing,
      unplannedPrivileges: missing,
      missingPrivileges: missing,
      rolesWithoutScram: missing,
    };
  }
  const { missing, missingRoles, unplanned, ...rest } = roles;
  return {
    ...rest,
    missingRoles,
    unplannedPrivileges: unplanned,
    missingPrivileges:
      missingRoles.length > 0
        ? new Missing("not-applicable", "roles are missing, which access/planned-roles judges")
        : missing,
  };
}

/** What a role can do follows from its privileges: where these are not as planned, one requirement says so, not two. */
function withoutNamed(attempts: AccessFacts["attempts"], roles: Fact<RolesSeen>): AccessFacts["attempts"] {
  if (!isKnown(roles)) return attempts;
  if (roles.missingRoles.length > 0) {
    return new Missing("not-applicable", "roles are missing, which access/planned-roles judges");
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

async function wrongPassword({ access }: Collector): Promise<boolean> {
  const login = { part: access.topology.primary.part, role: "readWrite", password: "not the password" } as const;
  try {
    await withSession(access, login, () => Promise.resolve());
    return false;
  } catch (error) {
    if (refusalOf(error) === "password") return true;
    throw error;
  }
}
