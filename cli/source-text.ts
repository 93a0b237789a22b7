import type { Provenance } from "../topology/limits/limit.ts";

/** Where a fact is from: the number of its source in a list, and the day it was read; or what is missing. */
export function sourceText(provenance: Provenance, sources: readonly string[]): string {
  const number = `[${sources.indexOf(provenance.source) + 1}]`;
  if (!provenance.confirmed) return `${number} not confirmed: ${provenance.why}`;
  const asOf = provenance.asOf === undefined ? "" : `, as of ${provenance.asOf}`;
  return `${number} read ${provenance.read}${asOf}`;
}
