import { z } from "zod";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { UNKNOWN } from "../../requirements/known.ts";
import { isNotKnownYet, isSecret, nameOfUrn, plaintextOf, STACK_TYPE } from "./engine-values.ts";
import type { Planned, PlannedReference, PlannedResource } from "./planned-resource.ts";

const properties = z.record(z.string(), z.unknown());

/** A resource in a state or in a step of a preview: the same shape. */
const resourceState = z.object({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().optional(),
  id: z.string().optional(),
  inputs: properties.optional(),
  outputs: properties.optional(),
  parent: z.string().optional(),
  protect: z.boolean().optional(),
  provider: z.string().optional(),
  ignoreChanges: z.array(z.string()).optional(),
  deleteBeforeReplace: z.boolean().optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).optional(),
  customTimeouts: z
    .object({ create: z.number().optional(), update: z.number().optional(), delete: z.number().optional() })
    .optional(),
  delete: z.boolean().optional(),
});
type ResourceState = z.infer<typeof resourceState>;

const exportedState = z.object({
  deployment: z.object({ resources: z.array(resourceState).optional() }),
});
const savedPreview = z.object({
  steps: z.array(z.object({ op: z.string(), urn: z.string(), newState: resourceState.nullish() })),
});

/**
 * The resources in what `pulumi stack export` or `pulumi preview --json` wrote, as a policy sees them.
 * @param source names the file in errors
 * @throws {PgtError} exit code 3: it is no such file, or not all of one
 */
export function readPlanFile(text: string, source: string): PlannedResource[] {
  const value = parseJson(text, source);
  const state = exportedState.safeParse(value);
  if (state.success) {
    const resources = state.data.deployment.resources ?? [];
    return planned(resources.filter((resource) => resource.delete !== true));
  }
  const preview = savedPreview.safeParse(value);
  if (preview.success) return planned(resourcesAfter(preview.data.steps));
  throw foreign(source, "JSON of another shape");
}

/** A replacement has several steps for one resource; the last state of it that is not removed is what there will be. */
function resourcesAfter(steps: z.infer<typeof savedPreview>["steps"]): ResourceState[] {
  const after = new Map<string, ResourceState>();
  for (const { newState, op, urn } of steps) {
    if (newState != null && !op.startsWith("delete")) after.set(urn, newState);
  }
  return [...after.values()];
}

function planned(states: readonly ResourceState[]): PlannedResource[] {
  const byUrn = new Map(states.map((state) => [state.urn, state]));
  return states.map((state) => {
    const shown = shownProperties(state);
    const provider = byUrn.get(state.provider?.replace(/::[^:]*$/, "") ?? "");
    const { create = 0, delete: remove = 0, update = 0 } = state.customTimeouts ?? {};
    return {
      type: state.type,
      urn: state.urn,
      name: nameOfUrn(state.urn),
      props: readObject(shown),
      protect: state.protect ?? false,
      ignoreChanges: state.ignoreChanges ?? [],
      timeouts: { create, update, delete: remove },
      secretProps: new Set(Object.keys(shown).filter((name) => isSecret(shown[name]))),
      dependencies: dependencies(state, byUrn),
      ...(state.deleteBeforeReplace !== undefined && { deleteBeforeReplace: state.deleteBeforeReplace }),
      ...(state.parent !== undefined && { parent: state.parent }),
      ...(provider && {
        provider: { type: provider.type, name: nameOfUrn(provider.urn), props: readObject(provider.inputs ?? {}) },
      }),
    };
  });
}

/** Of a stack, what it puts out; of a component, what it was told and what it puts out; of the rest, what was asked for. */
function shownProperties({ custom, id, inputs = {}, outputs = {}, type }: ResourceState): Record<string, unknown> {
  if (type === STACK_TYPE) return outputs;
  if (custom === false) return { ...inputs, ...outputs };
  // By these it is named elsewhere.
  return { ...inputs, ...(id !== undefined && { id }), ...(outputs.uuid !== undefined && { uuid: outputs.uuid }) };
}

function dependencies(
  { propertyDependencies = {} }: ResourceState,
  byUrn: ReadonlyMap<string, ResourceState>,
): Record<string, PlannedReference[]> {
  return Object.fromEntries(
    Object.entries(propertyDependencies).map(([property, urns]) => [
      property,
      (urns ?? []).map((urn) => ({ urn, name: nameOfUrn(urn), type: byUrn.get(urn)?.type ?? "" })),
    ]),
  );
}

function readObject(value: Readonly<Record<string, unknown>>): Record<string, Planned> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readValue(inner)]));
}

function readValue(value: unknown): Planned {
  if (isNotKnownYet(value)) return UNKNOWN;
  if (isSecret(value)) {
    const shown = plaintextOf(value);
    return shown === undefined ? UNKNOWN : readValue(shown.plain);
  }
  if (Array.isArray(value)) return value.map(readValue);
  return typeof value === "object" && value !== null ? readObject(value as Record<string, unknown>) : value;
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw foreign(source, error instanceof Error ? error.message : String(error));
  }
}

function foreign(source: string, got: string): PgtError {
  return new PgtError(`${source} is no exported state and no saved preview: ${got}`, {
    exitCode: EXIT.couldNotCheck,
    fix: [
      'write it again: "pulumi stack export --file state.json" or "pulumi preview --json > preview.json"',
      "nothing of it was judged",
    ],
  });
}
