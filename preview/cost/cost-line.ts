import type { IsoDate, Provenance } from "../../topology/limits/limit.ts";
import { monthlyUsdOf, type PriceOrReason, type PriceUnit } from "./price.ts";

interface Position {
  /** Whose it is: `primary`, `replica-<key>`, `data-host`, `service`. */
  readonly part: string;
  /** What is paid for, with the same words before and after a change: `vCPU`, `memory`, `storage`. */
  readonly item: string;
  /** Which one: the machine, the kind of disk, the region. */
  readonly detail: string;
}

/** Something that is paid for by the month, whether it is used or not. */
export interface CostLine extends Position {
  readonly quantity: number;
  /** Of the quantity: `vCPU`, `GiB`, `node`. */
  readonly unit: string;
  /** In US dollars; `undefined` is not priced. */
  readonly monthlyUsd: number | undefined;
  /** Why there is no price; `undefined` where there is one. */
  readonly notPriced: string | undefined;
  readonly asOf: IsoDate | undefined;
  readonly provenance: Provenance | undefined;
}

/** Something that is paid for by what is used, which nobody knows before: it stands beside the sum. */
export interface UseLine extends Position {
  readonly unit: PriceUnit;
  /** In US dollars; `undefined` is not priced. */
  readonly unitUsd: number | undefined;
  readonly notPriced: string | undefined;
  readonly asOf: IsoDate | undefined;
  readonly provenance: Provenance | undefined;
}

/** A line for so many of something, each at a price. */
export function lineOf(position: Position, quantity: number, unit: string, price: PriceOrReason): CostLine {
  return {
    ...position,
    quantity,
    unit,
    monthlyUsd: "usd" in price ? cents(quantity * monthlyUsdOf(price)) : undefined,
    ...sourceOf(price),
  };
}

/** A line for what is billed by use. */
export function useLineOf(position: Position, unit: PriceUnit, price: PriceOrReason): UseLine {
  return { ...position, unit, unitUsd: "usd" in price ? price.usd : undefined, ...sourceOf(price) };
}

/** Rounded to a cent, so that lines add up to their sum as they are shown. */
export function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}

function sourceOf(price: PriceOrReason): Pick<CostLine, "notPriced" | "asOf" | "provenance"> {
  return "usd" in price
    ? { notPriced: undefined, asOf: price.asOf, provenance: price.provenance }
    : { notPriced: price.notPriced, asOf: undefined, provenance: undefined };
}
