import * as pulumi from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import { isNotKnownYet, isSecret } from "../../facts/from-plan/engine-values.ts";
import {
  type EngineDiff,
  type PlannedStep,
  SECRET,
  type StepState,
  type StepValue,
} from "../../preview/planned-step.ts";
import { keysOf } from "../../preview/property-path.ts";
import { UNKNOWN } from "../../requirements/known.ts";
import type { RecordedResource, RecordingOptions } from "./planned-resources.ts";

/** What only a provider knows. */
export interface ProviderKnowledge {
  /**
   * By type: paths of inputs whose change makes the resource anew, as `settings.tier`, and as `disks.size` for that of any
   * element of a list. A type that is not here is always updated in place.
   */
  readonly forceNew: Readonly<Record<string, readonly string[]>>;
  /** As the programs were recorded with it: what it adds is not known of a resource that is yet to be made. */
  readonly madeByCloud?: RecordingOptions["madeByCloud"];
}

/**
 * What the engine would plan where one program becomes another one: both as recorded without `preview`. Of a resource that
 * is made, or made anew, what only the cloud adds is unknown to those that take it, and may make them anew, too.
 */
export function plannedSteps(
  before: readonly RecordedResource[],
  after: readonly RecordedResource[],
  knowledge: ProviderKnowledge,
): PlannedStep[] {
  return new Planner(before, after, knowledge).steps();
}

class Planner {
  readonly #before: ReadonlyMap<string, RecordedResource>;
  readonly #after: ReadonlyMap<string, RecordedResource>;
  readonly #knowledge: ProviderKnowledge;
  readonly #steps = new Map<string, PlannedStep>();

  constructor(before: readonly RecordedResource[], after: readonly RecordedResource[], knowledge: ProviderKnowledge) {
    this.#before = new Map(before.map((resource) => [resource.urn, resource]));
    this.#after = new Map(after.map((resource) => [resource.urn, resource]));
    this.#knowledge = knowledge;
  }

  steps(): PlannedStep[] {
    for (const resource of this.#after.values()) this.#stepOf(resource);
    for (const [urn, { type, name }] of this.#before) {
      if (this.#after.has(urn)) continue;
      const old = this.#oldState(urn);
      this.#steps.set(urn, { operation: "delete", urn, type, name, ...(old && { old }), diffs: [], replacing: [] });
    }
    return [...this.#steps.values()];
  }

  /** Those that a resource takes values from come before it. */
  #stepOf(resource: RecordedResource): PlannedStep {
    const { urn, type, name } = resource;
    const known = this.#steps.get(urn);
    if (known !== undefined) return known;
    const earlier = this.#before.get(urn);
    const old = this.#oldState(urn);
    const wire = this.#inputsOf(resource, earlier);
    const next = stateOf(resource, wire);
    const diffs = earlier === undefined ? [] : differences(earlier.wire, wire).map((path) => this.#diff(type, path));
    const replacing = diffs.filter(({ replaces }) => replaces).map(({ path }) => path);
    const carriedAlong = earlier === undefined ? [] : this.#deletedBelow(resource);
    const step: PlannedStep = {
      operation: operationOf(earlier, diffs, [...replacing, ...carriedAlong]),
      urn,
      type,
      name,
      ...(old && { old }),
      next,
      diffs,
      replacing: [...new Set([...replacing, ...carriedAlong])],
    };
    this.#steps.set(urn, step);
    return step;
  }

  #oldState(urn: string): StepState | undefined {
    const resource = this.#before.get(urn);
    return resource && { id: resource.name, ...stateOf(resource, resource.wire) };
  }

  /** What is asked for: what is ignored stays as it was, and what is yet to be made is not known. */
  #inputsOf(resource: RecordedResource, earlier: RecordedResource | undefined): Record<string, unknown> {
    const inputs: Record<string, unknown> = {};
    for (const [property, value] of Object.entries(resource.wire)) {
      const unknown = this.#sourcesOf(resource, property).flatMap((source) => this.#notMadeYet(source));
      inputs[property] = withUnknown(value, unknown);
    }
    for (const path of earlier === undefined ? [] : resource.options.ignoreChanges) {
      const [property = ""] = keysOf(path);
      inputs[property] = ignoring(inputs[property], earlier?.wire[property], path);
    }
    return inputs;
  }

  #sourcesOf({ dependencies = {} }: RecordedResource, property: string): RecordedResource[] {
    return (dependencies[property] ?? []).flatMap(({ urn }) => this.#after.get(urn) ?? []);
  }

  /** Texts that the cloud adds to a resource that is made by this update. */
  #notMadeYet(source: RecordedResource): string[] {
    const { operation } = this.#stepOf(source);
    if (operation !== "create" && operation !== "replace") return [];
    const { id = source.name, ...added } = this.#knowledge.madeByCloud?.(source.type, source.props) ?? {};
    const given = new Set(textsIn(source.props));
    return textsIn([id, added]).filter((text) => text !== "" && !given.has(text));
  }

