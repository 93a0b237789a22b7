import type { RecordedResource } from "../../../support/planned-resources.ts";

/**
 * The same resources, with lists of named things (variables, containers, volumes) as records by their names: one variable
 * more is one difference, not one for each that follows it. What a resource waits for is left out.
 */
export function withNamedParts(resources: readonly RecordedResource[]): readonly RecordedResource[] {
  return resources.map((resource) => ({
    ...resource,
    props: byName(resource.props) as RecordedResource["props"],
    options: { ...resource.options, dependsOn: [] },
  }));
}

function byName(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, byName(item)]));
  const items = value as readonly unknown[];
  if (!items.every(isNamed)) return items.map(byName);
  return Object.fromEntries(items.map(({ name, ...rest }) => [name, byName(rest)]));
}

function isNamed(item: unknown): item is { readonly name: string } {
  return typeof item === "object" && item !== null && "name" in item && typeof item.name === "string";
}
