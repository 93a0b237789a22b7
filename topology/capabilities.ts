import { CONNECTION_FEATURES } from "./capabilities/connections.ts";
import type { Ask, Feature } from "./capabilities/feature.ts";
import { OPERATION_FEATURES } from "./capabilities/operation.ts";
import { SERVER_FEATURES } from "./capabilities/servers.ts";
import type { Issue } from "./issue.ts";
import type { TopologySpec } from "./spec.ts";

/** Every feature that targets differ in. A field of the spec is in one of them, or in {@link ON_EVERY_TARGET}. */
export const FEATURES: readonly Feature[] = [...SERVER_FEATURES, ...CONNECTION_FEATURES, ...OPERATION_FEATURES];

/** Fields that mean the same everywhere. */
export const ON_EVERY_TARGET: readonly string[] = [
  "target",
  "environment",
  "database",
  "size.cpus",
  "size.memoryGiB",
  "pooling.enabled",
  "pooling.mode",
  "pooling.writerPoolSize",
  "pooling.readerPoolSize",
  "pooling.maxClients",
  "pooling.maxPreparedStatements",
  "backup.enabled",
  "backup.schedule",
  "backup.retentionDays",
  "parameters",
  "expected",
  "protection.keepData",
  "objectives",
  "budget",
  "application",
];

/** What the spec asks for and the target lacks: one issue for each feature, with the reason. */
export function capabilityIssues(spec: TopologySpec): Issue[] {
  return FEATURES.flatMap(({ title, asks, on }) => {
    const support = on[spec.target];
    if (support.support !== "unsupported") return [];
    const places = asks.flatMap(({ field, values }) =>
      placesOf(spec, field).filter(({ value }) => values === undefined || values.some((asked) => asked === value)),
    );
    if (places.length === 0) return [];
    const where = places.map((place) => place.path).join(", ");
    return [
      {
        where,
        got: [...new Set(places.map(({ value }) => shown(value)))].join(", "),
        want: `nothing that the target ${spec.target} lacks: ${title}`,
        because: support.reason,
        fix: fixOf(asks, where, support.instead),
      },
    ];
  });
}

/** Another value takes the place of the one that asked; a field that asked as such has to go. */
function fixOf(asks: readonly Ask[], where: string, instead: string | undefined): string {
  if (instead === undefined) return `remove ${where}`;
  return asks.some(({ values }) => values === undefined) ? `remove ${where}, and ${instead}` : instead;
}

interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** Where a field stands in the spec with something in it; `*` in its path stands for every name there. */
function placesOf(spec: TopologySpec, field: string): Place[] {
  const places = field.split(".").reduce<readonly Place[]>(
    (reached, step) =>
      reached.flatMap(({ path, value }) => {
        const below = entriesOf(value).filter(([key]) => step === "*" || step === key);
        return below.map(([key, inner]) => ({ path: path === "" ? key : `${path}.${key}`, value: inner }));
      }),
    [{ path: "", value: spec }],
  );
  return places.filter(({ value }) => asksForSomething(value));
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** `false`, 0 and an empty map say that something is not wanted. */
function asksForSomething(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== false && value !== 0;
}

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return `a map of ${Object.keys(value).join(", ")}`;
  return typeof value === "string" ? value : JSON.stringify(value);
}
