import type { Cost, CostLine } from "./cost.ts";
import { cents } from "./cost-line.ts";

/** One thing that is paid for, before and after a change; `undefined` where it is not there. */
export interface ComparedLine {
  readonly part: string;
  readonly item: string;
  readonly before: CostLine | undefined;
  readonly after: CostLine | undefined;
  /** In US dollars a month; `undefined` when one side is there and has no price. */
  readonly differenceUsd: number | undefined;
}

/** Two costs, line by line. */
export interface CostComparison {
  /** Every line of both, in the order of the second; lines that are gone stand last. */
  readonly lines: readonly ComparedLine[];
  readonly beforeUsd: number | undefined;
  readonly afterUsd: number;
  /** `undefined` when there was nothing before, or one of both sums is not whole. */
  readonly differenceUsd: number | undefined;
}

/** What a change makes of a cost: now, then, line by line. `before` is `undefined` for a stack that is new. */
export function compareCosts(before: Cost | undefined, after: Cost): CostComparison {
  const old = new Map((before?.lines ?? []).map((line) => [keyOf(line), line]));
  const kept = new Set(after.lines.map(keyOf));
  const gone = [...old.values()].filter((line) => !kept.has(keyOf(line)));
  return {
    lines: [
      ...after.lines.map((line) => compared(old.get(keyOf(line)), line, line)),
      ...gone.map((line) => compared(line, undefined, line)),
    ],
    beforeUsd: before?.monthlyUsd,
    afterUsd: after.monthlyUsd,
    differenceUsd: before?.isWhole && after.isWhole ? cents(after.monthlyUsd - before.monthlyUsd) : undefined,
  };
}

function keyOf({ item, part }: CostLine): string {
  return `${part}/${item}`;
}

/** `named` is the side that says whose line it is. */
function compared(before: CostLine | undefined, after: CostLine | undefined, named: CostLine): ComparedLine {
  const from = before === undefined ? 0 : before.monthlyUsd;
  const to = after === undefined ? 0 : after.monthlyUsd;
  return {
    part: named.part,
    item: named.item,
    before,
    after,
    differenceUsd: from === undefined || to === undefined ? undefined : cents(to - from),
  };
}
