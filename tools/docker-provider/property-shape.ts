import type { Property } from "./properties.ts";

/** What an input may be. `set`: order has no meaning; `key` names the property that tells two elements apart. */
export type Shape =
  | { readonly kind: "string"; readonly pattern?: RegExp; readonly says?: string }
  | { readonly kind: "integer"; readonly least: number }
  | { readonly kind: "boolean" }
  /** As Go writes it: `500ms`, `10s`, `1m30s`. */
  | { readonly kind: "duration" }
  | { readonly kind: "map" }
  | { readonly kind: "list"; readonly of: Shape }
  | { readonly kind: "set"; readonly of: Shape; readonly key?: string }
  | { readonly kind: "object"; readonly properties: Readonly<Record<string, InputShape>> };

/** An input: its shape, whether it must be given, what it is when not given. */
export interface InputShape {
  readonly shape: Shape;
  readonly required?: true;
  readonly default?: Property;
  /** The stand-in does nothing but this value; another one is refused. */
  readonly only?: Property;
}

/** What a changed input does to the resource. Docker has no way to lift a limit in place. */
type OnChange = "replace" | "in-place" | "in-place-unless-removed";

export interface ResourceInputShape extends InputShape {
  readonly change: OnChange;
}

/** The inputs of a resource as the official plugin, docker 5.2.0, names them, and the outputs it computes. */
export interface ResourceShape {
  readonly type: string;
  readonly inputs: Readonly<Record<string, ResourceInputShape>>;
  readonly computed: readonly string[];
  /** The version of the state that the official plugin writes and would otherwise migrate from the first one. */
  readonly schemaVersion?: string;
}

export const text = { kind: "string" } as const satisfies Shape;
export const integer = { kind: "integer", least: 0 } as const satisfies Shape;
export const boolean = { kind: "boolean" } as const satisfies Shape;
export const duration = { kind: "duration" } as const satisfies Shape;
export const map = { kind: "map" } as const satisfies Shape;
export const listOfText = { kind: "list", of: text } as const satisfies Shape;
export const setOfText = { kind: "set", of: text } as const satisfies Shape;

/** Labels, as the official plugin takes them. */
export const labels = {
  kind: "set",
  key: "label",
  of: {
    kind: "object",
    properties: { label: { shape: text, required: true }, value: { shape: text, required: true } },
  },
} as const satisfies Shape;

/** A label as the official plugin names its parts. */
export interface Label {
  readonly label: string;
  readonly value: string;
}

/** Labels as Docker takes them. */
export function dockerLabels(given: readonly Label[] | undefined): Record<string, string> {
  return Object.fromEntries((given ?? []).map(({ label, value }) => [label, value]));
}

/** Labels as the official plugin gives them. */
export function labelsOf(given: Readonly<Record<string, string>> | null | undefined): Property[] {
  return Object.entries(given ?? {}).map(([label, value]) => ({ label, value }));
}
