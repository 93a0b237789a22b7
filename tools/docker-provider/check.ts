import { nanosecondsOf } from "./durations.ts";
import { isList, isProperties, secret, UNKNOWN, unmark, type Properties, type Property } from "./properties.ts";
import type { InputShape, ResourceShape, Shape } from "./property-shape.ts";

/** What to do when the stand-in is not enough. */
export const OFFICIAL_REMEDY =
  "install the official plugin, which has all of them: pulumi plugin install resource docker 5.2.0";

/** An input that is refused: where, and why. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** The inputs with the official defaults filled in and their marks kept, and what is wrong with them. */
export function checkInputs(
  shape: ResourceShape,
  given: Properties,
): { readonly inputs: Properties; readonly failures: readonly CheckFailure[] } {
  const failures: CheckFailure[] = [];
  const inputs = checkObject(given, shape.inputs, "", failures);
  return { inputs, failures };
}

function checkObject(
  given: Properties,
  shapes: Readonly<Record<string, InputShape>>,
  at: string,
  failures: CheckFailure[],
): Properties {
  const result: Record<string, Property> = {};
  for (const [name, value] of Object.entries(given)) {
    // The official plugin keeps this list of what it filled in beside the inputs in the state.
    if (name === "__defaults" || value === null) continue;
    const path = at === "" ? name : `${at}.${name}`;
    const input = shapes[name];
    if (input) result[name] = checkValue(value, input, path, failures);
    else {
      failures.push({
        property: path,
        reason: `the stand-in for the docker plugin does not know it: ${OFFICIAL_REMEDY}`,
      });
    }
  }
  for (const [name, input] of Object.entries(shapes)) {
    if (name in result) continue;
    if (input.default !== undefined) result[name] = input.default;
    else if (input.required)
      failures.push({ property: at === "" ? name : `${at}.${name}`, reason: "it must be given" });
  }
  return result;
}

function checkValue(given: Property, input: InputShape, at: string, failures: CheckFailure[]): Property {
  const marked = unmark(given);
  if (marked) {
    const value = checkValue(marked.value, input, at, failures);
    return marked.secret ? secret(value) : value;
  }
  if (given === UNKNOWN) return given;
  if (input.only !== undefined && given !== input.only) {
    const reason = `the stand-in for the docker plugin can only do ${JSON.stringify(input.only)}: ${OFFICIAL_REMEDY}`;
    failures.push({ property: at, reason });
  }
  return checkShape(given, input.shape, at, failures);
}

/** The reason never quotes the value: it may be a secret. */
function checkShape(given: Property, shape: Shape, at: string, failures: CheckFailure[]): Property {
  switch (shape.kind) {
    case "list":
    case "set":
      if (!isList(given)) break;
      return given.map((item, index) => checkValue(item, { shape: shape.of }, `${at}[${index}]`, failures));
    case "object":
      if (!isProperties(given)) break;
      return checkObject(given, shape.properties, at, failures);
    case "map":
      if (!isProperties(given)) break;
      return Object.fromEntries(
        Object.entries(given)
          .filter(([name]) => name !== "__defaults")
          .map(([name, value]) => [name, checkValue(value, { shape: { kind: "string" } }, `${at}.${name}`, failures)]),
      );
    case "string":
      if (typeof given === "string" && (shape.pattern?.test(given) ?? true)) return given;
      break;
    case "duration":
      if (typeof given === "string" && nanosecondsOf(given) !== undefined) return given;
      break;
    case "integer":
      if (typeof given === "number" && Number.isInteger(given) && given >= shape.least) return given;
      break;
    case "boolean":
      if (typeof given === "boolean") return given;
      break;
  }
  failures.push({ property: at, reason: `it must be ${nameOf(shape)}` });
  return given;
}

function nameOf(shape: Shape): string {
  switch (shape.kind) {
    case "string":
      return shape.says ?? "a text";
    case "integer":
      return `a whole number, ${shape.least} or more`;
    case "boolean":
      return "true or false";
    case "duration":
      return "a duration such as 500ms, 10s or 1m30s";
    case "map":
      return "an object of texts";
    case "list":
    case "set":
      return "a list";
    case "object":
      return "an object";
  }
}
