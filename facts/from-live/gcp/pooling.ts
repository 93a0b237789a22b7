import type { Difference } from "../../../requirements/facts/difference.ts";
import type { InstanceFacts, InstancesFacts } from "../../../requirements/facts/instances.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import type { PoolingFacts } from "../../../requirements/facts/pooling.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { instancesOf, type ResolvedGcp } from "../../../topology/resolved-gcp.ts";
import { CLOUD_DECIDES } from "../../platform-decides.ts";
import { wishedInstance } from "../../from-spec-gcp.ts";
import { freeConnections } from "../../server-parameters.ts";
import type { ServerSettings } from "../settings.ts";
import type { PoolMeasured } from "../managed/connections.ts";
import { flagDifferences } from "./instance-differences.ts";

/** What the cloud says of its poolers, and what they were seen to do. A sidecar is the service's, which is not looked at. */
export function cloudPooling(
  topology: ResolvedGcp,
  { instances }: InstancesFacts,
  settings: Fact<ServerSettings>,
  measured: PoolMeasured,
): PoolingFacts {
  const cloud = { ...NOTHING_KNOWN.pooling, ...CLOUD_DECIDES.pooling };
  if (topology.pooling?.kind !== "managed") return { ...cloud, enabled: false };
  const list = isKnown(instances) ? instances : [];
  const primary = list.find(({ role }) => role === "primary");
  if (primary === undefined) return cloud;
  const reader = list.find(({ role }) => role === "read") ?? primary;
  return {
    ...cloud,
    enabled: primary.pooling,
    mode: flag(primary, "pool_mode"),
    writerPoolSize: number(flag(primary, "max_pool_size")),
    readerPoolSize: number(flag(reader, "max_pool_size")),
    maxClients: number(flag(primary, "max_client_connections")),
    maxPreparedStatements: number(flag(primary, "max_prepared_statements")),
    serverConnections: isKnown(settings) ? freeConnections(settings.parameters) : settings,
    differences: differences(topology, list),
    crowd: measured.crowd,
    preparedStatementWorks: measured.preparedStatementWorks,
  };
}

function differences(topology: ResolvedGcp, found: readonly InstanceFacts[]): Fact<readonly Difference[]> {
  const all: Difference[] = [];
  for (const instance of instancesOf(topology)) {
    const wished = wishedInstance(topology, instance).poolFlags;
    const own = found.find(({ part }) => part === instance.part);
    if (own === undefined || !isKnown(wished)) continue;
    if (!isKnown(own.poolFlags)) return own.poolFlags;
    all.push(...flagDifferences(instance.part, wished, own.poolFlags));
  }
  return all;
}

function flag({ part, poolFlags }: InstanceFacts, name: string): Fact<string> {
  if (!isKnown(poolFlags)) return poolFlags;
  return poolFlags[name] ?? new Missing("unknown", `the cloud's answer has no ${name} of ${part}`);
}

function number(fact: Fact<string>): Fact<number> {
  return isKnown(fact) ? Number(fact) : fact;
}
