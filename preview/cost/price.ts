import { type HttpsUrl, type IsoDate, notConfirmed, type Sourced } from "../../topology/limits/limit.ts";

/** What a price is counted by: a thing for a month, a GiB for a month, or a GiB that is moved. */
export type PriceUnit = "month" | "GiB month" | "GiB" | "vCPU hour" | "GiB hour" | "hour";

/** One price of a vendor's list, before taxes, discounts and free quotas. */
export interface Price extends Sourced {
  readonly usd: number;
  readonly unit: PriceUnit;
  /** The day on which the vendor's list had it: what changed since then was not seen. */
  readonly asOf: IsoDate;
}

/** Stands where a price should, and says why there is none. It is never counted as nothing. */
export interface NotPriced {
  readonly notPriced: string;
}

/** A price, or why there is none. */
export type PriceOrReason = Price | NotPriced;

/** The day on which the lists, and the quotations of them, were last read. */
const READ: IsoDate = "2026-11-22";

/** Hours of a month, as Google's own list of prices counts them: https://cloud.google.com/sql/pricing */
const HOURS_PER_MONTH = 730;

/** A price for a month of one thing. */
export function monthlyUsdOf({ unit, usd }: Pick<Price, "unit" | "usd">): number {
  switch (unit) {
    case "hour":
    case "vCPU hour":
    case "GiB hour":
      return usd * HOURS_PER_MONTH;
    case "month":
    case "GiB month":
    case "GiB":
      return usd;
  }
}

/** A price that a vendor's list had on a day. */
export function listed(source: HttpsUrl, asOf: IsoDate, usd: number, unit: PriceUnit): Price {
  return { usd, unit, asOf, provenance: { source, confirmed: true, read: READ, asOf } };
}

/** A price that follows from a list of that day, and does not stand in it. */
export function unconfirmed(source: HttpsUrl, asOf: IsoDate, usd: number, unit: PriceUnit, why: string): Price {
  return { usd, unit, asOf, provenance: notConfirmed(source, why) };
}
