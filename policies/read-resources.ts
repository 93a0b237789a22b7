import { type PolicyProviderResource, type PolicyResource, UnknownValueError } from "@pulumi/policy";
import type { PlannedReference, PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { UNKNOWN } from "../requirements/known.ts";

/** What the policy SDK hands over of a resource: in a rule for a stack, and without what comes from others in one for a resource. */
export type ReadResource = Pick<PolicyResource, "type" | "urn" | "name" | "props" | "opts"> &
  Partial<Pick<PolicyResource, "parent" | "propertyDependencies">> & { readonly provider?: PolicyProviderResource };

/**
 * A copy of a resource without the SDK's proxies, which throw wherever a value is not known yet: it becomes
 * {@link UNKNOWN}, and the rest can still be judged. Secrets are plain text in here: nothing of it may be shown.
 */
export function readResource(resource: ReadResource): PlannedResource {
  const { name, opts, parent, propertyDependencies, props, provider, type, urn } = resource;
  const { createSeconds, deleteSeconds, updateSeconds } = opts.customTimeouts;
  return {
    type,
    urn,
    name,
    props: readObject(props),
    protect: opts.protect,
    ignoreChanges: opts.ignoreChanges,
    timeouts: { create: createSeconds, update: updateSeconds, delete: deleteSeconds },
    // Unset is Pulumi's own order: the replacement first.
    deleteBeforeReplace: opts.deleteBeforeReplace ?? false,
    ...(provider && { provider: { type: provider.type, name: provider.name, props: readObject(provider.props) } }),
    ...(parent && { parent: parent.urn }),
    ...(propertyDependencies && { dependencies: references(propertyDependencies) }),
  };
}

function references(all: Readonly<Record<string, readonly PolicyResource[]>>): Record<string, PlannedReference[]> {
  return Object.fromEntries(
    Object.entries(all).map(([property, others]) => [
      property,
      others.map(({ name, type, urn }) => ({ type, urn, name })),
    ]),
  );
}

function readObject(props: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(props).map((key) => [key, readProperty(props, key)]));
}

function readProperty(container: object, key: string): unknown {
  let value: unknown;
  try {
    value = Reflect.get(container, key);
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.keys(value).map((index) => readProperty(value as unknown[], index));
  return readObject(value);
}
