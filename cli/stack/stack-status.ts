import type Dockerode from "dockerode";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { containersOf } from "../../rendering/containers.ts";
import { databasesOf, type ResolvedDocker, type StackDatabase } from "../../topology/resolved-docker.ts";
import { type BackupEntry, listBackups } from "./backups.ts";
import { listContainers, type ListedContainer } from "./containers.ts";
import { type KeptVolume, keptVolumes } from "./kept-data.ts";

/** One part of the stack, as the container engine sees it. */
interface PartStatus {
  readonly part: string;
  /** `running`, `exited`, …; `missing` without a container. */
  readonly state: string;
  /** `healthy`, `unhealthy`, `starting`; `none` where nothing runs. */
  readonly health: string;
  /** Tag or id of the image; null without a container. */
  readonly image: string | null;
  /** Where it is published, as in `127.0.0.1:5432`. */
  readonly addresses: readonly string[];
  /** ISO 8601; null when it does not run. */
  readonly since: string | null;
}

/** How one of the stack's databases is doing. */
interface DatabaseStatus {
  readonly database: string;
  /** Whether every part of it runs and does its work. */
  readonly healthy: boolean;
  /** Null without a backup; `unknown` says why the repository could not be read. */
  readonly lastBackup: Pick<BackupEntry, "label" | "type" | "finishedAt"> | { readonly unknown: string } | null;
}

/** What `pgt status` says; also the shape of its JSON. */
export interface StackStatus {
  readonly stack: string;
  /** Whether every part of every database runs and does its work. */
  readonly healthy: boolean;
  readonly databases: readonly DatabaseStatus[];
  readonly parts: readonly PartStatus[];
  readonly volumes: readonly KeptVolume[];
  /** Of the first database. */
  readonly lastBackup: DatabaseStatus["lastBackup"];
}

/**
 * Reads how the stack is doing.
 * @throws {PgtError} exit code 3 when nothing of it is there
 */
export async function readStatus(docker: Dockerode, stack: ResolvedDocker, signal: AbortSignal): Promise<StackStatus> {
  const databases = databasesOf(stack);
  const [found, volumes] = await Promise.all([
    Promise.all(databases.map(({ topology }) => listContainers(docker, topology.name))),
    keptVolumes(
      docker,
      databases.map(({ topology }) => topology.name),
    ),
  ]);
  if (found.every(({ length }) => length === 0)) throw isDown(stack, volumes);
  const read = await Promise.all(
    databases.map((database, index) => readDatabase(docker, database, found[index] ?? [], signal)),
  );
  return {
    stack: stack.stack,
    healthy: read.every(({ status }) => status.healthy),
    databases: read.map(({ status }) => status),
    parts: read.flatMap(({ parts }) => parts),
    volumes,
    lastBackup: read[0]?.status.lastBackup ?? null,
  };
}

async function readDatabase(
  docker: Dockerode,
  { prefix, topology }: StackDatabase,
  containers: readonly ListedContainer[],
  signal: AbortSignal,
): Promise<{ status: DatabaseStatus; parts: readonly PartStatus[] }> {
  const parts = await Promise.all(
    containersOf(topology).map(({ part }) =>
      partStatus(
        docker,
        prefix + part,
        containers.find((container) => container.part === part),
      ),
    ),
  );
  const healthy = parts.every(({ state, health }) => state === "running" && health === "healthy");
  const status = { database: topology.database, healthy, lastBackup: await lastBackup(docker, topology, signal) };
  return { status, parts };
}

async function partStatus(
  docker: Dockerode,
  part: string,
  container: ListedContainer | undefined,
): Promise<PartStatus> {
  if (container === undefined) {
    return { part, state: "missing", health: "none", image: null, addresses: [], since: null };
  }
  const { Config, State } = await docker.getContainer(container.id).inspect();
  return {
    part,
    state: container.state,
    health: State.Running ? container.health : "none",
    image: Config.Image,
    addresses: container.ports.map(({ address, published }) => `${address}:${published}`),
    since: State.Running ? State.StartedAt : null,
  };
}

/** Backups are read in a container that may not run: that is a line of the status, not the end of it. */
async function lastBackup(
  docker: Dockerode,
  topology: ResolvedDocker,
  signal: AbortSignal,
): Promise<DatabaseStatus["lastBackup"]> {
  if (topology.backup === undefined) return null;
  try {
    const last = (await listBackups(docker, topology, signal)).backups.at(-1);
    return last === undefined ? null : { label: last.label, type: last.type, finishedAt: last.finishedAt };
  } catch (error) {
    signal.throwIfAborted();
    return { unknown: messageOf(error).split("\n")[0] ?? "" };
  }
}

function isDown(topology: ResolvedDocker, volumes: readonly KeptVolume[]): PgtError {
  const kept = volumes.length === 0 ? "" : `; its volumes are kept: ${volumes.map(({ name }) => name).join(", ")}`;
  return new PgtError(`stack ${topology.stack} is down: it has no containers${kept}`, {
    exitCode: EXIT.couldNotCheck,
    fix: [`./pgt up --stack ${topology.stack} makes it.`],
  });
}
