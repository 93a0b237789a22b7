import type { Issue } from "../issue.ts";

/** What is wrong with letting go of what holds data; outside prod anybody may. */
export function unprotectedIssues({
  protection,
  environment,
}: {
  readonly protection: { readonly deletion: boolean };
  readonly environment: string;
}): Issue[] {
  if (protection.deletion || environment !== "prod") return [];
  return [
    {
      where: "protection.deletion",
      got: "false",
      want: "true in prod",
      because: "one wrong command would remove the database",
      fix: "remove protection.deletion",
    },
  ];
}
