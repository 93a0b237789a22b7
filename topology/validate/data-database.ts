import type { Issue } from "../issue.ts";
import type { ResolvedTopology } from "../resolved.ts";
import { nameIssues } from "./database-name.ts";

/** What applications log in to, and what they log in as: a line that leads to one database must be none of the other's. */
const APPLICATION_ROLES = ["owner", "readWrite", "readOnly"] as const;

type Named = Pick<ResolvedTopology, "database" | "roles">;

/** What is wrong with the name of the data database, by itself and beside the first one. */
export function dataDatabaseIssues(first: ResolvedTopology, data: Named | undefined): Issue[] {
  if (data === undefined) return [];
  return [...nameIssues("data.database", data.database, first.target), ...sharedNameIssues(first, data)];
}

function sharedNameIssues(first: Named, data: Named): Issue[] {
  const names = new Set(APPLICATION_ROLES.map((role) => first.roles[role]));
  const shared = APPLICATION_ROLES.map((role) => data.roles[role]).filter((name) => names.has(name));
  if (shared.length === 0) return [];
  return [
    {
      where: "data.database",
      got: data.database,
      want: `a name from which no role of ${first.database} is made`,
      because: `both databases would have ${shared.join(", ")}: a line for one could be taken for the other's`,
      fix: "choose another name, such as data",
    },
  ];
}
