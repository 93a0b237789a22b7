import { closestName } from "../../kernel/closest-name.ts";
import type { Issue } from "../issue.ts";
import { type ParameterValue, parameterText } from "../parameters.ts";
import {
  closestSetting,
  knowsExtension,
  type Major,
  MAJORS,
  type ServerSetting,
  settingOf,
} from "./server-settings.ts";
import { parseBoolean, parseInteger, parseReal, unitsFor } from "./setting-value.ts";

/** What is wrong with a parameter: an {@link Issue} without its place. */
export type ValueProblem = Omit<Issue, "where">;

/** An extension's parameter, as a configuration file can name it. */
const EXTENSION_NAME = /^[a-z_]\w*\.[a-z_]\w*$/i;

/**
 * What is wrong with a parameter of a configuration file, or `undefined` when a server of that major would take it.
 * Judged: the name, the type, the unit, the range, the words of an enumeration. Not judged: the contents of a text, as
 * a time zone's name; what depends on the machine or on other parameters; parameters of extensions that are not known.
 */
export function valueProblem(major: Major, name: string, value: ParameterValue): ValueProblem | undefined {
  const text = parameterText(value);
  const setting = settingOf(major, name);
  if (setting === undefined) return nameProblem(major, name, text);
  return notSettable(major, name, text, setting) ?? wrongValue(setting, text);
}

function nameProblem(major: Major, name: string, got: string): ValueProblem | undefined {
  const meant = closestSetting(major, name);
  const fix = meant === undefined ? "see the names in pg_settings" : `did you mean ${meant}?`;
  if (!name.includes(".")) {
    const others = MAJORS.filter((other) => settingOf(other, name) !== undefined);
    const because = others.length === 0 ? undefined : `only PostgreSQL ${others.join(", ")} has it`;
    const want = `a parameter of PostgreSQL ${major}`;
    return { got, want, ...(because === undefined ? { fix } : { because, fix: "remove it" }) };
  }
  if (!EXTENSION_NAME.test(name)) {
    return { got, want: "the name of an extension's parameter, as in pg_trgm.similarity_threshold", fix };
  }
  const extension = name.split(".")[0] ?? "";
  return knowsExtension(major, extension) ? { got, want: `a parameter of ${extension}`, fix } : undefined;
}

function notSettable(major: Major, name: string, got: string, setting: ServerSetting): ValueProblem | undefined {
  if (setting.context === "internal") {
    const because = "it is fixed when the server is built or the cluster is made";
    return { got, want: "not to be set", because, fix: "remove it" };
  }
  // Where ALTER SYSTEM refuses what any session may set, the parameter belongs to a transaction.
  if (setting.context !== "user" || setting.alterSystem !== false) return undefined;
  const instead = `default_${name.toLowerCase()}`;
  const fix = settingOf(major, instead) === undefined ? "remove it" : `set ${instead}`;
  return { got, want: "not to be set", because: "it belongs to one transaction", fix };
}

function wrongValue(setting: ServerSetting, got: string): ValueProblem | undefined {
  switch (setting.type) {
    case "bool":
      return parseBoolean(got) === undefined ? { got, want: "on or off", fix: "write on or off" } : undefined;
    case "enum":
      return wordProblem(setting, got);
    case "integer":
      return numberProblem(setting, got, parseInteger(got, setting.unit));
    case "real":
      return numberProblem(setting, got, parseReal(got, setting.unit));
    case "string":
      return undefined;
  }
}

function wordProblem({ values = [], hiddenValues = [] }: ServerSetting, got: string): ValueProblem | undefined {
  const word = got.toLowerCase();
  if ([...values, ...hiddenValues].some((value) => value.toLowerCase() === word)) return undefined;
  const meant = closestName(got, values);
  const fix = meant === undefined ? "write one of these words" : `did you mean ${meant}?`;
  return { got, want: `one of ${values.join(", ")}`, fix };
}

function numberProblem(setting: ServerSetting, got: string, number: number | undefined): ValueProblem | undefined {
  const { min = -Infinity, max = Infinity, unit } = setting;
  if (number !== undefined && number >= min && number <= max) return undefined;
  const units = unitsFor(unit);
  const kind = setting.type === "integer" ? "a whole number" : "a number";
  const want = `${kind} from ${min} to ${max}${unit === undefined ? "" : `, in ${unit} or with a unit of its own`}`;
  if (number !== undefined) {
    const because = units.includes(got.replace(/[^A-Za-z]/g, "")) ? `it is ${number} in ${unit ?? ""}` : undefined;
    const nearest = number < min ? min : max;
    return { got, want, ...(because !== undefined && { because }), fix: `the nearest value is ${nearest}` };
  }
  const written = /[A-Za-z]+\s*$/.exec(got)?.[0].trim();
  if (written === undefined) return { got, want, fix: "write a number" };
  const meant = units.find((name) => name.toLowerCase() === written.toLowerCase());
  if (meant !== undefined) return { got, want, because: "units are case-sensitive", fix: `write ${meant}` };
  return { got, want, fix: units.length === 0 ? "write a number without a unit" : `the units are ${units.join(", ")}` };
}
