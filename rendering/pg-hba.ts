import type { ResolvedSelfRun } from "../topology/resolved-self-run.ts";

/**
 * Who may log in, and how. PostgreSQL takes the first line that matches; the last ones refuse in so many words, so that
 * an added line is seen to be against the rule.
 */
export function renderPgHba({ roles }: ResolvedSelfRun): string {
  const lines = [
    ["local", "all", roles.administrator, "", "peer"],
    ["local", "all", "all", "", "reject"],
    ["local", "replication", "all", "", "reject"],
    ["hostssl", "replication", roles.replication, "all", "scram-sha-256"],
    ["host", "replication", "all", "all", "reject"],
    ["host", "all", roles.replication, "all", "reject"],
    ["hostssl", "all", "all", "all", "scram-sha-256"],
    ["host", "all", "all", "all", "reject"],
  ];
  const text = lines.map((line) =>
    line
      .map((word, at) => word.padEnd(WIDTHS[at] ?? 0))
      .join(" ")
      .trimEnd(),
  );
  return `# TLS and a password, or nothing.\n${text.join("\n")}\n`;
}

const WIDTHS = [8, 12, 12, 4, 0];
