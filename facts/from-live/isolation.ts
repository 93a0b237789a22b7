import type { Fact } from "../../requirements/known.ts";
import { ONE_DATABASE } from "../../requirements/facts/not-on-target.ts";
import { ROLE_KEYS, type RoleKey } from "../../topology/names.ts";
import { refusalOf } from "./connection-refusal.ts";
import type { Login, OtherDatabase } from "./live-access.ts";
import { NOT_ALLOWED } from "./login-attempts.ts";
import { type Collector, Inapplicable, observe, withSession } from "./observe.ts";

/** Roles that log in to a database; replication is kept out of every one by pg_hba.conf. */
const TRIED = ROLE_KEYS.filter((role) => role !== "replication");

/**
 * Tries every role's name and password on the stack's other database, on its server and through its pooler.
 * @returns who was let in there, and where
 */
export async function readTakenElsewhere(collector: Collector): Promise<Fact<readonly string[]>> {
  const { access } = collector;
  const { other } = access;
  if (other === undefined) return ONE_DATABASE;
  const own = { roles: access.topology.roles, passwords: access.secrets.passwords };
  return observe(collector, { name: "logins to the other database", needs: [] }, () => loginsTaken(TRIED, own, other));
}

/** A database's roles with their passwords. */
export interface OwnLogins<R extends RoleKey> {
  readonly roles: Readonly<Record<R, string>>;
  readonly passwords: Readonly<Record<R, string>>;
}

/** Tries the names and passwords of one database on another. @returns who was let in there, and where */
export async function loginsTaken<R extends RoleKey>(
  tried: readonly R[],
  { passwords, roles }: OwnLogins<R>,
  other: OtherDatabase,
): Promise<string[]> {
  const taken: string[] = [];
  for (const role of tried) {
    for (const part of partsFor(role, other)) {
      if (await isTaken({ part, role, user: roles[role], password: passwords[role] }, other)) {
        taken.push(`${roles[role]} at ${part} of ${other.topology.database}`);
      }
    }
  }
  return taken;
}

/** Clients of the pooler are the application's roles. */
function partsFor(role: RoleKey, { topology }: OtherDatabase): string[] {
  const isPooled = topology.pooling !== undefined && (role === "readWrite" || role === "readOnly");
  return [topology.primary.part, ...(isPooled ? ["pooler"] : [])];
}

async function isTaken(login: Login, other: OtherDatabase): Promise<boolean> {
  try {
    await withSession(other, login, () => Promise.resolve());
    return true;
  } catch (error) {
    return isPasswordTaken(error, other);
  }
}

/** A role that may not connect to the database is told so once its password is taken. @throws what else stops a login */
function isPasswordTaken(error: unknown, { topology }: OtherDatabase): boolean {
  if (refusalOf(error) === "password") return false;
  const { code } = error as { code?: unknown };
  if (code === NOT_ALLOWED) return true;
  if (code === "ECONNREFUSED") throw new Inapplicable(`database ${topology.database} is not running`);
  throw error;
}
