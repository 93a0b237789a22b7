import { code, link, plain, table } from "../../preview/markdown-words.ts";
import type { DriftReport } from "./drift-report.ts";
import { verdictOf } from "./drift-text.ts";

/** What was found, for a summary of CI or an issue. */
export function driftMarkdown(report: DriftReport): string {
  const { drift, expected, notes, notSeen, stack, startedAt } = report;
  const drifted = drift.map(({ seenBy, what, where }) => [code(where), plain(what), plain(seenBy)]);
  const whys = expected.map(({ because, source, what, where }) => [
    code(where),
    plain(what),
    `${plain(because)} (${link(source)})`,
  ]);
  const parts = [
    `## Drift of ${plain(stack)}`,
    plain(verdictOf(report)),
    table(["drift", "what is otherwise", "seen by"], drifted),
    table(["no drift", "what is otherwise", "why"], whys),
    ...(notSeen.length > 0 ? [["Not seen:", "", ...notSeen.map((line) => `- ${plain(line)}`)].join("\n")] : []),
    ...notes.map(plain),
    `Looked at ${startedAt}.`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
