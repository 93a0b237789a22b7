import { readerPoolName, replicaPart, roleNames, slotName, topologyName } from "./names.ts";
import { resolveParameters } from "./parameters.ts";
import type {
  ResolvedApplication,
  ResolvedBackup,
  ResolvedPooling,
  ResolvedReplica,
  ResolvedTopology,
} from "./resolved.ts";
import type { TopologySpec } from "./spec.ts";

const FIRST_REPLICA_PORT = 5433;

/** Fills every default, once. Total: what does not fit together is validate.ts's to say. */
export function resolveTopology(spec: TopologySpec, stack: string): ResolvedTopology {
  const database = spec.database ?? "app";
  const replicas = resolveReplicas(spec);
  const backup = resolveBackup(spec);
  const memoryMiB = spec.size?.memoryMiB ?? 1024;
  return {
    name: topologyName(stack),
    stack,
    target: spec.target,
    environment: spec.environment ?? "local",
    version: spec.version ?? 17,
    database,
    roles: roleNames(database),
    address: spec.ports?.address ?? "127.0.0.1",
    size: { memoryMiB, cpus: spec.size?.cpus ?? 1 },
    primary: { key: "primary", part: "primary", port: spec.ports?.primary ?? 5432 },
    replicas,
    pooling: resolvePooling(spec, database),
    backup,
    tls: { minProtocolVersion: spec.tls?.minProtocolVersion ?? "TLSv1.3" },
    parameters: resolveParameters(
      {
        memoryMiB,
        maxSlotWalKeepMiB: spec.storage?.maxSlotWalKeepMiB ?? 4096,
        archiveTimeoutSeconds: backup?.archiveTimeoutSeconds,
        replicaCount: replicas.length,
      },
      spec.parameters ?? {},
    ),
    keepData: spec.protection?.keepData ?? true,
    application: resolveApplication(spec, replicas.length > 0),
  };
}

/** In the order of the names; a replica without a port of its own takes the next free one from 5433 on. */
function resolveReplicas(spec: TopologySpec): ResolvedReplica[] {
  const wished = Object.entries(spec.replicas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const taken = new Set([
    spec.ports?.primary ?? 5432,
    spec.ports?.pooler ?? 6432,
    ...wished.map(([, replica]) => replica.port),
  ]);
  let next = FIRST_REPLICA_PORT;
  return wished.map(([key, replica]) => {
    let port = replica.port;
    if (port === undefined) {
      while (taken.has(next)) next += 1;
      port = next;
      taken.add(port);
    }
    return { key, part: replicaPart(key), port, slot: slotName(key) };
  });
}

function resolvePooling(spec: TopologySpec, database: string): ResolvedPooling | undefined {
  if (spec.pooling?.enabled === false) return undefined;
  return {
    port: spec.ports?.pooler ?? 6432,
    mode: spec.pooling?.mode ?? "transaction",
    writerPool: database,
    writerPoolSize: spec.pooling?.writerPoolSize ?? 20,
    readerPool: readerPoolName(database),
    readerPoolSize: spec.pooling?.readerPoolSize ?? 15,
    maxClients: spec.pooling?.maxClients ?? 500,
    maxPreparedStatements: spec.pooling?.maxPreparedStatements ?? 200,
  };
}

function resolveBackup(spec: TopologySpec): ResolvedBackup | undefined {
  if (spec.backup?.enabled === false) return undefined;
  return {
    schedule: spec.backup?.schedule ?? "02:00",
    retentionDays: spec.backup?.retentionDays ?? 30,
    archiveTimeoutSeconds: spec.backup?.archiveTimeoutSeconds ?? 60,
    repository: spec.backup?.repository ?? { type: "volume" },
  };
}

function resolveApplication({ application }: TopologySpec, hasReplica: boolean): ResolvedApplication {
  return {
    poolSize: application?.poolSize ?? 20,
    maxOverflow: application?.maxOverflow ?? 30,
    poolTimeoutSeconds: application?.poolTimeoutSeconds ?? 60,
    poolRecycleSeconds: application?.poolRecycleSeconds ?? 3600,
    replicaPoolSize: application?.replicaPoolSize ?? 15,
    replicaMaxOverflow: application?.replicaMaxOverflow ?? 20,
    replicaPoolTimeoutSeconds: application?.replicaPoolTimeoutSeconds ?? 30,
    useReadReplica: application?.useReadReplica ?? hasReplica,
    replicaFallback: application?.replicaFallback ?? true,
  };
}
