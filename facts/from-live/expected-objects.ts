import type { SchemaFacts } from "../../requirements/facts/schema.ts";
import { Missing } from "../../requirements/known.ts";
import type { ResolvedExpected } from "../../topology/resolved.ts";
import type { LiveSession } from "./live-access.ts";

/** Each kind of expected object that is not in the database of the session. */
export type MissingObjects = Readonly<Record<keyof ResolvedExpected, readonly string[]>>;

/** One row: arrays of names. The catalogue is everybody's to read, so that a lack of grants hides nothing. */
const MISSING = `
WITH relation AS (
  SELECT c.oid, n.nspname || '.' || c.relname AS name
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
)
SELECT
  ARRAY(SELECT w FROM unnest($1::text[]) w WHERE NOT EXISTS
    (SELECT FROM pg_catalog.pg_namespace WHERE nspname = w)) AS schemas,
  ARRAY(SELECT w FROM unnest($2::text[]) w WHERE NOT EXISTS (SELECT FROM relation WHERE name = w)) AS tables,
  ARRAY(SELECT w FROM unnest($3::text[]) w WHERE NOT EXISTS
    (SELECT FROM relation r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
     WHERE a.attnum > 0 AND NOT a.attisdropped AND r.name || '.' || a.attname = w)) AS columns,
  ARRAY(SELECT w FROM unnest($4::text[]) w WHERE NOT EXISTS
    (SELECT FROM pg_catalog.pg_extension WHERE extname = w)) AS extensions`;

/** Looks for everything that is expected in the database of the session. */
export async function readExpectedObjects(session: LiveSession, expected: ResolvedExpected): Promise<MissingObjects> {
  const { schemas, tables, columns, extensions } = expected;
  const [row] = await session.rows<MissingObjects>(MISSING, [schemas, tables, columns, extensions]);
  if (row === undefined) throw new Error("the server gave no row");
  return {
    ...row,
    tables: row.tables.filter((table) => !row.schemas.includes(parentOf(table))),
    columns: row.columns.filter((column) => {
      const table = parentOf(column);
      return !row.tables.includes(table) && !row.schemas.includes(parentOf(table));
    }),
  };
}

/** The facts of what was missed; a kind of which nothing is expected is not judged. */
export function schemaFacts(expected: ResolvedExpected, missed: MissingObjects | Missing): SchemaFacts {
  const of = (kind: keyof ResolvedExpected): readonly string[] | Missing => {
    if (expected[kind].length === 0) return new Missing("not-applicable", `\`expected.${kind}\` names none`);
    return missed instanceof Missing ? missed : missed[kind];
  };
  return {
    missingSchemas: of("schemas"),
    missingTables: of("tables"),
    missingColumns: of("columns"),
    missingExtensions: of("extensions"),
  };
}

/** What a name without its last part is the name of. */
function parentOf(name: string): string {
  return name.slice(0, name.lastIndexOf("."));
}
