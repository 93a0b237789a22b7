import { UNKNOWN } from "../../../requirements/known.ts";
import type { Verdict } from "../../../requirements/requirement.ts";
import { judgeResource, judgeWhole } from "../../../policies/judge-plan.ts";
import { readSettings } from "../../../policies/settings.ts";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { type SentResource, UNKNOWN_TEXT } from "./policy-rpc.ts";

/** What a requirement says of resources: the pack tells of failures only, and a pass is more than silence. */
export function statusOnPlan(
  id: string,
  sent: readonly SentResource[],
  settings: object,
): Verdict["status"] | undefined {
  const told = readSettings(settings, "the test");
  const resources = sent.map((resource) => planned(resource, sent));
  const all = [...resources.map((one) => judgeResource(one, told)), ...judgeWhole(resources, told)];
  const statuses = all.flatMap(({ judged }) =>
    judged.filter(({ requirement }) => requirement.id === id).map(({ verdict }) => verdict.status),
  );
  return statuses.find((status) => status === "pass") ?? statuses[0];
}

/** What the engine sends, as facts are read from it. */
export function planned(resource: SentResource, all: readonly SentResource[]): PlannedResource {
  const { create = 0, delete: remove = 0, update = 0 } = resource.timeouts ?? {};
  const reference = (name: string) => {
    const type = all.find((one) => one.name === name)?.type ?? "";
    return { name, type, urn: urn(type, name) };
  };
  return {
    type: resource.type,
    urn: urn(resource.type, resource.name),
    name: resource.name,
    props: withUnknown(resource.props) as Record<string, unknown>,
    protect: resource.protect ?? false,
    ignoreChanges: resource.ignoreChanges ?? [],
    timeouts: { create, update, delete: remove },
    ...(resource.deleteBeforeReplace !== undefined && { deleteBeforeReplace: resource.deleteBeforeReplace }),
    ...(resource.provider && { provider: { ...resource.provider, props: { ...resource.provider.props } } }),
    dependencies: Object.fromEntries(
      Object.entries(resource.dependencies ?? {}).map(([property, names]) => [property, names.map(reference)]),
    ),
  };
}

function urn(type: string, name: string): string {
  return `urn:pulumi:unit::unit::${type}::${name}`;
}

function withUnknown(value: unknown): unknown {
  if (value === UNKNOWN_TEXT) return UNKNOWN;
  if (Array.isArray(value)) return value.map(withUnknown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withUnknown(inner)]));
}
