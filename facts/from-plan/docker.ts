import type { FactsByTopic } from "../../requirements/facts/facts-by-topic.ts";
import type { NetworkFacts, PublishedPort } from "../../requirements/facts/network.ts";
import { NOT_ON_DOCKER } from "../../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN, unknownReplica, unknownSettings } from "../../requirements/facts/nothing-known.ts";
import type { ReplicationFacts } from "../../requirements/facts/replication.ts";
import type { SettingsFacts } from "../../requirements/facts/settings.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import {
  belowPrimary,
  type Parameters,
  parameter,
  replicationLimits,
  settingsFromParameters,
} from "../server-parameters.ts";
import { backupFacts } from "./docker-backup.ts";
import { CONTAINER_TYPE, publishedPorts } from "./docker-container.ts";
import { passwordsTakenElsewhere } from "./docker-isolation.ts";
import { accessFacts, encryptionFacts } from "./docker-login.ts";
import { isServer, parametersOf, type PlannedPart, plannedPart, replicaKey } from "./docker-part.ts";
import { poolingFacts } from "./docker-pooling.ts";
import { protectionFacts } from "./docker-protection.ts";
import type { PlannedResource } from "./planned-resource.ts";

/** What else a plan's judge knows. */
export interface PlanContext {
  /** Addresses beside loopback that the stack asks for in so many words. */
  readonly wishedAddresses: readonly string[];
  /** Of the stack's other databases, which are judged by themselves. */
  readonly others?: readonly PlannedResource[];
}

/**
 * What planned Docker containers will be, made by this project's components or by anybody's. Which part of a topology a
 * container is, its label says; where none has one, what only a whole topology has (its replicas, its pooler, its
 * scheduler) is unknown.
 */
export function factsFromDockerPlan(resources: readonly PlannedResource[], context: PlanContext): FactsByTopic {
  const parts = partsOf(resources);
  const labelled = parts.some(({ container }) => container.part !== UNKNOWN);
  const servers = parts.filter(isServer);
  return {
    ...NOT_ON_DOCKER,
    schema: NOTHING_KNOWN.schema,
    access: { ...accessFacts(servers), takenElsewhere: passwordsTakenElsewhere(parts, partsOf(context.others ?? [])) },
    backup: backupFacts(parts, labelled),
    containers: { ...NOTHING_KNOWN.containers, containers: parts.map(({ container }) => container) },
    encryption: encryptionFacts(parts, labelled),
    network: network(parts, context),
    pooling: poolingFacts(parts, labelled),
    protection: protectionFacts(parts),
    replication: labelled ? replication(servers) : NOTHING_KNOWN.replication,
    settings: settings(servers),
  };
}

function partsOf(resources: readonly PlannedResource[]): PlannedPart[] {
  return resources.filter(({ type }) => type === CONTAINER_TYPE).map(plannedPart);
}

function network(parts: readonly PlannedPart[], context: PlanContext): NetworkFacts {
  const ports = parts.flatMap(({ container, resource }): readonly PublishedPort[] => {
    const list = publishedPorts(container.name, resource);
    return list === UNKNOWN ? [{ container: container.name, address: UNKNOWN, published: UNKNOWN }] : list;
  });
  return { ports, wishedAddresses: context.wishedAddresses };
}

function replication(servers: readonly PlannedPart[]): ReplicationFacts {
  const primary = servers.find(({ kind }) => kind === "primary");
  const replicas = servers.filter(({ kind }) => kind === "replica");
  const limits = primary === undefined ? UNKNOWN : parametersOf(primary);
  return {
    ...NOTHING_KNOWN.replication,
    replicas: replicas.map((replica) => {
      const parameters = parametersOf(replica);
      const slot = parameters === UNKNOWN ? UNKNOWN : parameter(parameters, "primary_slot_name");
      return { ...unknownReplica(replicaKey(replica)), slot };
    }),
    ...(limits !== UNKNOWN && replicationLimits(limits)),
    standbyBelowPrimary: standbys(limits, replicas),
  };
}

function standbys(primary: Known<Parameters>, replicas: readonly PlannedPart[]): Known<readonly string[]> {
  const byPart: Record<string, Parameters> = {};
  for (const replica of replicas) {
    const parameters = parametersOf(replica);
    if (parameters === UNKNOWN) return UNKNOWN;
    byPart[replica.part] = parameters;
  }
  return primary === UNKNOWN ? UNKNOWN : belowPrimary(primary, byPart);
}

function settings(servers: readonly PlannedPart[]): SettingsFacts {
  return {
    nodes: servers.map((server) => {
      const parameters = parametersOf(server);
      const { memoryMiB } = server.container;
      if (parameters === UNKNOWN) return { ...unknownSettings(server.part), memoryMiB };
      return settingsFromParameters(server.part, parameters, memoryMiB);
    }),
  };
}
