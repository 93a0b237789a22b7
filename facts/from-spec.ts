import type { AccessFacts } from "../requirements/facts/access.ts";
import type { BackupFacts } from "../requirements/facts/backup.ts";
import type { EncryptionFacts } from "../requirements/facts/encryption.ts";
import type { FactsByTopic } from "../requirements/facts/facts-by-topic.ts";
import type { NetworkFacts } from "../requirements/facts/network.ts";
import { NO_VPC, NOT_ON_DOCKER } from "../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN, unknownEndpoint, unknownReplica } from "../requirements/facts/nothing-known.ts";
import type { PoolingFacts } from "../requirements/facts/pooling.ts";
import type { ReplicationFacts } from "../requirements/facts/replication.ts";
import type { ResolvedDocker } from "../topology/resolved-docker.ts";
import { nodesOf, type ResolvedSelfRun } from "../topology/resolved-self-run.ts";
import {
  belowPrimary,
  freeConnections,
  parameter,
  replicationLimits,
  settingsFromParameters,
} from "./server-parameters.ts";
import { settingSeconds } from "./setting-units.ts";

/**
 * What the wish itself promises. Where a wish has no word for it (plain text is never accepted, say), the fact is the
 * promise of topology/spec.ts; that the planned resources keep it is shown by facts/from-plan/ and the triangle test.
 */
export function factsFromSpec(topology: ResolvedDocker): FactsByTopic {
  const own = factsOfSelfRun(topology);
  return {
    ...NOT_ON_DOCKER,
    ...own,
    schema: NOTHING_KNOWN.schema,
    containers: NOTHING_KNOWN.containers,
    network: network(topology),
    protection: { ...own.protection, dataKept: topology.keepData },
  };
}

/** What is promised of every PostgreSQL that the stack runs itself, in containers or on a host. */
export function factsOfSelfRun(
  topology: ResolvedSelfRun,
): Pick<FactsByTopic, "access" | "backup" | "encryption" | "pooling" | "protection" | "replication" | "settings"> {
  return {
    access: access(topology),
    backup: backup(topology),
    encryption: encryption(topology),
    pooling: pooling(topology),
    protection: { ...NOTHING_KNOWN.protection, unnamedData: [], sharedData: [] },
    replication: replication(topology),
    settings: {
      nodes: nodesOf(topology).map(({ part }) =>
        settingsFromParameters(part, topology.parameters, topology.size.memoryMiB),
      ),
    },
  };
}

function access({ parameters, roles }: ResolvedSelfRun): AccessFacts {
  return {
    ...NOTHING_KNOWN.access,
    networkMethods: ["scram-sha-256"],
    localMethods: ["peer"],
    replicationRoleDatabases: ["replication"],
    passwordEncryption: parameter(parameters, "password_encryption"),
    administrator: roles.administrator,
  };
}

function backup({ backup: wish, parameters }: ResolvedSelfRun): BackupFacts {
  if (wish === undefined) return { ...NOTHING_KNOWN.backup, enabled: false };
  return {
    ...NOTHING_KNOWN.backup,
    enabled: true,
    retentionDays: wish.retentionDays,
    archiveTimeoutSeconds: settingSeconds(parameter(parameters, "archive_timeout"), "s"),
    asynchronous: true,
    encrypted: true,
    scheduled: true,
    ownVolume: true,
  };
}

function encryption(topology: ResolvedSelfRun): EncryptionFacts {
  const { pooling: pooler, replicas, tls } = topology;
  const parts = [...nodesOf(topology).map(({ part }) => part), ...(pooler ? ["pooler"] : [])];
  return {
    ...NOTHING_KNOWN.encryption,
    endpoints: parts.map((part) => ({
      ...unknownEndpoint(part),
      plaintextRefused: true,
      minProtocolVersion: tls.minProtocolVersion,
    })),
    poolerServerMode: pooler ? "verify-full" : undefined,
    replicaModes: Object.fromEntries(replicas.map(({ part }) => [part, "verify-full"])),
  };
}

function network(topology: ResolvedDocker): NetworkFacts {
  const { address, name, pooling: pooler } = topology;
  const published = [...nodesOf(topology), ...(pooler ? [{ part: "pooler", port: pooler.port }] : [])];
  return {
    ...NO_VPC,
    ports: published.map(({ part, port }) => ({ container: `${name}-${part}`, address, published: port })),
    wishedAddresses: [address],
  };
}

function pooling({ parameters, pooling: wish }: ResolvedSelfRun): PoolingFacts {
  if (wish === undefined) return { ...NOTHING_KNOWN.pooling, enabled: false };
  return {
    ...NOTHING_KNOWN.pooling,
    enabled: true,
    mode: wish.mode,
    writerPoolSize: wish.writerPoolSize,
    readerPoolSize: wish.readerPoolSize,
    maxClients: wish.maxClients,
    maxPreparedStatements: wish.maxPreparedStatements,
    looksUpUsers: true,
    serverConnections: freeConnections(parameters),
  };
}

function replication({ parameters, replicas }: ResolvedSelfRun): ReplicationFacts {
  return {
    ...NOTHING_KNOWN.replication,
    replicasTakeOver: true,
    replicas: replicas.map(({ key, slot }) => ({ ...unknownReplica(key), slot })),
    ...replicationLimits(parameters),
    standbyBelowPrimary: belowPrimary(parameters, Object.fromEntries(replicas.map(({ part }) => [part, parameters]))),
  };
}
