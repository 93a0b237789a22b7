import { readerPoolName, replicaPart, slotName } from "./names.ts";
import { resolveParameters } from "./parameters.ts";
import type { CommonPart } from "./resolve.ts";
import type { ResolvedBackup, ResolvedDocker, ResolvedPooling, ResolvedReplica } from "./resolved-docker.ts";
import type { TopologySpec } from "./spec.ts";

const FIRST_REPLICA_PORT = 5433;
const MIB_PER_GIB = 1024;

/** The defaults of a topology on Docker. */
export function resolveDocker(spec: TopologySpec, common: CommonPart): ResolvedDocker {
  const replicas = resolveReplicas(spec);
  const backup = resolveBackup(spec);
  const memoryMiB = Math.round((spec.size?.memoryGiB ?? 1) * MIB_PER_GIB);
  return {
    ...common,
    target: "docker",
    address: spec.ports?.address ?? "127.0.0.1",
    size: { memoryMiB, cpus: spec.size?.cpus ?? 1 },
    primary: { key: "primary", part: "primary", port: spec.ports?.primary ?? 5432 },
    replicas,
    pooling: resolvePooling(spec, common.database),
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

function resolveBackup({ backup }: TopologySpec): ResolvedBackup | undefined {
  if (backup?.enabled === false) return undefined;
  return {
    schedule: backup?.schedule ?? "02:00",
    retentionDays: backup?.retentionDays ?? 30,
    archiveTimeoutSeconds: backup?.archiveTimeoutSeconds ?? 60,
    repository: backup?.repository ?? { type: "volume" },
  };
}
