import type { z } from "zod";

/** What zod says of a schema that is no part of its public types. */
interface Inner {
  readonly shape?: Record<string, unknown>;
  readonly keyType?: unknown;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly unwrap?: () => unknown;
}

/** The schema of the value at a path, without its "optional"; `undefined` below a key that is not known. */
export function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let place = unwrapped(schema);
  for (const step of path) {
    if (place === undefined) return undefined;
    const { element, shape, valueType } = place as Inner;
    const own = shape !== undefined && Object.hasOwn(shape, step) ? shape[String(step)] : undefined;
    place = unwrapped(own ?? valueType ?? element);
  }
  return place as z.ZodType | undefined;
}

/** The schema of the names in the map at a path; `undefined` where the names are fixed. */
export function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  return (schemaAt(schema, path) as Inner | undefined)?.keyType as z.ZodType | undefined;
}

/** The fixed keys of the map at a path. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return Object.keys((schemaAt(schema, path) as Inner | undefined)?.shape ?? {});
}

function unwrapped(schema: unknown): unknown {
  if (schema === undefined) return undefined;
  const { element, unwrap } = schema as Inner;
  return typeof unwrap === "function" && element === undefined ? unwrapped(unwrap.call(schema)) : schema;
}
