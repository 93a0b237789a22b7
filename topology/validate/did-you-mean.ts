/** The question behind a misspelt name, or where to look when nothing is near. */
export function didYouMean(names: readonly string[], otherwise: string): string {
  return names.length === 0 ? otherwise : `did you mean ${names.join(", ")}?`;
}
