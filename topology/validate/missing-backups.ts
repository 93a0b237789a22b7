import type { Issue } from "../issue.ts";
import type { ResolvedTopology } from "../resolved.ts";

/** What is wrong with doing without backups; only a local topology may. */
export function missingBackupIssues({
  backup,
  environment,
}: Pick<ResolvedTopology, "backup" | "environment">): Issue[] {
  if (backup !== undefined || environment === "local") return [];
  return [
    {
      where: "backup.enabled",
      got: "false",
      want: `true in ${environment}`,
      because: "a database without backups can be lost as a whole",
      fix: "remove backup.enabled",
    },
  ];
}
