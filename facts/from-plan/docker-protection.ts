import type { MountFacts } from "../../requirements/facts/containers.ts";
import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import type { ProtectionFacts } from "../../requirements/facts/protection.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { parameter } from "../server-parameters.ts";
import { isServer, mountAt, parametersOf, type PlannedPart } from "./docker-part.ts";
import { texts } from "./planned-resource.ts";

/** Where the images of PostgreSQL, this project's and the official one, keep the data unless told otherwise. */
const DEFAULT_DATA = "/var/lib/postgresql/data";

/** Seconds that a fast shutdown may take; Docker's own ten are too few for a checkpoint on a busy disk. */
const MIN_STOP_SECONDS = 30;

/** What survives mistakes and crashes. */
export function protectionFacts(parts: readonly PlannedPart[]): ProtectionFacts {
  const servers = parts.filter(isServer);
  const data = servers.map((server) => ({ server, mount: dataMount(server) }));
  const known = data.filter((entry): entry is Entry => entry.mount !== UNKNOWN);
  const allKnown = known.length === data.length;
  const unnamed = known.filter(({ mount }) => mount?.kind !== "volume");
  return {
    ...NOTHING_KNOWN.protection,
    unnamedData:
      unnamed.length > 0 || allKnown
        ? unnamed.map(({ server }) => `${server.container.name}:${dataPath(server)}`)
        : UNKNOWN,
    sharedData: allKnown ? sharedVolumes(known) : UNKNOWN,
    hurriedShutdowns: hurriedShutdowns(servers),
  };
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
function dataPath(server: PlannedPart): string {
  const parameters = parametersOf(server);
  const configured = parameters === UNKNOWN ? "" : parameter(parameters, "data_directory");
  if (configured !== "") return configured;
  const variables = texts(server.resource.props, "envs");
  const variable = variables === UNKNOWN ? undefined : variables.find((entry) => entry.startsWith("PGDATA="));
  return variable?.slice("PGDATA=".length) ?? DEFAULT_DATA;
}

/** Volumes that more than one server writes its data to. */
function sharedVolumes(entries: readonly Entry[]): string[] {
  const volumes = entries.flatMap(({ mount }) => (mount?.kind === "volume" && !mount.readOnly ? [mount.source] : []));
  return [...new Set(volumes.filter((volume, index) => volumes.indexOf(volume) !== index))];
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
