import { UNKNOWN } from "../requirements/known.ts";
import { shownValue } from "../topology/change.ts";
import { HIDDEN, looksSecret, promisesSecret } from "./looks-secret.ts";
import { SECRET, type StepValue } from "./planned-step.ts";

/** A value of a person's page: what does not fit is cut, and says so. */
const LONGEST = 120;

/**
 * A value of a plan for a person. Secrets are never shown, nor what looks like one, nor anything of a property whose name
 * promises one: a plan of somebody else's program may hold passwords that its author has not marked.
 * @param property its path, as in `settings.tier`; empty where it has none
 */
export function shownPlanned(value: StepValue, property = ""): string {
  if (value === undefined || value === null) return "not set";
  if (value === UNKNOWN) return "known after the update";
  if (value === SECRET || promisesSecret(property)) return HIDDEN;
  if (isNamedValue(value, property)) return shownPlanned(value.value);
  const text = typeof value === "string" ? value : JSON.stringify(shownPart(value));
  if (looksSecret(text)) return HIDDEN;
  return text === "" ? '""' : cut(text);
}

/** A value of a field of the wish for a person. */
export function shownWished(value: unknown, path: string): string {
  const text = shownValue(value);
  return promisesSecret(path) || looksSecret(text) ? HIDDEN : cut(text);
}

/** A text that says how much of it is not shown. */
function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
}

/** An element of a list that is edited by name, as a flag: its name stands in the path. */
function isNamedValue(
  value: StepValue,
  property: string,
): value is { readonly name: string; readonly value: StepValue } {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 2) return false;
  const { name, value: inner } = value as { readonly name?: unknown; readonly value?: unknown };
  return typeof name === "string" && inner !== undefined && property.endsWith(`.${name}`);
}

/** What stands within a list or an object, name by name. */
function shownPart(value: StepValue): unknown {
  if (value === UNKNOWN) return "known after the update";
  if (value === SECRET) return HIDDEN;
  if (Array.isArray(value)) return value.map(shownPart);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shownNamed(value, name, inner)]));
  }
  if (typeof value !== "string") return value;
  return isSecretVariable(value) ? `${value.slice(0, value.indexOf("="))}=${HIDDEN}` : hidden(value);
}

/** A part by its name; of `{ name, value }`, by the name that stands in it. */
function shownNamed(whole: object, name: string, inner: StepValue): unknown {
  const said = name === "value" && "name" in whole && typeof whole.name === "string" ? whole.name : name;
  return promisesSecret(said) && inner !== null ? HIDDEN : shownPart(inner);
}

function hidden(value: string): string {
  return looksSecret(value) ? HIDDEN : value;
}

/** `NAME=value` with a name that promises a secret. */
function isSecretVariable(value: string): boolean {
  const at = value.indexOf("=");
  return at > 0 && promisesSecret(value.slice(0, at));
}
