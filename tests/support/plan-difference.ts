import type { RecordedResource } from "./planned-resources.ts";

/**
 * What one plan has otherwise than another, a line each: `+ type name`, `- type name`, or `name path: before → after`
 * with `(none)` for what is not there. Names are without the component's own in front.
 */
export function planDifference(before: readonly RecordedResource[], after: readonly RecordedResource[]): string[] {
  const [old, now] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((id) => {
    const [left, right] = [old.get(id), now.get(id)];
    if (left === undefined) return [`+ ${id}`];
    if (right === undefined) return [`- ${id}`];
    const paths = [...new Set([...left.keys(), ...right.keys()])].sort();
    return paths
      .filter((path) => left.get(path) !== right.get(path))
      .map((path) => `${id} ${path}: ${left.get(path) ?? "(none)"} → ${right.get(path) ?? "(none)"}`);
  });
}

/** Every leaf by its path, and the options beside the arguments. */
function byId(resources: readonly RecordedResource[]): Map<string, Map<string, string>> {
  const top = resources.find(({ type }) => type.startsWith("pgtopology:"))?.name ?? "";
  return new Map(
    resources.map(({ name, options, props, type }) => {
      const leaves = [...leavesOf(props, ""), ...leavesOf(options, "options")];
      return [`${type.split(":").at(-1) ?? ""} ${name.replace(`${top}-`, "")}`, new Map(leaves)];
    }),
  );
}

function leavesOf(value: unknown, path: string): [string, string][] {
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  return entries.flatMap(([key, item]) => leavesOf(item, path === "" ? key : `${path}.${key}`));
}
