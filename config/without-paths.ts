/** A copy of plain data without what stands at the given paths; a list keeps its other elements in their order. */
export function withoutPaths(value: unknown, paths: readonly (readonly PropertyKey[])[]): unknown {
  if (paths.length === 0) return value;
  if (paths.some((path) => path.length === 0)) return undefined;
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, inner, below(paths, key)] as const)
    .filter(([, , rest]) => !rest.some((path) => path.length === 0))
    .map(([key, inner, rest]) => [key, withoutPaths(inner, rest)] as const);
  return Array.isArray(value) ? kept.map(([, inner]) => inner) : Object.fromEntries(kept);
}

function below(paths: readonly (readonly PropertyKey[])[], key: string): (readonly PropertyKey[])[] {
  return paths.filter(([step]) => String(step) === key).map((path) => path.slice(1));
}