  /** Properties that take values from what is deleted before it is made anew: for these, nothing of it is known. */
  #deletedBelow(resource: RecordedResource): string[] {
    return (this.#knowledge.forceNew[resource.type] ?? [])
      .map((path) => path.split(".")[0] ?? path)
      .filter((property) =>
        this.#sourcesOf(resource, property).some(
          (source) => source.options.deleteBeforeReplace && this.#stepOf(source).operation === "replace",
        ),
      );
  }

  #diff(type: string, path: string): EngineDiff {
    const names = keysOf(path).filter((key) => typeof key === "string");
    const replaces = (this.#knowledge.forceNew[type] ?? []).some((forced) => {
      const keys = forced.split(".");
      return keys.every((key, at) => names[at] === key || at >= names.length);
    });
    return { path, replaces, ofInputs: true };
  }
}

function operationOf(
  earlier: RecordedResource | undefined,
  diffs: readonly EngineDiff[],
  replacing: readonly string[],
): PlannedStep["operation"] {
  if (earlier === undefined) return "create";
  if (replacing.length > 0) return "replace";
  return diffs.length > 0 ? "update" : "same";
}

function stateOf({ options }: RecordedResource, wire: unknown): StepState {
  const inputs = stepValue(wire) as StepState["inputs"];
  return {
    inputs,
    outputs: inputs,
    protect: options.protect,
    retainOnDelete: options.retainOnDelete,
    parent: options.parent,
  };
}

function stepValue(value: unknown): StepValue {
  if (value === UNKNOWN || isNotKnownYet(value)) return UNKNOWN;
  if (isSecret(value)) return SECRET;
  if (Array.isArray(value)) return value.map(stepValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stepValue(item)]));
}

/** The engine's paths of what differs; a secret is one value. */
function differences(from: unknown, to: unknown, path = ""): string[] {
  if (isDeepStrictEqual(from ?? undefined, to ?? undefined)) return [];
  if (Array.isArray(from) && Array.isArray(to)) {
    return Array.from({ length: Math.max(from.length, to.length) }, (_, at) => at).flatMap((at) =>
      differences(from[at], to[at], `${path}[${String(at)}]`),
    );
  }
  if (!isBlock(from) || !isBlock(to)) return [path];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
    differences(from[key], to[key], belowPath(path, key)),
  );
}

function belowPath(path: string, key: string): string {
  if (!/^\w+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isSecret(value);
}

function withUnknown(value: unknown, unknown: readonly string[]): unknown {
  if (typeof value === "string") return unknown.some((text) => value.includes(text)) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map((item) => withUnknown(item, unknown));
  if (typeof value !== "object" || value === null) return value;
  if (isSecret(value)) return unknown.length > 0 ? UNKNOWN : value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUnknown(item, unknown)]));
}

/** The property with what stands at an ignored path as it was. */
function ignoring(next: unknown, old: unknown, path: string): unknown {
  const [, ...keys] = keysOf(path);
  if (keys.length === 0) return old;
  const copy: unknown = structuredClone(next);
  let [place, before] = [copy, old] as [Record<string, unknown>, Record<string, unknown> | undefined];
  for (const key of keys.slice(0, -1)) {
    if (!isContainer(place[key])) return next;
    [place, before] = [place[key], before?.[key] as Record<string, unknown> | undefined];
  }
  place[keys.at(-1) ?? ""] = before?.[keys.at(-1) ?? ""];
  return copy;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  // Of secrets, which come as outputs, nothing is found in the open.
  if (typeof value !== "object" || value === null || pulumi.Output.isInstance(value)) return [];
  return Object.values(value).flatMap(textsIn);
}
