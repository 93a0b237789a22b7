import { type Known, UNKNOWN } from "../requirements/known.ts";

/** Milliseconds in PostgreSQL's units of time. @see https://www.postgresql.org/docs/17/config-setting.html */
const MILLISECONDS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** KiB in PostgreSQL's units of memory, which are all binary. */
const KIB: Readonly<Record<string, number>> = {
  B: 1 / 1024,
  kB: 1,
  "8kB": 8,
  MB: 1024,
  GB: 1_048_576,
  TB: 1_073_741_824,
};

/** Numbers without a unit. */
const PLAIN: Readonly<Record<string, number>> = { "": 1 };

/** A time as postgresql.conf or `SHOW` writes it, in seconds; a bare number is in `bareUnit`. -1 stays -1. */
export function settingSeconds(text: string, bareUnit: "ms" | "s"): Known<number> {
  const milliseconds = scaled(text, MILLISECONDS, bareUnit);
  return milliseconds === UNKNOWN || milliseconds === -1 ? milliseconds : milliseconds / 1000;
}

/** An amount of memory as postgresql.conf or `SHOW` writes it, in MiB; a bare number is in `bareUnit`. -1 stays -1. */
export function settingMebibytes(text: string, bareUnit: "8kB" | "MB"): Known<number> {
  const kib = scaled(text, KIB, bareUnit);
  return kib === UNKNOWN || kib === -1 ? kib : kib / 1024;
}

/** A value as postgresql.conf writes it, in a unit of pg_settings (`8kB`, `ms`, …), which is also a bare number's. */
export function settingInUnit(text: string, unit: string): Known<number> {
  const units = unit in MILLISECONDS ? MILLISECONDS : unit in KIB ? KIB : PLAIN;
  const amount = scaled(text, units, unit);
  return amount === UNKNOWN || amount === -1 ? amount : amount / (units[unit] ?? 1);
}

/** A whole number. */
export function settingNumber(text: string): Known<number> {
  return /^-?\d+$/.test(text.trim()) ? Number(text) : UNKNOWN;
}

/** Every spelling of a boolean that PostgreSQL takes, short ones included. */
export function settingBoolean(text: string): Known<boolean> {
  const word = text.trim().toLowerCase();
  if (["on", "true", "tru", "tr", "t", "yes", "ye", "y", "1"].includes(word)) return true;
  if (["off", "of", "false", "fals", "fal", "fa", "f", "no", "n", "0"].includes(word)) return false;
  return UNKNOWN;
}

function scaled(text: string, units: Readonly<Record<string, number>>, bareUnit: string): Known<number> {
  const match = /^(-?\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text.trim());
  if (match === null) return UNKNOWN;
  const amount = Number(match[1]);
  if (amount === -1 && match[2] === "") return -1;
  const scale = units[match[2] === undefined || match[2] === "" ? bareUnit : match[2]];
  return scale === undefined ? UNKNOWN : amount * scale;
}
