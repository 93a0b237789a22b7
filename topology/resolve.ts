import { roleNames, topologyName } from "./names.ts";
import { resolveDigitalOcean } from "./resolve-digitalocean.ts";
import { resolveDocker } from "./resolve-docker.ts";
import { resolveGcp } from "./resolve-gcp.ts";
import type { ResolvedApplication, ResolvedCommon, ResolvedTopology } from "./resolved.ts";
import type { ResolvedDigitalOcean } from "./resolved-digitalocean.ts";
import type { ResolvedDocker } from "./resolved-docker.ts";
import type { ResolvedGcp } from "./resolved-gcp.ts";
import type { SpecOf, TopologySpec } from "./spec.ts";

/** What {@link resolveTopology} fills for every target alike. */
export type CommonPart = Omit<ResolvedCommon, "parameters">;

/** Fills every default, once. Total: what does not fit together is validate.ts's to say. */
export function resolveTopology(spec: SpecOf<"docker">, stack: string): ResolvedDocker;
export function resolveTopology(spec: SpecOf<"gcp">, stack: string): ResolvedGcp;
export function resolveTopology(spec: SpecOf<"digitalocean">, stack: string): ResolvedDigitalOcean;
export function resolveTopology(spec: TopologySpec, stack: string): ResolvedTopology;
export function resolveTopology(spec: TopologySpec, stack: string): ResolvedTopology {
  const common = resolveCommon(spec, stack);
  switch (spec.target) {
    case "docker":
      return resolveDocker(spec, common);
    case "gcp":
      return resolveGcp(spec, common);
    case "digitalocean":
      return resolveDigitalOcean(spec, common);
  }
}

function resolveCommon(spec: TopologySpec, stack: string): CommonPart {
  const database = spec.database ?? "app";
  return {
    name: topologyName(stack),
    stack,
    environment: spec.environment ?? (spec.target === "docker" ? "local" : "staging"),
    version: spec.version ?? 17,
    database,
    roles: roleNames(database),
    keepData: spec.protection?.keepData ?? true,
    expected: {
      schemas: spec.expected?.schemas ?? [],
      tables: spec.expected?.tables ?? [],
      columns: spec.expected?.columns ?? [],
      extensions: spec.expected?.extensions ?? [],
    },
    objectives: {
      rtoSeconds: spec.objectives?.rtoSeconds,
      rpoSeconds: spec.objectives?.rpoSeconds,
      restoreMiBPerSecond: spec.objectives?.restoreMiBPerSecond ?? 50,
    },
    budget: { monthlyUsd: spec.budget?.monthlyUsd },
    application: resolveApplication(spec),
  };
}

function resolveApplication({ application, replicas }: TopologySpec): ResolvedApplication {
  // One that waits for a disaster serves no reads.
  const hasReader = Object.values(replicas ?? {}).some(({ purpose }) => purpose !== "disaster-recovery");
  return {
    poolSize: application?.poolSize ?? 20,
    maxOverflow: application?.maxOverflow ?? 30,
    poolTimeoutSeconds: application?.poolTimeoutSeconds ?? 60,
    poolRecycleSeconds: application?.poolRecycleSeconds ?? 3600,
    replicaPoolSize: application?.replicaPoolSize ?? 15,
    replicaMaxOverflow: application?.replicaMaxOverflow ?? 20,
    replicaPoolTimeoutSeconds: application?.replicaPoolTimeoutSeconds ?? 30,
    useReadReplica: application?.useReadReplica ?? hasReader,
    replicaFallback: application?.replicaFallback ?? true,
  };
}
