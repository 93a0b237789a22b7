import { type Known, UNKNOWN } from "../requirements/known.ts";
import { parseBoolean, parseReal } from "../topology/parameters/setting-value.ts";

/** A time as postgresql.conf or `SHOW` writes it, in seconds; a bare number is in `bareUnit`. -1 stays -1. */
export function settingSeconds(text: string, bareUnit: "ms" | "s"): Known<number> {
  const amount = parseReal(text, bareUnit) ?? UNKNOWN;
  return amount === UNKNOWN || isMinusOne(text) || bareUnit === "s" ? amount : amount / 1000;
}

/** An amount of memory as postgresql.conf or `SHOW` writes it, in MiB; a bare number is in `bareUnit`. -1 stays -1. */
export function settingMebibytes(text: string, bareUnit: "8kB" | "MB"): Known<number> {
  const amount = parseReal(text, bareUnit) ?? UNKNOWN;
  return amount === UNKNOWN || isMinusOne(text) || bareUnit === "MB" ? amount : (amount * 8) / 1024;
}

/** A whole number. */
export function settingNumber(text: string): Known<number> {
  return /^-?\d+$/.test(text.trim()) ? Number(text) : UNKNOWN;
}

/** Every spelling of a boolean that PostgreSQL takes, short ones included. */
export function settingBoolean(text: string): Known<boolean> {
  return parseBoolean(text.trim()) ?? UNKNOWN;
}

/** What switches a limit off, whatever its unit. */
function isMinusOne(text: string): boolean {
  return text.trim() === "-1";
}
