import type Dockerode from "dockerode";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { containersOf } from "../../rendering/containers.ts";
import { databasesOf, type ResolvedDocker, type StackDatabase } from "../../topology/resolved-docker.ts";
import { PATHS } from "../../rendering/paths.ts";
import { nodesOf } from "../../topology/resolved-self-run.ts";
import { listBackups } from "./backups.ts";
import { execInContainer } from "./container-exec.ts";
import { listContainers, type ListedContainer } from "./containers.ts";
import { type KeptVolume, keptVolumes } from "./kept-data.ts";
import { archiveOf, type Look, LOOK, type Looked, serversOf } from "./server-look.ts";
import { type DatabaseStatus, isHealthy, type PartStatus, type PoolStatus, type StackStatus } from "./status-shape.ts";

const LOOK_TIMEOUT_MS = 15_000;

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
    target: "docker",
    unseen: [],
    healthy: read.every(({ status }) => status.healthy),
    databases: read.map(({ status }) => status),
    parts: read.flatMap(({ parts }) => parts),
    volumes,
    lastBackup: read[0]?.status.lastBackup ?? null,
  };
}

async function readDatabase(
  docker: Dockerode,
  database: StackDatabase,
  containers: readonly ListedContainer[],
  signal: AbortSignal,
): Promise<{ status: DatabaseStatus; parts: readonly PartStatus[] }> {
  const { prefix, topology } = database;
  const find = (part: string) => containers.find((container) => container.part === part);
  const [parts, looked, last] = await Promise.all([
    Promise.all(containersOf(topology).map(({ part }) => partStatus(docker, prefix + part, find(part)))),
    Promise.all(nodesOf(topology).map(({ part }) => lookInto(docker, database, part, signal))),
    lastBackup(docker, database, signal),
  ]);
  const [primary] = looked;
  return {
    parts,
    status: {
      database: topology.database,
      healthy: parts.every(isHealthy) && looked.every(({ look }) => typeof look !== "string"),
      servers: serversOf(looked),
      pool: poolOf(database, parts),
      archive: topology.backup === undefined || primary === undefined ? null : archiveOf(primary),
      lastBackup: last,
      lastExport: null,
    },
  };
}

/** In its own container, over its socket: a server that can't be asked is a line of the status, not the end of it. */
async function lookInto(
  docker: Dockerode,
  { prefix, topology }: StackDatabase,
  part: string,
  signal: AbortSignal,
): Promise<Looked> {
  const options = ["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", `--host=${PATHS.socket}`];
  const login = [`--username=${topology.roles.administrator}`, `--dbname=${topology.database}`];
  const command = ["psql", ...options, ...login, `--command=${LOOK}`];
  const name = prefix + part;
  try {
    const limits = { timeoutMs: LOOK_TIMEOUT_MS, signal };
    const { exitCode, stderr, stdout } = await execInContainer(docker, `${topology.name}-${part}`, command, limits);
    if (exitCode === 0) return { part: name, look: JSON.parse(stdout) as Look };
    return { part: name, look: stderr.trim().split("\n").at(-1) ?? `psql ended with ${exitCode}` };
  } catch (error) {
    signal.throwIfAborted();
    return { part: name, look: messageOf(error).split("\n")[0] ?? "" };
  }
}

/** Its health check is a query through the pool. */
function poolOf({ prefix, topology: { pooling } }: StackDatabase, parts: readonly PartStatus[]): PoolStatus | null {
  if (pooling === undefined) return null;
  const part = `${prefix}pooler`;
  const found = parts.find((one) => one.part === part);
  const reachable = found !== undefined && isHealthy(found);
  const { mode, writerPool: name, writerPoolSize: size } = pooling;
  return { part, name, mode, size, reachable, why: reachable ? null : `its container is ${stateOf(found)}` };
}

function stateOf(part: PartStatus | undefined): string {
  if (part === undefined) return "missing";
  return part.health === "none" ? part.state : `${part.state}, ${part.health}`;
}

async function partStatus(
  docker: Dockerode,
  part: string,
  container: ListedContainer | undefined,
): Promise<PartStatus> {
  if (container === undefined) {
    return {
      part,
      state: "missing",
      health: "none",
      image: null,
      addresses: [],
      since: null,
      lastRun: null,
      nextRun: null,
    };
  }
  const { Config, State } = await docker.getContainer(container.id).inspect();
  return {
    part,
    state: container.state,
    health: State.Running ? container.health : "none",
    image: Config.Image,
    addresses: container.ports.map(({ address, published }) => `${address}:${published}`),
    since: State.Running ? State.StartedAt : null,
    lastRun: null,
    nextRun: null,
  };
}

/** Backups are read in a container that may not run: that is a line of the status, not the end of it. */
async function lastBackup(
  docker: Dockerode,
  database: StackDatabase,
  signal: AbortSignal,
): Promise<DatabaseStatus["lastBackup"]> {
  if (database.topology.backup === undefined) return null;
  try {
    const last = (await listBackups(docker, database, signal)).backups.at(-1);
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
