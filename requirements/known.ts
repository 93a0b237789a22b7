/** Stands for a fact that nobody could find out. It never counts as a pass. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A fact, or {@link UNKNOWN}. */
export type Known<T> = T | typeof UNKNOWN;

/** Why a fact of a running topology is not there; a plan has {@link UNKNOWN} only. */
export class Missing {
  /**
   * `unknown`: it could not be found out. `not-applicable`: it has no meaning now, as the lag of a replica that is
   * stopped, because of something that another requirement names. So one breakage is named once.
   */
  readonly status: "unknown" | "not-applicable";
  /** A short statement. */
  readonly reason: string;

  constructor(status: Missing["status"], reason: string) {
    this.status = status;
    this.reason = reason;
  }
}

/** A fact as requirements read it. */
export type Fact<T> = Known<T> | Missing;

/** Every field a known one. */
export type AllKnown<T> = { readonly [K in keyof T]: Exclude<T[K], typeof UNKNOWN | Missing> };

/** True when somebody found it out. */
export function isKnown<T>(fact: Fact<T>): fact is T {
  return fact !== UNKNOWN && !(fact instanceof Missing);
}
