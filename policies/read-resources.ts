import { UnknownValueError } from "@pulumi/policy";
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { UNKNOWN } from "../requirements/known.ts";

/** What the policy SDK hands over of a resource, in a rule for one resource or for a stack. */
export interface PolicyResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts: { readonly protect: boolean };
}

/**
 * A copy of a resource without the SDK's proxies, which throw wherever a value is not known yet: it becomes
 * {@link UNKNOWN}, and the rest can still be judged. Secrets are plain text in here: nothing of it may be shown.
 */
export function readResource({ opts, type, urn, name, props }: PolicyResource): PlannedResource {
  return { type, urn, name, props: readObject(props), protect: opts.protect };
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
