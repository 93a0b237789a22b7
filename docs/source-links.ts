import type { Provenance } from "../topology/limits/limit.ts";

/** Where facts are from, as Markdown: links, the day of reading, and what was not read. */
export function sourceLinks(sources: readonly Provenance[]): string {
  return sources
    .map((from) => {
      if (!from.confirmed) return `[not confirmed](${from.source}): ${from.why}`;
      return `[read ${from.read}](${from.source})${from.asOf === undefined ? "" : `, as of ${from.asOf}`}`;
    })
    .join("; ");
}
