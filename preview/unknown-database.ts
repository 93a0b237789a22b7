import type { Effect } from "../topology/change/rule.ts";
import type { ResourceTable } from "./resource-table.ts";

/** Words in type tokens of other providers' databases: no table is for them, and a change of one is no small thing. */
const DATABASE =
  /(^|[^a-z])(rds|sql|mysql|postgres(ql)?|mariadb|database|alloydb|spanner|aurora|dbcluster|dbinstance|cockroach|redis|mongo(db)?)/i;

const NOBODY_KNOWS: Effect["source"] = { file: "preview/unknown-database.ts" };

const FALLBACK: ResourceTable = {
  properties: {},
  unlisted: "restart",
  created: { label: "none", what: "something new is made; what is there goes on", source: NOBODY_KNOWS },
  deleted: { label: "data loss", what: "it is removed, with what it holds", source: NOBODY_KNOWS },
  replaced: {
    label: "data loss",
    what: "another one is made, empty, and the old one is removed",
    source: NOBODY_KNOWS,
  },
};

/** The table of the worst that is plausible, for a type that looks like a database and has no table of its own. */
export function unknownDatabase(type: string): ResourceTable | undefined {
  return DATABASE.test(type) ? FALLBACK : undefined;
}
