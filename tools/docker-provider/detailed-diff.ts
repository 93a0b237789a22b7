import { nanosecondsOf } from "./durations.ts";
import { isList, isProperties, revealAll, secretNames, UNKNOWN, type Properties, type Property } from "./properties.ts";
import type { InputShape, ResourceShape, Shape } from "./property-shape.ts";

/** One difference between the inputs of a resource. */
export interface PropertyChange {
  /** As `uploads[0].content`: places are those of the new list, or of the old one for what is gone. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/**
 * What changes between two sets of inputs. Marks are looked through, defaults count as given, nothing is told apart
 * from empty (as the official plugin does), sets have no order, and a value that is unknown yet counts as changed.
 */
export function diffInputs(shape: ResourceShape, olds: Properties, news: Properties): readonly PropertyChange[] {
  const [before, after] = [revealAll(olds), revealAll(news)];
  const changes = changedInputs(shape, before, after);
  // Its value is still in plain outputs of the state: an update that changes nothing in Docker seals them.
  const newlySecret = secretNames(news).filter((name) => name in olds && !secretNames(olds).includes(name));
  return [...changes, ...newlySecret.map((path) => ({ path, kind: "update", replaces: false }) as const)];
}

function changedInputs(shape: ResourceShape, before: Properties, after: Properties): readonly PropertyChange[] {
  return Object.entries(shape.inputs).flatMap(([name, input]) => {
    const changes = diffValue(valueOf(before, name, input), valueOf(after, name, input), input.shape, name);
    return changes.map((change) => ({ ...change, replaces: replaces(input.change, change, name) }));
  });
}

function replaces(on: ResourceShape["inputs"][string]["change"], change: Change, name: string): boolean {
  return on === "replace" || (on === "in-place-unless-removed" && change.kind === "delete" && change.path === name);
}

type Change = Omit<PropertyChange, "replaces">;

function valueOf(from: Properties, name: string, input: InputShape): Property | undefined {
  const value = from[name] ?? input.default;
  return value === undefined || (input.default === undefined && isEmpty(value)) ? undefined : value;
}

function isEmpty(value: Property): boolean {
  if (isList(value)) return value.length === 0;
  if (isProperties(value)) return Object.keys(value).every((name) => name === "__defaults");
  return value === null || value === "" || value === false || value === 0;
}

function diffValue(before: Property | undefined, after: Property | undefined, shape: Shape, path: string): Change[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ path, kind: "add" }];
  if (after === undefined) return [{ path, kind: "delete" }];
  if (after === UNKNOWN) return [{ path, kind: "update" }];
  switch (shape.kind) {
    case "object":
      if (!isProperties(before) || !isProperties(after)) break;
      return diffObject(before, after, shape.properties, path);
    case "map":
      if (!isProperties(before) || !isProperties(after)) break;
      return diffMap(before, after, path);
    case "list":
      if (!isList(before) || !isList(after)) break;
      return diffList(before, after, shape.of, path);
    case "set":
      if (!isList(before) || !isList(after)) break;
      return diffSet(before, after, shape, path);
    case "string":
    case "integer":
    case "boolean":
    case "duration":
  }
  return identityOf(before, shape) === identityOf(after, shape) ? [] : [{ path, kind: "update" }];
}

function diffObject(
  before: Properties,
  after: Properties,
  shapes: Readonly<Record<string, InputShape>>,
  path: string,
): Change[] {
  return Object.entries(shapes).flatMap(([name, input]) =>
    diffValue(valueOf(before, name, input), valueOf(after, name, input), input.shape, `${path}.${name}`),
  );
}

function diffMap(before: Properties, after: Properties, path: string): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== "__defaults");
  return names.flatMap((name) =>
    diffValue(before[name], after[name], { kind: "string" }, `${path}[${JSON.stringify(name)}]`),
  );
}

function diffList(before: readonly Property[], after: readonly Property[], of: Shape, path: string): Change[] {
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, index) => diffValue(before[index], after[index], of, `${path}[${index}]`)).flat();
}

/** Elements are matched by their key, or by all that they are; the rest is paired in order, so that a changed element reads as changed. */
function diffSet(
  before: readonly Property[],
  after: readonly Property[],
  shape: Shape & { kind: "set" },
  path: string,
): Change[] {
  const left = before.map((value, index) => ({ value, index, match: matchOf(value, shape) }));
  const changes: Change[] = [];
  const unmatched: { value: Property; index: number }[] = [];
  for (const [index, value] of after.entries()) {
    const match = matchOf(value, shape);
    const found = left.findIndex((candidate) => candidate.match === match);
    const [old] = found === -1 ? [] : left.splice(found, 1);
    if (old) changes.push(...diffValue(old.value, value, shape.of, `${path}[${index}]`));
    else unmatched.push({ value, index });
  }
  for (const { value, index } of unmatched) {
    changes.push(...diffValue(left.shift()?.value, value, shape.of, `${path}[${index}]`));
  }
  return [...changes, ...left.map(({ index }): Change => ({ path: `${path}[${index}]`, kind: "delete" }))];
}

function matchOf(value: Property, shape: Shape & { kind: "set" }): string {
  const key = shape.key !== undefined && isProperties(value) ? value[shape.key] : undefined;
  return key === undefined ? identityOf(value, shape.of) : JSON.stringify(key);
}

/** Equal for values that mean the same. */
function identityOf(value: Property, shape: Shape): string {
  if (shape.kind === "duration" && typeof value === "string") return String(nanosecondsOf(value) ?? value);
  if (shape.kind === "object" && isProperties(value)) {
    return JSON.stringify(
      Object.entries(shape.properties).map(([name, input]) => {
        const part = valueOf(value, name, input);
        return part === undefined ? null : identityOf(part, input.shape);
      }),
    );
  }
  return JSON.stringify(value);
}
