import { z } from "zod";

const IDENTIFIER = "[A-Za-z_][A-Za-z0-9_$]*";

/** Identifiers as PostgreSQL stores them, joined by dots. */
function named(parts: number, example: string) {
  const pattern = new RegExp(`^${Array.from({ length: parts }, () => IDENTIFIER).join("\\.")}$`);
  return z.array(z.string().regex(pattern, example)).optional();
}

/** What the application finds in its database, or fails on the day when it looks for it. */
export const expected = z.strictObject({
  schemas: named(1, "a schema's name").meta({ description: "Schemas that must be there. Default: none." }),
  tables: named(2, "a table as schema.table").meta({
    description: "Tables and views that must be there, as schema.table. Default: none.",
  }),
  columns: named(3, "a column as schema.table.column").meta({
    description: "Columns that must be there, as schema.table.column. Default: none.",
  }),
  extensions: z
    .array(z.string().regex(/^[a-z_][a-z0-9_-]*$/, "an extension's name"))
    .optional()
    .meta({ description: "Extensions that must be installed in the database. Default: none." }),
});
