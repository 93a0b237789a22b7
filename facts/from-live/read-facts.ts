import type { FactsByTopic } from "../../requirements/facts/facts-by-topic.ts";
import { NO_VPC, NOT_ON_DOCKER } from "../../requirements/facts/not-on-target.ts";
import type { PublishedPort } from "../../requirements/facts/network.ts";
import type { Known } from "../../requirements/known.ts";
import { conditionsOf, type InspectedContainers, inspectContainers, silenceOf } from "./containers.ts";
import { explainConditions } from "./explain-conditions.ts";
import { inspectedPorts } from "./inspected-container.ts";
import type { DockerAccess } from "./live-access.ts";
import { dataVolumes, repositoryVolume, volumeFacts } from "./protection.ts";
import { factsFromServers } from "./read-server-facts.ts";

/**
 * Everything that can be seen of a topology in containers. What can't be seen is unknown with its reason; a part that does
 * not run is named by `containers/healthy` alone.
 * @throws as {@link factsFromServers}
 */
export async function factsFromLive(access: DockerAccess): Promise<FactsByTopic> {
  const { topology } = access;
  const inspected = await inspectContainers(access);
  const own = await factsFromServers(access, {
    conditions: conditionsOf(inspected),
    dataVolumes: dataVolumes(topology, inspected),
    repositoryVolume: repositoryVolume(inspected, "scheduler"),
    volumes: volumeFacts(topology, inspected),
    memoryOf: (part) => memoryOf(inspected, part),
  });
  return {
    ...NOT_ON_DOCKER,
    ...own,
    containers: explainConditions(inspected.facts, own.replication),
    network: {
      ...NO_VPC,
      ports: silenceOf(inspected) ?? publishedPorts(inspected),
      wishedAddresses: [topology.address],
    },
  };
}

function memoryOf({ parts }: InspectedContainers, part: string): Known<number> {
  return parts.find((candidate) => candidate.part === part)?.facts.memoryMiB ?? 0;
}

function publishedPorts({ parts }: InspectedContainers): readonly PublishedPort[] {
  return parts.flatMap(({ facts, info }) => (info === undefined ? [] : inspectedPorts(facts.name, info)));
}
