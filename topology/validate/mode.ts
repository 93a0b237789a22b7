import type { Issue } from "../issue.ts";
import type { TopologySpec } from "../spec.ts";

/** What is wrong with choosing between two databases where there is one. */
export function modeIssues({ mode, data }: Pick<TopologySpec, "mode" | "data">): Issue[] {
  if (mode === undefined || data !== undefined) return [];
  return [
    {
      where: "mode",
      got: mode,
      want: "not to be set without data",
      because: "there is one database, and applications are told of it",
      fix: "set data, or remove it",
    },
  ];
}
