import type { Target } from "../spec.ts";

/** What a target makes of a feature. */
export type Support =
  | { readonly support: "supported" }
  | {
      readonly support: "unsupported";
      readonly reason: string;
      /** What to write in its place; without it, the field is to be removed. */
      readonly instead?: string;
    }
  | { readonly support: "emulated"; readonly how: string };

/** A field of the spec whose presence asks for a feature. */
export interface Ask {
  /** Path in the spec; `*` is any name. A path asks for all that is below it. */
  readonly field: string;
  /** Only these values ask for it; other values of the field ask for other features. */
  readonly values?: readonly (string | number)[];
}

/** Something that targets differ in. */
export interface Feature {
  /** Kebab-case, never used for something else. */
  readonly id: string;
  readonly title: string;
  /** None: the spec has no word for it yet. */
  readonly asks: readonly Ask[];
  readonly on: Readonly<Record<Target, Support>>;
}

/** The target has it. */
export const SUPPORTED: Support = { support: "supported" };

/** The target lacks it. */
export function unsupported(reason: string, instead?: string): Support {
  return { support: "unsupported", reason, ...(instead === undefined ? {} : { instead }) };
}

/** The target has something that does the same. */
export function emulated(how: string): Support {
  return { support: "emulated", how };
}

/** A feature that the presence of any of these fields asks for. */
export function feature(
  id: string,
  title: string,
  fields: readonly string[],
  on: Readonly<Record<Target, Support>>,
): Feature {
  return { id, title, asks: fields.map((field) => ({ field })), on };
}

/** A feature that some values of one field ask for. */
export function featureOfValues(
  id: string,
  title: string,
  field: string,
  values: readonly (string | number)[],
  on: Readonly<Record<Target, Support>>,
): Feature {
  return { id, title, asks: [{ field, values }], on };
}

/** What a target makes of a feature, as a person reads it. */
export function supportText(support: Support): string {
  switch (support.support) {
    case "supported":
      return "yes";
    case "unsupported":
      return `no: ${support.reason}`;
    case "emulated":
      return `emulated: ${support.how}`;
  }
}
