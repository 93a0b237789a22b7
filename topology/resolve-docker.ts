import { dataName, replicaPart, roleNames, slotName } from "./names.ts";
import { resolveParameters } from "./parameters.ts";
import type { CommonPart } from "./resolve.ts";
import { resolveSelfRunBackup, resolveSelfRunPooling } from "./resolve-self-run.ts";
import type { ResolvedDocker } from "./resolved-docker.ts";
import type { ResolvedReplica } from "./resolved-self-run.ts";
import type { TopologySpec } from "./spec.ts";

const FIRST_REPLICA_PORT = 5433;
const DATA_PORTS = { primary: 5442, pooler: 6442 };
const MIB_PER_GIB = 1024;

/** The defaults of a topology on Docker. */
export function resolveDocker(spec: TopologySpec, common: CommonPart): ResolvedDocker {
  const replicas = resolveReplicas(spec);
  const backup = resolveSelfRunBackup(spec, { type: "volume" });
  const memoryMiB = Math.round((spec.size?.memoryGiB ?? 1) * MIB_PER_GIB);
  return {
    ...common,
    target: "docker",
    address: spec.ports?.address ?? "127.0.0.1",
    size: { memoryMiB, cpus: spec.size?.cpus ?? 1 },
    primary: { key: "primary", part: "primary", port: spec.ports?.primary ?? 5432 },
    replicas,
    pooling: resolveSelfRunPooling(spec, common.database, spec.ports?.pooler ?? 6432),
    backup,
    tls: { minProtocolVersion: spec.tls?.minProtocolVersion ?? "TLSv1.3" },
    mode: spec.data && (spec.mode ?? "split"),
    data: resolveData(spec, common),
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

/** A topology of its own, with a primary alone: what is not said of it is as with the first. */
function resolveData(spec: TopologySpec, common: CommonPart): ResolvedDocker | undefined {
  const { data, replicas: _ofTheFirst, ...shared } = spec;
  if (data === undefined) return undefined;
  const database = data.database ?? "data";
  return resolveDocker(
    {
      ...shared,
      size: data.size ?? spec.size,
      parameters: data.parameters,
      ports: {
        address: spec.ports?.address,
        primary: data.ports?.primary ?? DATA_PORTS.primary,
        pooler: data.ports?.pooler ?? DATA_PORTS.pooler,
      },
    },
    {
      ...common,
      name: dataName(common.name),
      database,
      roles: roleNames(database),
      // It has no replicas.
      application: { ...common.application, useReadReplica: false },
      // What is expected stands in the first database.
      expected: { schemas: [], tables: [], columns: [], extensions: [] },
    },
  );
}

/** In the order of the names; a replica without a port of its own takes the next free one from 5433 on. */
function resolveReplicas(spec: TopologySpec): ResolvedReplica[] {
  const wished = Object.entries(spec.replicas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const taken = new Set([
    spec.ports?.primary ?? 5432,
    spec.ports?.pooler ?? 6432,
    spec.data?.ports?.primary ?? DATA_PORTS.primary,
    spec.data?.ports?.pooler ?? DATA_PORTS.pooler,
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
