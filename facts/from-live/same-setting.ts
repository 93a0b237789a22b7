import { parseBoolean, parseInteger, parseReal } from "../../topology/parameters/setting-value.ts";

/** What pg_settings says of one parameter. */
export interface ServerSetting {
  /** In {@link unit}. */
  readonly value: string;
  /** `8kB`, `ms`, …; null for a plain number or text. */
  readonly unit: string | null;
  readonly vartype: string;
}

/** Whether a value as postgresql.conf takes it is the one in force: `1min` is `60` where the unit is seconds. */
export function sameSetting(wanted: string, { value, unit, vartype }: ServerSetting): boolean {
  if (vartype === "bool") return parseBoolean(wanted) === parseBoolean(value);
  if (vartype === "integer" || vartype === "real") {
    const number =
      vartype === "integer" ? parseInteger(wanted, unit ?? undefined) : parseReal(wanted, unit ?? undefined);
    return number === undefined ? wanted === value : number === Number(value);
  }
  if (vartype === "enum") return wanted.toLowerCase() === value.toLowerCase() || sameSwitch(wanted, value);
  return list(wanted) === list(value);
}

/** Some enumerations, as wal_compression, take every spelling of a boolean. */
function sameSwitch(wanted: string, value: string): boolean {
  const want = parseBoolean(wanted);
  return want !== undefined && want === parseBoolean(value);
}

/** Lists, as search_path, may be spaced freely. */
function list(text: string): string {
  return text
    .split(",")
    .map((word) => word.trim())
    .join(",");
}
