/** A property as the engine sends it: JSON, in which a secret, an output and an unknown are marked values. */
export type Property = null | boolean | number | string | readonly Property[] | Properties;

/** The properties of a resource, or an object among them. */
export interface Properties {
  readonly [name: string]: Property;
}

/** Stands for a value that a preview cannot know yet. Source: Pulumi SDK, `runtime/rpc`. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

export function isProperties(value: Property | undefined): value is Properties {
  return typeof value === "object" && value !== null && !isList(value);
}

export function isList(value: Property | undefined): value is readonly Property[] {
  return Array.isArray(value);
}

export function secret(value: Property): Properties {
  return { [SIGNATURE]: SECRET, value };
}

/** What a marked value holds, and whether it is secret; `undefined` for a value that is not marked. */
export function unmark(value: Property): { readonly value: Property; readonly secret: boolean } | undefined {
  if (!isProperties(value)) return undefined;
  if (value[SIGNATURE] === SECRET) return { value: value.value ?? null, secret: true };
  if (value[SIGNATURE] === OUTPUT) return { value: value.value ?? UNKNOWN, secret: value.secret === true };
  return undefined;
}

/** The value without its marks. It must go nowhere but to Docker: everything returned to the engine passes {@link sealLike}. */
export function reveal(value: Property): Property {
  const marked = unmark(value);
  if (marked) return reveal(marked.value);
  if (isList(value)) return value.map(reveal);
  return isProperties(value) ? revealAll(value) : value;
}

/** {@link reveal} for the properties of a resource. */
export function revealAll(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, reveal(value)]));
}

/** The properties of `reference` that are, or hold, a secret are secret in the result. A whole property is
 * marked, not its part: sets have no stable places that a mark could follow. */
export function sealLike(properties: Properties, ...references: readonly Properties[]): Properties {
  const sealed = new Set(references.flatMap(secretNames));
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, sealed.has(name) ? secret(reveal(value)) : value]),
  );
}

/** The names of the properties that are, or hold, a secret. */
export function secretNames(properties: Properties): readonly string[] {
  return Object.keys(properties).filter((name) => holdsSecret(properties[name] ?? null));
}

function holdsSecret(value: Property): boolean {
  const marked = unmark(value);
  return marked?.secret === true || children(marked?.value ?? value).some(holdsSecret);
}

function children(value: Property): readonly Property[] {
  if (isList(value)) return value;
  return isProperties(value) ? Object.values(value) : [];
}

/** Every text inside a secret: for {@link redact}. */
export function secretTexts(value: Property): string[] {
  const marked = unmark(value);
  if (marked?.secret === true) return textsIn(reveal(marked.value));
  return children(marked?.value ?? value).flatMap(secretTexts);
}

function textsIn(value: Property): string[] {
  return typeof value === "string" ? [value] : children(value).flatMap(textsIn);
}

/** The text without the secrets, also where only one line of a secret, or what its base64 stands for, is quoted. */
export function redact(text: string, secrets: readonly string[]): string {
  const parts = secrets
    .flatMap((whole) => [whole, Buffer.from(whole, "base64").toString("utf8")])
    .flatMap((whole) => [whole, ...whole.split(/\s+/u)])
    .filter((part) => part.length >= SHORTEST_REDACTED)
    .sort((a, b) => b.length - a.length);
  return [...new Set(parts)].reduce((clean, part) => clean.replaceAll(part, "[secret]"), text);
}

/** Shorter pieces of a secret file are words such as `md5`: hiding them would hide the message. */
const SHORTEST_REDACTED = 6;
