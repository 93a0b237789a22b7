import type Dockerode from "dockerode";
import type { ContainerInspectInfo } from "dockerode";
import { messageOf } from "../../kernel/errors.ts";
import type { ContainerFacts, ContainersFacts } from "../../requirements/facts/containers.ts";
import { NOTHING_KNOWN, unknownContainer } from "../../requirements/facts/nothing-known.ts";
import { type Fact, Missing } from "../../requirements/known.ts";
import { LABELS } from "../../topology/names.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import { nodesOf } from "../../topology/resolved-self-run.ts";
import type { TopologySecrets } from "../../topology/secrets.ts";
import { inspectedContainer } from "./inspected-container.ts";
import type { DockerAccess } from "./live-access.ts";
import type { Conditions } from "./observe.ts";

/** Docker answers in milliseconds; one that hangs must not hold everything up. */
const DOCKER_TIMEOUT_MS = 10_000;

/** What Docker says of one planned part. */
export interface InspectedPart {
  readonly part: string;
  readonly facts: ContainerFacts;
  /** Undefined when there is no such container, or Docker does not answer. */
  readonly info: ContainerInspectInfo | undefined;
}

/** The containers of a topology, as Docker sees them. */
export interface InspectedContainers {
  readonly parts: readonly InspectedPart[];
  readonly facts: ContainersFacts;
}

/** The parts that a topology has a container of. */
function partsOf(topology: ResolvedDocker): readonly string[] {
  return [
    ...nodesOf(topology).map(({ part }) => part),
    ...(topology.pooling === undefined ? [] : ["pooler"]),
    ...(topology.backup === undefined ? [] : ["scheduler"]),
  ];
}

/** Asks Docker for every planned part, and for what else carries the stack's label. */
export async function inspectContainers({
  docker,
  secrets,
  signal,
  topology,
}: DockerAccess): Promise<InspectedContainers> {
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(DOCKER_TIMEOUT_MS)]);
  const inspected = partsOf(topology).map((part) => inspectPart(docker, `${topology.name}-${part}`, part, abortSignal));
  const [unplanned, ...parts] = await Promise.all([unplannedContainers(docker, topology, abortSignal), ...inspected]);
  signal.throwIfAborted();
  return {
    parts,
    facts: {
      ...NOTHING_KNOWN.containers,
      containers: parts.map(({ facts }) => facts),
      unplanned,
      shownSecrets: shownSecrets(parts, secrets),
    },
  };
}

/** Name of each part's condition; parts that Docker said nothing of are left out. */
export function conditionsOf({ parts }: InspectedContainers): Conditions {
  const known = parts.flatMap(({ part, facts }): [string, string][] =>
    typeof facts.condition === "string" ? [[part, facts.condition]] : [],
  );
  return new Map(known);
}

async function inspectPart(
  docker: Dockerode,
  name: string,
  part: string,
  abortSignal: AbortSignal,
): Promise<InspectedPart> {
  try {
    const info = await docker.getContainer(name).inspect({ abortSignal });
    return { part, info, facts: inspectedContainer(name, part, info) };
  } catch (error) {
    if ((error as { statusCode?: unknown }).statusCode === 404) {
      return { part, info: undefined, facts: absentContainer(name, part) };
    }
    const condition = new Missing("unknown", `Docker does not say: ${messageOf(error)}`);
    return { part, info: undefined, facts: { ...unknownContainer(name), part, condition } };
  }
}

/** That it is not there is told by `containers/healthy`; how it would run is not a question then. */
function absentContainer(name: string, part: string): ContainerFacts {
  const moot = new Missing("not-applicable", `${part} does not exist`);
  const fields = Object.keys(unknownContainer(name)).map((field) => [field, moot]);
  return { ...(Object.fromEntries(fields) as unknown as ContainerFacts), name, part, condition: "absent" };
}

/** Why Docker said nothing of a part; undefined when it spoke of all. */
export function silenceOf({ parts }: Pick<InspectedContainers, "parts">): Missing | undefined {
  const conditions = parts.map(({ facts }) => facts.condition);
  return conditions.find((condition) => condition instanceof Missing);
}

async function unplannedContainers(
  docker: Dockerode,
  topology: ResolvedDocker,
  abortSignal: AbortSignal,
): Promise<Fact<readonly string[]>> {
  const planned = new Set(partsOf(topology).map((part) => `/${topology.name}-${part}`));
  try {
    const found = await docker.listContainers({
      all: true,
      filters: { label: [`${LABELS.stack}=${topology.name}`] },
      abortSignal,
    });
    return found.flatMap(({ Id, Names }) =>
      Names.some((name) => planned.has(name)) ? [] : [Names[0]?.slice(1) ?? Id.slice(0, 12)],
    );
  } catch (error) {
    return new Missing("unknown", `Docker does not say: ${messageOf(error)}`);
  }
}

/** What `docker inspect` gives away, as `primary: password of owner`. */
function shownSecrets(parts: readonly InspectedPart[], secrets: TopologySecrets): Fact<readonly string[]> {
  const silence = silenceOf({ parts });
  if (silence !== undefined) return silence;
  const named = [
    ...Object.entries(secrets.passwords).map(([role, value]) => [`password of ${role}`, value] as const),
    ["passphrase of the repository", secrets.repositoryPassphrase] as const,
    ...Object.entries(secrets.certificates).map(([part, { key }]) => [`private key of ${part}`, key] as const),
  ].filter(([, value]) => value !== "");
  return parts.flatMap(({ part, info }) => {
    const shown = JSON.stringify(info ?? {});
    return named.flatMap(([name, value]) =>
      shown.includes(JSON.stringify(value).slice(1, -1)) ? [`${part}: ${name}`] : [],
    );
  });
}
