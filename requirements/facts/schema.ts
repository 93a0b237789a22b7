import type { Fact } from "../known.ts";

/**
 * What the application expects in its database and does not find. Live only. What follows from something that is
 * missing is not told again: a column of a missing table is not in the list of columns.
 */
export interface SchemaFacts {
  readonly missingSchemas: Fact<readonly string[]>;
  readonly missingTables: Fact<readonly string[]>;
  readonly missingColumns: Fact<readonly string[]>;
  readonly missingExtensions: Fact<readonly string[]>;
}
