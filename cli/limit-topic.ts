import type { Bounds, Provenance, Sourced } from "../topology/limits/limit.ts";

/** A table of limits. */
export interface LimitTopic {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly provenance: Provenance }[];
}

const MIB_IN_GIB = 1024;

/** A table with a line for each row of limits. */
export function topic<R extends Sourced>(
  title: string,
  head: readonly string[],
  rows: readonly R[],
  cells: (row: R) => string[],
): LimitTopic {
  return { title, head, rows: rows.map((row) => ({ cells: cells(row), provenance: row.provenance })) };
}

/** A value in words. */
export function valueText(value: Bounds | boolean | number | string): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "object") return String(value);
  const unlessTold = value.default === undefined ? "" : ` (${value.default} unless told)`;
  return `${value.min}–${value.max}${unlessTold}`;
}

/** MiB in GiB, to two places. */
export function gib(memoryMiB: number): string {
  return String(Math.round((100 * memoryMiB) / MIB_IN_GIB) / 100);
}
