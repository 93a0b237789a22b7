import { randomBytes } from "node:crypto";
import { quoteIdentifier } from "../../roles/step.ts";
import type { LiveAccess, LiveSession } from "./live-access.ts";

const PREFIX = "pgt_verify_";

/**
 * The longest that a verification takes; it is ended then. A schema that is older is what a killed one left.
 * The check of the repository (`deep`) has a limit of its own, and is over before the schema is made.
 */
export const VERIFY_LIMIT_SECONDS = 300;

/** A schema of one verification: nothing is written anywhere else. */
export interface Workspace {
  /** Ready for SQL. */
  readonly schema: string;
  /** Has `id bigint`; the application's roles have on it what they have on any table of the owner. */
  readonly table: string;
}

/** Whether a schema is one of these. */
export function isWorkspace(schema: string): boolean {
  return schema.startsWith(PREFIX);
}

/**
 * Makes the schema as the owner does, in its role, so that the default privileges show. Its name holds the server's own
 * time, in seconds, so that no two clocks are compared.
 * @param about is told before anything is made
 */
export async function makeWorkspace(
  session: LiveSession,
  { topology }: LiveAccess,
  about: (workspace: Workspace) => void,
): Promise<Workspace> {
  const [row] = await session.rows<{ now: string }>("SELECT floor(extract(epoch FROM clock_timestamp()))::text AS now");
  const schema = quoteIdentifier(`${PREFIX}${row?.now ?? "0"}_${randomBytes(4).toString("hex")}`);
  const table = `${schema}.probe`;
  about({ schema, table });
  await session.rows(
    `BEGIN; SET LOCAL ROLE ${quoteIdentifier(topology.roles.owner)}; CREATE SCHEMA ${schema};` +
      ` CREATE TABLE ${table} (id bigint); COMMIT`,
  );
  return { schema, table };
}

/** Removes the schema. */
export async function removeWorkspace(session: LiveSession, { schema }: Workspace): Promise<void> {
  await session.rows(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
}

/** Removes the schemas that killed verifications left, and none of one that may still run. */
export async function removeLeftovers(session: LiveSession): Promise<void> {
  const left = await session.rows<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace
     WHERE nspname ~ '^${PREFIX}[0-9]{1,15}_[0-9a-f]+$'
       AND split_part(nspname, '_', 3)::bigint < extract(epoch FROM clock_timestamp()) - ${VERIFY_LIMIT_SECONDS}`,
  );
  for (const { name } of left) await session.rows(`DROP SCHEMA IF EXISTS ${quoteIdentifier(name)} CASCADE`);
}
