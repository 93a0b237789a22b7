import { factsFromSpec } from "../../../facts/from-spec.ts";
import type { ContainerFacts } from "../../../requirements/facts/containers.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { unknownContainer } from "../../../requirements/facts/nothing-known.ts";
import { resolveTopology } from "../../../topology/resolve.ts";

/** A production topology with two replicas, pooler and backups. */
const TOPOLOGY = resolveTopology({ target: "docker", environment: "prod", replicas: { east: {}, west: {} } }, "unit");

const container: ContainerFacts = {
  ...unknownContainer("unit-primary"),
  part: "primary",
  healthcheck: true,
  imagePinned: true,
  networks: ["unit"],
  hostNamespaces: [],
  privileged: false,
  devices: [],
  capabilitiesDropped: ["ALL"],
  capabilitiesAdded: [],
  securityOptions: ["no-new-privileges", "apparmor=docker-default"],
  memoryMiB: 1024,
  cpuLimited: true,
  sharedMemoryMiB: 256,
  server: true,
  major: 17,
  readOnlyRoot: true,
  resourceLimits: ["nofile"],
  cgroupParent: "",
  user: "postgres",
  restart: "unless-stopped",
  logLimited: true,
  mounts: [{ kind: "volume", source: "unit-primary-data", target: "/var/lib/postgresql/data", readOnly: false }],
  hostPaths: [],
  sharedMounts: [],
  secretVariables: [],
};

const fromSpec = factsFromSpec(TOPOLOGY);

/** Facts on which every requirement that can be judged before a deployment holds. */
export const GOOD_FACTS: FactsByTopic = {
  ...fromSpec,
  access: { ...fromSpec.access, takenElsewhere: [] },
  containers: { ...fromSpec.containers, containers: [container], managedMajors: [17] },
  protection: { ...fromSpec.protection, hurriedShutdowns: [] },
};

/** The good facts with one container that differs. */
export function withContainer(change: Partial<ContainerFacts>): FactsByTopic {
  return { ...GOOD_FACTS, containers: { ...GOOD_FACTS.containers, containers: [{ ...container, ...change }] } };
}

/** The good facts with something else in one topic. */
export function withTopic<T extends keyof FactsByTopic>(topic: T, change: Partial<FactsByTopic[T]>): FactsByTopic {
  return { ...GOOD_FACTS, [topic]: { ...GOOD_FACTS[topic], ...change } };
}
