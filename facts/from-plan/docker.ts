import type { ContainersFacts } from "../../requirements/facts/containers.ts";
import type { FactsByTopic } from "../../requirements/facts/facts-by-topic.ts";
import type { NetworkFacts, PublishedPort } from "../../requirements/facts/network.ts";
import { NO_VPC, NOT_ON_DOCKER } from "../../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN, unknownReplica } from "../../requirements/facts/nothing-known.ts";
import type { ReplicationFacts } from "../../requirements/facts/replication.ts";
import type { SettingsFacts } from "../../requirements/facts/settings.ts";
import { type Known, Missing, UNKNOWN } from "../../requirements/known.ts";
import {
  belowPrimary,
  type Parameters,
  parameter,
  replicationLimits,
  settingsFromParameters,
  settingsFromSome,
} from "../server-parameters.ts";
import { backupFacts } from "./docker-backup.ts";
import { commandParameters } from "./docker-command.ts";
import { CONTAINER_TYPE, publishedPorts } from "./docker-container.ts";
import { passwordsTakenElsewhere } from "./docker-isolation.ts";
import { accessFacts, encryptionFacts } from "./docker-login.ts";
import { isServer, parametersOf, type PlannedPart, plannedPart, replicaKey } from "./docker-part.ts";
import { poolingFacts } from "./docker-pooling.ts";
import { managedMajors } from "./managed-majors.ts";
import { protectionFacts } from "./docker-protection.ts";
import type { PlannedResource } from "./planned-resource.ts";
import type { TopicsAlone } from "./topics-alone.ts";

const NO_SERVER = new Missing("not-applicable", "none of the containers is a PostgreSQL server");

/** What else a plan's judge knows. */
export interface PlanContext {
  /** Addresses beside loopback that the stack asks for in so many words. */
  readonly wishedAddresses: readonly string[];
  /** Regions that anything may be in; all, where nobody said which. */
  readonly allowedRegions?: readonly string[];
  /** Of the whole stack: the same list for each of its databases. */
  readonly all?: readonly PlannedResource[];
  /** Of the stack's other databases, which are judged by themselves. */
  readonly others?: readonly PlannedResource[];
  /** Of today; where nobody says, what depends on the day is not known. */
  readonly now?: Date;
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
  const others = labelled ? partsOf(context.others ?? []) : [];
  const all = context.all ?? resources;
  return {
    ...NOT_ON_DOCKER,
    schema: NOTHING_KNOWN.schema,
    containers: { ...containersOf(parts), managedMajors: managedMajors(all) },
    network: network(parts, context),
    access: { ...accessFacts(servers), takenElsewhere: passwordsTakenElsewhere(parts, others) },
    backup: backupFacts(parts, labelled),
    encryption: encryptionFacts(parts, labelled),
    pooling: poolingFacts(parts, labelled),
    protection: protectionFacts(parts, all),
    replication: labelled ? replication(servers) : NOTHING_KNOWN.replication,
    settings: settings(servers),
    ...(parts.every(({ container }) => container.server === false) && withoutServer(parts)),
  };
}

/** What one planned container will be, without what takes its files to be read. */
export const CONTAINER_ALONE: TopicsAlone = { containers: ({ resources }) => containersOf(partsOf(resources)) };

function containersOf(parts: readonly PlannedPart[]): ContainersFacts {
  return { ...NOTHING_KNOWN.containers, containers: parts.map(({ container }) => container) };
}

/** Of containers none of which is a server: what only servers have is no question. */
function withoutServer(parts: readonly PlannedPart[]): Partial<FactsByTopic> {
  const pooled = parts.some(({ kind }) => kind === "pooler");
  return {
    access: absent("access"),
    backup: absent("backup"),
    protection: absent("protection"),
    replication: absent("replication"),
    settings: absent("settings"),
    ...(!pooled && { encryption: absent("encryption"), pooling: absent("pooling") }),
  };
}

function absent<T extends keyof FactsByTopic>(topic: T): FactsByTopic[T] {
  const names = Object.keys(NOTHING_KNOWN[topic]);
  return Object.fromEntries(names.map((name) => [name, NO_SERVER])) as unknown as FactsByTopic[T];
}

function partsOf(resources: readonly PlannedResource[]): PlannedPart[] {
  return resources.filter(({ type }) => type === CONTAINER_TYPE).map(plannedPart);
}

function network(parts: readonly PlannedPart[], context: PlanContext): NetworkFacts {
  const ports = parts.flatMap(({ container, resource }): readonly PublishedPort[] => {
    const list = publishedPorts(container.name, resource);
    return list === UNKNOWN ? [{ container: container.name, address: UNKNOWN, published: UNKNOWN }] : list;
  });
  return { ...NO_VPC, ports, wishedAddresses: context.wishedAddresses };
}

function replication(servers: readonly PlannedPart[]): ReplicationFacts {
  const primary = servers.find(({ kind }) => kind === "primary");
  const replicas = servers.filter(({ kind }) => kind === "replica");
  const limits = primary === undefined ? UNKNOWN : parametersOf(primary);
  return {
    ...NOTHING_KNOWN.replication,
    replicasTakeOver: true,
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
      if (parameters === UNKNOWN) {
        const given = commandParameters(server.resource);
        return settingsFromSome(server.part, given === UNKNOWN ? {} : given, memoryMiB);
      }
      return settingsFromParameters(server.part, parameters, memoryMiB);
    }),
  };
}
