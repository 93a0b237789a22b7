import type { SchemaFacts } from "../facts/schema.ts";
import type { Requirement } from "../requirement.ts";
import { known, none } from "../verdict.ts";

const DOCS = "https://www.postgresql.org/docs/17";

/** What the application expects is in its database: "relation does not exist" never reaches its users. */
export const expectedSchema: readonly Requirement<"schema">[] = [
  expects("schemas", "missingSchemas", `${DOCS}/ddl-schemas.html`, {
    title: "Every expected schema is there",
    why: "A release that runs before its migration fails on its first query.",
  }),
  expects("tables", "missingTables", `${DOCS}/errcodes-appendix.html`, {
    title: "Every expected table is there",
    why: "`relation does not exist` is told to a user, by the one query that nobody had tried here.",
  }),
  expects("columns", "missingColumns", `${DOCS}/errcodes-appendix.html`, {
    title: "Every expected column is there",
    why: "`column does not exist` is told to a user; an older copy of the schema has the table and not the column.",
  }),
  expects("extensions", "missingExtensions", `${DOCS}/sql-createextension.html`, {
    title: "Every expected extension is installed in the database",
    why: "An extension is installed in each database on its own; a restored or new database is without it.",
  }),
];

function expects(
  kind: "schemas" | "tables" | "columns" | "extensions",
  fact: keyof SchemaFacts,
  docs: string,
  words: Pick<Requirement, "title" | "why">,
): Requirement<"schema"> {
  return {
    id: `schema/expected-${kind}`,
    topic: "schema",
    severity: "high",
    ...words,
    fix: `Run the migrations of the application against this database, or correct \`expected.${kind}\`.`,
    docs,
    witnesses: ["live"],
    references: ["S0.2"],
    check: (facts) => known(facts, [fact], (named) => none(named[fact], "missing")),
  };
}
