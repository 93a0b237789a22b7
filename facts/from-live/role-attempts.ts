import type { RoleAttempt, TriedRole } from "../../requirements/facts/access.ts";
import { type Fact, Missing } from "../../requirements/known.ts";
import { POOLER_SCHEMA } from "../../topology/names.ts";
import { isAllowed, NEVER_MADE, NOT_ALLOWED } from "./login-attempts.ts";
import { type Collector, observe, withSession } from "./observe.ts";
import type { Workspace } from "./workspace.ts";

/** Something to try; it is rolled back. */
interface Trial {
  readonly action: string;
  readonly sql: string;
  readonly wanted: boolean;
}

/** What each role must and must not be able to do, on a table that the owner made. */
function trialsOf(role: Exclude<TriedRole, "replication">, { schema, table }: Workspace): Trial[] {
  const can = (action: string, sql: string): Trial => ({ action, sql, wanted: true });
  const cannot = (action: string, sql: string): Trial => ({ action, sql, wanted: false });
  const read = `SELECT count(*) FROM ${table}`;
  const insert = `INSERT INTO ${table} VALUES (0)`;
  const create = `CREATE TABLE ${schema}.made (id int)`;
  const readVerifiers = cannot("read stored passwords", "SELECT rolpassword FROM pg_authid LIMIT 1");
  const createRole = cannot("make a role", `CREATE ROLE ${NEVER_MADE}`);
  switch (role) {
    case "owner":
      return [can("make a table", create), can("write a row", insert), createRole, readVerifiers];
    case "readWrite":
      return [
        can("read rows", read),
        can("write a row", insert),
        can("change rows", `UPDATE ${table} SET id = id WHERE false`),
        can("delete rows", `DELETE FROM ${table} WHERE false`),
        cannot("make a table", create),
        cannot("empty a table by TRUNCATE", `TRUNCATE ${table}`),
        createRole,
        readVerifiers,
      ];
    case "readOnly":
      return [
        can("read rows", read),
        cannot("write a row", insert),
        cannot("change rows", `UPDATE ${table} SET id = id WHERE false`),
        cannot("delete rows", `DELETE FROM ${table} WHERE false`),
        cannot("make a table", create),
        readVerifiers,
      ];
    case "monitoring":
      return [
        can("see what WAL there is", "SELECT count(*) FROM pg_ls_waldir()"),
        cannot("read rows", read),
        cannot("write a row", insert),
        readVerifiers,
      ];
    case "pooler":
      return [
        can("look a user up", `SELECT count(*) FROM ${POOLER_SCHEMA}.user_lookup('')`),
        cannot("read rows", read),
        cannot("write a row", insert),
        readVerifiers,
      ];
  }
}

/** Logs in as each role, and tries. */
export async function readAttempts(
  collector: Collector,
  workspace: Workspace,
): Promise<Readonly<Record<TriedRole, Fact<readonly RoleAttempt[]>>>> {
  const roles = ["owner", "readWrite", "readOnly", "monitoring", "pooler"] as const;
  const tried = roles.map((role) =>
    role === "pooler" && collector.access.topology.pooling === undefined
      ? Promise.resolve(new Missing("not-applicable", "there is no pooler, and its role can't log in"))
      : attemptsOf(collector, role, workspace),
  );
  const [owner, readWrite, readOnly, monitoring, pooler] = await Promise.all(tried as typeof tried & FivePromises);
  return { owner, readWrite, readOnly, monitoring, pooler, replication: await replicationLogin(collector) };
}

type Attempts = Promise<Fact<readonly RoleAttempt[]>>;
type FivePromises = readonly [Attempts, Attempts, Attempts, Attempts, Attempts];

function attemptsOf(collector: Collector, role: Exclude<TriedRole, "replication">, workspace: Workspace): Attempts {
  const { primary } = collector.access.topology;
  return observe(collector, { name: `what ${role} can do`, needs: [primary.part] }, () =>
    withSession(collector.access, { part: primary.part, role }, async (session) => {
      const attempts: RoleAttempt[] = [];
      for (const { action, sql, wanted } of trialsOf(role, workspace)) {
        attempts.push({ action, wanted, allowed: await isAllowed(session, sql) });
      }
      return attempts;
    }),
  );
}

/** The replication role's password lies on every replica: it must open no database. That it replicates, replicas show. */
function replicationLogin(collector: Collector): Attempts {
  const { primary } = collector.access.topology;
  const action = "connect to the application's database";
  return observe(collector, { name: "what the replication role can do", needs: [primary.part] }, async () => {
    try {
      await withSession(collector.access, { part: primary.part, role: "replication" }, () => Promise.resolve());
      return [{ action, wanted: false, allowed: true }];
    } catch (error) {
      // No line of pg_hba.conf lets it in, or it has no CONNECT.
      if (["28000", NOT_ALLOWED].includes(String((error as { code?: unknown }).code))) {
        return [{ action, wanted: false, allowed: false }];
      }
      throw error;
    }
  });
}
