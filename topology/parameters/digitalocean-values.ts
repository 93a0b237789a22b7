import { type ParameterValue, parameterText } from "../parameters.ts";
import { type ValueProblem, valueProblem } from "./check-value.ts";
import { clusterParameter } from "./digitalocean-parameters.ts";
import { type Major, settingOf } from "./server-settings.ts";
import { parseBoolean, parseInteger, parseReal } from "./setting-value.ts";

/** A parameter as an argument of `digitalocean.DatabasePostgresqlConfig`. */
export interface ClusterArgument {
  /** As in `autovacuumNaptime`. */
  readonly property: string;
  readonly value: number | string | boolean;
}

/** What is wrong with a parameter of a cluster: what PostgreSQL says first, then what the platform takes less of. */
export function clusterValueProblem(major: Major, name: string, value: ParameterValue): ValueProblem | undefined {
  const got = parameterText(value);
  const problem = settingOf(major, name) === undefined ? undefined : valueProblem(major, name, value);
  if (problem !== undefined) return problem;
  const { type, min = -Infinity, max = Infinity, scale = 1, words } = clusterParameter(name) ?? { type: "text" };
  if (type === "word") return wordProblem(got, words ?? []);
  if (type !== "integer" && type !== "real") return undefined;
  const number = numberOf(major, name, got);
  if (number === undefined) return { got, want: `a number from ${min} to ${max}`, fix: "write a number" };
  if (type === "integer" && !Number.isInteger(number)) {
    const want = scale < 1 ? `a multiple of ${1 / scale}` : "a whole number";
    return {
      got,
      want,
      because: "the platform takes no fractions",
      fix: `use ${Math.max(min, Math.round(number)) / scale}`,
    };
  }
  if (number >= min && number <= max) return undefined;
  const unit = settingOf(major, name)?.unit;
  return {
    got,
    want: `from ${min / scale} to ${max / scale}${unit === undefined ? "" : `, in ${unit} or with a unit of its own`}`,
    because: "the platform takes less than PostgreSQL does",
    fix: `the nearest value is ${(number < min ? min : max) / scale}`,
  };
}

/** Whether the provider would not send a value: it takes zero, and an empty text, for nothing (jit it sends). */
export function isDroppedByProvider(major: Major, name: string, value: ParameterValue): boolean {
  const type = clusterParameter(name)?.type;
  const text = parameterText(value);
  if (type === "integer" || type === "real") return numberOf(major, name, text) === 0;
  return type === "text" && text === "";
}

/** A parameter as the provider takes it; `undefined` for one that can't be handed on, which validation refuses. */
export function clusterArgument(major: Major, name: string, text: string): ClusterArgument | undefined {
  const parameter = clusterParameter(name);
  if (parameter === undefined) return undefined;
  const value = valueOf(major, name, text);
  return value === undefined ? undefined : { property: clusterProperty(name), value };
}

/** The provider's word for a parameter. */
export function clusterProperty(name: string): string {
  return name.toLowerCase().replaceAll(/[._](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function valueOf(major: Major, name: string, text: string): ClusterArgument["value"] | undefined {
  const { type, words = [] } = clusterParameter(name) ?? { type: "text" };
  switch (type) {
    case "integer":
    case "real":
      return numberOf(major, name, text);
    case "boolean":
      return parseBoolean(text);
    case "switch":
      return parseBoolean(text) === true ? "on" : "off";
    case "word":
      return words.find((word) => word.toLowerCase() === text.toLowerCase());
    case "text":
      return text;
  }
}

/** A number in the API's unit: a bare one counts PostgreSQL's. */
function numberOf(major: Major, name: string, text: string): number | undefined {
  const setting = settingOf(major, name);
  const number = setting?.type === "integer" ? parseInteger(text, setting.unit) : parseReal(text, setting?.unit);
  return number === undefined ? undefined : number * (clusterParameter(name)?.scale ?? 1);
}

function wordProblem(got: string, words: readonly string[]): ValueProblem | undefined {
  if (words.some((word) => word.toLowerCase() === got.toLowerCase())) return undefined;
  return { got, want: `one of ${words.join("; ")}`, fix: "write one of these" };
}
