import { UNKNOWN } from "../../requirements/known.ts";
import { settingBoolean, settingInUnit } from "../setting-units.ts";

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
  if (vartype === "bool") return settingBoolean(wanted) === settingBoolean(value);
  if (vartype === "integer" || vartype === "real") {
    const number = settingInUnit(wanted, unit ?? "");
    if (number === UNKNOWN) return wanted === value;
    return vartype === "integer" ? Math.round(number) === Number(value) : number === Number(value);
  }
  if (vartype === "enum") return wanted.toLowerCase() === value.toLowerCase() || sameSwitch(wanted, value);
  return list(wanted) === list(value);
}

/** Some enumerations, as wal_compression, take every spelling of a boolean. */
function sameSwitch(wanted: string, value: string): boolean {
  const want = settingBoolean(wanted);
  return want !== UNKNOWN && want === settingBoolean(value);
}

/** Lists, as search_path, may be spaced freely. */
function list(text: string): string {
  return text
    .split(",")
    .map((word) => word.trim())
    .join(",");
}
