/** An address that anyone can read. */
export type HttpsUrl = `https://${string}`;

/** A day as `YYYY-MM-DD`. */
export type IsoDate = `${number}-${number}-${number}`;

/** A fact that was read at its source, in a copy of it, or in a passage of it that others quote word for word. */
export interface ConfirmedSource {
  readonly source: HttpsUrl;
  readonly confirmed: true;
  /** The day on which it was read. */
  readonly read: IsoDate;
  /** The day that the text carries, where it is older: what changed at the source since then was not seen. */
  readonly asOf?: IsoDate;
}

/** A fact that should stand at its source, and was not read there. */
export interface UnconfirmedSource {
  readonly source: HttpsUrl;
  readonly confirmed: false;
  /** Where it is from instead, or what is missing. */
  readonly why: string;
}

/** Where a fact is from. */
export type Provenance = ConfirmedSource | UnconfirmedSource;

/** A row of facts that were read at one place. */
export interface Sourced {
  readonly provenance: Provenance;
}

/** The least and the most that is allowed, both included; and what holds where nothing is said. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly default?: number;
}

/** The vendor's documentation of Cloud SQL for PostgreSQL. */
export const CLOUD_SQL_DOCS = "https://docs.cloud.google.com/sql/docs/postgres";

/** The day on which every source of these tables was last read: they are renewed together. */
const READ: IsoDate = "2026-11-21";

/** A fact read at `source`; `asOf` is the day that the text carries, where it is older. */
export function readAt(source: HttpsUrl, asOf?: IsoDate): ConfirmedSource {
  return { source, confirmed: true, read: READ, ...(asOf === undefined ? {} : { asOf }) };
}

/** A fact that was not read at `source`, where it should stand. */
export function notConfirmed(source: HttpsUrl, why: string): UnconfirmedSource {
  return { source, confirmed: false, why };
}

/** Whether a value lies within bounds. */
export function isWithin(value: number, { min, max }: Bounds): boolean {
  return value >= min && value <= max;
}
