// What an edit has may be of any type: a program in any language may send it. Nothing here throws.

/** The elements of a list; of what is none, no element. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The fields of an object; of what is none, no field. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Each element of a list as a text that is the same for the same element. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).map((element) => (typeof element === "string" ? element : JSON.stringify(element)));
}

/** A number, also one that is written as text; `undefined` where it is neither. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value !== "number" && (typeof value !== "string" || value.trim() === "")) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A word, a number or a truth as text; empty for all else. */
export function textOf(value: unknown): string {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : "";
}

/** Whether a list has an element that another one lacks. */
export function hasMore({ from, to }: { readonly from: unknown; readonly to: unknown }): boolean {
  const known = textsOf(from);
  return textsOf(to).some((element) => !known.includes(element));
}

/** Whether a list lacks an element that another one has. */
export function hasLess({ from, to }: { readonly from: unknown; readonly to: unknown }): boolean {
  return hasMore({ from: to, to: from });
}
