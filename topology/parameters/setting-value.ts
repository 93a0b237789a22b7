/** Bytes in PostgreSQL's units of memory, which are all binary. @see https://www.postgresql.org/docs/17/config-setting.html */
const BYTES = { TB: 2 ** 40, GB: 2 ** 30, MB: 2 ** 20, kB: 2 ** 10, B: 1 } as const;

/** Microseconds in PostgreSQL's units of time. */
const MICROSECONDS = { d: 86_400e6, h: 3_600e6, min: 60e6, s: 1e6, ms: 1000, us: 1 } as const;

/** A block of a table or of the WAL: a unit that is counted in, but can't be written. */
const BLOCK = "8kB";

type Units = readonly (readonly [unit: string, size: number])[];

const MEMORY: Units = Object.entries(BYTES);
const TIME: Units = Object.entries(MICROSECONDS);

/** The units that may be written where a bare number counts `unit`, largest first; none for a plain number. */
export function unitsFor(unit: string | undefined): readonly string[] {
  return unitTable(unit).map(([name]) => name);
}

function unitTable(unit: string | undefined): Units {
  if (unit === undefined) return [];
  if (unit === BLOCK || unit in BYTES) return MEMORY;
  return unit in MICROSECONDS ? TIME : [];
}

/**
 * The value of an integer parameter in its unit, as the server reads it: hexadecimal, octal and fractions too, rounded
 * half to even; `undefined` when it is no number, has a strange unit, or does not fit 32 bits.
 */
export function parseInteger(text: string, unit?: string): number | undefined {
  const amount = parseAmount(text, unit, "integer");
  if (amount === undefined) return undefined;
  const whole = roundHalfEven(amount);
  return whole >= -(2 ** 31) && whole < 2 ** 31 ? whole : undefined;
}

/** The value of a floating-point parameter in its unit; `undefined` when it is no number or has a strange unit. */
export function parseReal(text: string, unit?: string): number | undefined {
  return parseAmount(text, unit, "real");
}

/** Every spelling of a boolean that PostgreSQL takes, unambiguous beginnings included. */
export function parseBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (word === "1" || word === "on") return true;
  if (word === "0" || word === "of" || word === "off") return false;
  if (word === "") return undefined;
  if ("true".startsWith(word) || "yes".startsWith(word)) return true;
  return "false".startsWith(word) || "no".startsWith(word) ? false : undefined;
}

/** @see https://git.postgresql.org/gitweb/?p=postgresql.git;f=src/backend/utils/misc/guc.c (parse_int, parse_real) */
function parseAmount(text: string, base: string | undefined, type: "integer" | "real"): number | undefined {
  const trimmed = text.replace(/^[ \t\n\v\f\r]+/, "");
  const digits = numberAtStart(trimmed, type);
  if (digits === undefined) return undefined;
  const unit = /^[ \t\n\v\f\r]*([^ \t\n\v\f\r]*)[ \t\n\v\f\r]*$/.exec(trimmed.slice(digits.length))?.[1];
  const amount = numberOf(digits, type);
  if (unit === undefined || !Number.isFinite(amount)) return undefined;
  return unit === "" ? amount : inBaseUnit(amount, unit, base);
}

/** What C's strtol, and strtod where a fraction or an exponent follows, take from the start of a text. */
function numberAtStart(text: string, type: "integer" | "real"): string | undefined {
  const whole = /^[+-]?(?:0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text)?.[0];
  const isWhole = whole !== undefined && !/^[.eE]/.test(text.slice(whole.length));
  if (isWhole && (type === "integer" || /x/i.test(whole))) return whole;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(text)?.[0];
}

function numberOf(digits: string, type: "integer" | "real"): number {
  const magnitude = digits.replace(/^[+-]/, "");
  const octal = type === "integer" && /^0[0-7]+$/.test(magnitude);
  const value = octal ? Number.parseInt(magnitude, 8) : Number(magnitude);
  return digits.startsWith("-") ? -value : value;
}

/** A fraction is first rounded to whole ones of the next smaller unit, so that 30.1GB is a whole number of MB. */
function inBaseUnit(amount: number, unit: string, base: string | undefined): number | undefined {
  const units = unitTable(base);
  const index = units.findIndex(([name]) => name === unit);
  const size = units[index]?.[1];
  if (size === undefined) return undefined;
  const baseSize = base === BLOCK ? 8 * BYTES.kB : (units.find(([name]) => name === base)?.[1] ?? 1);
  const value = amount * (size / baseSize);
  const smaller = units[index + 1]?.[1];
  if (smaller === undefined) return value;
  return roundHalfEven(value / (smaller / baseSize)) * (smaller / baseSize);
}

/** C's rint: a half goes to the even neighbour. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
