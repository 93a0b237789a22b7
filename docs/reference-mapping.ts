import type { Requirement } from "../requirements/requirement.ts";

/** A requirement under an id of a benchmark, with the ids that scanners have for it. */
export interface MappedReference {
  /** As in `CIS GCP 6.4`; `–` where no benchmark has it. */
  readonly benchmark: string;
  readonly id: Requirement["id"];
  readonly topic: Requirement["topic"];
  readonly scanners: readonly string[];
}

/** Ids of this project's own numbered list, as `S0.4`, `X2`. */
const OWN = /^[SX]\d+(\.\d+)?$/;

/** Requirements that others have, too: by benchmark, each of its ids a row. */
export function referenceMapping(catalogue: readonly Requirement[]): MappedReference[] {
  const rows = catalogue.flatMap(({ id, references = [], topic }) => {
    const others = references.filter((reference) => !OWN.test(reference));
    const benchmarks = others.filter((reference) => reference.startsWith("CIS "));
    const scanners = others.filter((reference) => !benchmarks.includes(reference));
    if (others.length === 0) return [];
    return (benchmarks.length > 0 ? benchmarks : ["–"]).map((benchmark) => ({ benchmark, id, topic, scanners }));
  });
  const natural = new Intl.Collator("en", { numeric: true });
  return rows.sort((a, b) => natural.compare(a.benchmark, b.benchmark) || natural.compare(a.id, b.id));
}
