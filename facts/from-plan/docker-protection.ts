import type { MountFacts } from "../../requirements/facts/containers.ts";
import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import type { ProtectionFacts } from "../../requirements/facts/protection.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { parameter } from "../server-parameters.ts";
import { CONTAINER_TYPE } from "./docker-container.ts";
import { isServer, mountAt, parametersOf, type PlannedPart, plannedPart } from "./docker-part.ts";
import { type PlannedResource, texts } from "./planned-resource.ts";
import { readOnce } from "./read-once.ts";

/** Where the images of PostgreSQL, this project's and the official one, keep the data unless told otherwise. */
const DEFAULT_DATA = "/var/lib/postgresql/data";

/** Seconds that a fast shutdown may take; Docker's own ten are too few for a checkpoint on a busy disk. */
const MIN_STOP_SECONDS = 30;

/** What survives mistakes and crashes. */
export function protectionFacts(parts: readonly PlannedPart[], all: readonly PlannedResource[]): ProtectionFacts {
  const servers = parts.filter(isServer);
  const data = servers.map(withMount);
  const known = data.filter((entry): entry is Entry => entry.mount !== UNKNOWN);
  const allKnown = known.length === data.length;
  const unnamed = known.filter(({ mount }) => mount?.kind !== "volume");
  return {
    ...NOTHING_KNOWN.protection,
    unnamedData:
      unnamed.length > 0 || allKnown
        ? unnamed.map(({ server }) => `${server.container.name}:${dataPath(server)}`)
        : UNKNOWN,
    sharedData: allKnown ? sharedVolumes(known, writersOf(all)) : UNKNOWN,
    hurriedShutdowns: hurriedShutdowns(servers),
  };
}

function withMount(server: PlannedPart): { server: PlannedPart; mount: Known<MountFacts | undefined> } {
  return { server, mount: dataMount(server) };
}

interface Entry {
  readonly server: PlannedPart;
  readonly mount: MountFacts | undefined;
}

function dataMount(server: PlannedPart): Known<MountFacts | undefined> {
  const { mounts } = server.container;
  return mounts === UNKNOWN ? UNKNOWN : mountAt(mounts, dataPath(server));
}

/** By postgresql.conf, else by the variable that the official image reads, else the usual folder. */
export function dataPath(server: PlannedPart): string {
  const parameters = parametersOf(server);
  const configured = parameters === UNKNOWN ? "" : parameter(parameters, "data_directory");
  if (configured !== "") return configured;
  const variables = texts(server.resource.props, "envs");
  const variable = variables === UNKNOWN ? undefined : variables.find((entry) => entry.startsWith("PGDATA="));
  return variable?.slice("PGDATA=".length) ?? DEFAULT_DATA;
}

/** Servers that write their data to a volume that another one has before them, as `name:volume`. */
function sharedVolumes(entries: readonly Entry[], writers: ReadonlyMap<string, readonly string[]>): string[] {
  return entries.flatMap(({ mount, server }) =>
    writtenVolume(mount).flatMap((volume) => {
      const [first = server.resource.urn] = writers.get(volume) ?? [];
      return first === server.resource.urn ? [] : [`${server.container.name}:${volume}`];
    }),
  );
}

/** URNs of the servers that write their data to a volume, by its name: read once of a stack, for each of its databases. */
const writersOf = readOnce((all: readonly PlannedResource[]): ReadonlyMap<string, readonly string[]> => {
  const writers = new Map<string, string[]>();
  for (const { mount, server } of all.filter(isContainer).map(plannedPart).filter(isServer).map(withMount)) {
    for (const volume of mount === UNKNOWN ? [] : writtenVolume(mount)) {
      writers.set(volume, [...(writers.get(volume) ?? []), server.resource.urn]);
    }
  }
  return writers;
});

function isContainer({ type }: PlannedResource): boolean {
  return type === CONTAINER_TYPE;
}

function writtenVolume(mount: MountFacts | undefined): string[] {
  return mount?.kind === "volume" && !mount.readOnly ? [mount.source] : [];
}

export function hurriedShutdowns(servers: readonly Pick<PlannedPart, "container">[]): Known<readonly string[]> {
  const hurried: string[] = [];
  let unknown = false;
  for (const { container } of servers) {
    const { name, stopSignal, stopTimeoutSeconds } = container;
    if (stopSignal === UNKNOWN || stopTimeoutSeconds === UNKNOWN) unknown = true;
    else if (!/^(SIG)?INT$/.test(stopSignal) || stopTimeoutSeconds < MIN_STOP_SECONDS) {
      hurried.push(`${name}: ${stopSignal}, ${stopTimeoutSeconds} s`);
    }
  }
  return unknown && hurried.length === 0 ? UNKNOWN : hurried;
}
