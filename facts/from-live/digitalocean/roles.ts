import type { AccessFacts } from "../../../requirements/facts/access.ts";
import { ONE_DATABASE } from "../../../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import { type Fact, Missing } from "../../../requirements/known.ts";
import { wantedOnDigitalOcean } from "../../../roles/wanted-on-digitalocean.ts";
import { CLOUD_ROLE_KEYS } from "../../../topology/secrets.ts";
import { PLATFORM_DECIDES } from "../../platform-decides.ts";
import { loginsTaken } from "../isolation.ts";
import { readManagedRoles } from "../managed/roles.ts";
import { observeSql, type SqlCollector } from "../managed/sql-collector.ts";
import type { ServerSettings } from "../settings.ts";
import type { Answers } from "./ask-platform.ts";
import type { PlatformAccess } from "./platform-access.ts";

/**
 * Compares the roles with those that are planned, and tries what the application's can do. Where nothing leads to the
 * servers, the platform's own list says which users there are.
 */
export async function readRoles(
  collector: SqlCollector,
  access: PlatformAccess,
  settings: Fact<ServerSettings>,
  users: Answers["users"],
): Promise<AccessFacts> {
  const { topology } = access;
  const wanted = wantedOnDigitalOcean(topology);
  const planned = [wanted.administrator, ...wanted.roles.map(({ name }) => name)];
  const read = await readManagedRoles(collector, {
    part: topology.primary.part,
    wanted,
    settings,
    isProviders: isPlatforms,
    // Nobody here is a superuser, and so nobody here made one.
    countsAsSuperuser: (role) => planned.includes(role),
  });
  return {
    ...NOTHING_KNOWN.access,
    ...PLATFORM_DECIDES.access,
    administrator: wanted.administrator,
    ...read,
    takenElsewhere: await readTakenElsewhere(collector, access),
    ...(collector.closed !== undefined && users !== undefined && listed(planned, users)),
  };
}

async function readTakenElsewhere(
  collector: SqlCollector,
  { other, passwords, topology }: PlatformAccess,
): Promise<Fact<readonly string[]>> {
  if (topology.dataHost === undefined) return ONE_DATABASE;
  return observeSql(collector, { name: "logins to the data database", needs: [] }, () => {
    if (other === undefined) throw new Error("the stack exports no data database");
    return loginsTaken(CLOUD_ROLE_KEYS, { roles: topology.roles, passwords }, other);
  });
}

/** Names of roles that the platform makes for itself, as clusters were seen to have them: it documents none. */
export function isPlatforms(role: string): boolean {
  return role === "postgres" || role.startsWith("_do") || role.startsWith("pgbouncer");
}

function listed(
  planned: readonly string[],
  users: NonNullable<Answers["users"]>,
): Pick<AccessFacts, "missingRoles" | "unplannedRoles"> {
  if (users instanceof Missing) return { missingRoles: users, unplannedRoles: users };
  const names = users.map(({ name }) => name);
  return {
    missingRoles: planned.filter((name) => !names.includes(name)),
    unplannedRoles: names.filter((name) => !planned.includes(name)),
  };
}
