import { READERS_ALIAS } from "../topology/names.ts";
import type { ResolvedDocker } from "../topology/resolved-docker.ts";
import { nodesOf, type ResolvedNode } from "../topology/resolved-self-run.ts";
import type { ContainerShape, VolumeMount } from "./container-shape.ts";
import { INTERNAL_PORTS, PATHS } from "./paths.ts";

/** The containers of a topology, in the order in which they are made. */
export function containersOf(topology: ResolvedDocker): readonly ContainerShape[] {
  return [
    ...nodesOf(topology).map((node) => serverContainer(topology, node)),
    ...poolerContainer(topology),
    ...schedulerContainer(topology),
  ];
}

const BACKUPS = { volume: "backups", path: PATHS.repository };
const SOCKET: VolumeMount = { volume: "socket", path: PATHS.socket, readOnly: false };
/** Docker's own size of /dev/shm: parallel queries need more of it on a larger server. */
const MIN_SHM_MIB = 64;
const SHM_SHARE = 0.25;

function serverContainer(topology: ResolvedDocker, node: ResolvedNode): ContainerShape {
  const isPrimary = node.part === topology.primary.part;
  const mounts: VolumeMount[] = [{ volume: `${node.part}-data`, path: PATHS.data, readOnly: false }];
  if (topology.backup) mounts.push({ ...BACKUPS, readOnly: !isPrimary });
  if (topology.backup && isPrimary) mounts.push(SOCKET);
  return {
    part: node.part,
    aliases: isPrimary ? [node.part] : [node.part, READERS_ALIAS],
    command: [isPrimary ? "pgt-primary" : "pgt-replica"],
    environment: {},
    port: { internal: INTERNAL_PORTS.postgres, published: node.port },
    mounts,
    tmpfs: [PATHS.temporary],
    healthcheck: healthcheck(isPrimary ? "primary" : "replica"),
    memoryMiB: topology.size.memoryMiB,
    cpus: topology.size.cpus,
    shmMiB: Math.max(MIN_SHM_MIB, Math.floor(topology.size.memoryMiB * SHM_SHARE)),
    // PostgreSQL's fast shutdown: sessions are ended, nothing has to be recovered at the next start.
    stopSignal: "SIGINT",
    stopTimeoutSeconds: 60,
    after: isPrimary ? [] : [topology.primary.part],
  };
}

function poolerContainer({ pooling, primary, roles }: ResolvedDocker): ContainerShape[] {
  if (pooling === undefined) return [];
  return [
    {
      part: "pooler",
      aliases: ["pooler"],
      command: ["pgt-pooler"],
      // What its health check logs in to, and as.
      environment: { PGT_POOL: pooling.writerPool, PGT_POOLER_ROLE: roles.pooler },
      port: { internal: INTERNAL_PORTS.pooler, published: pooling.port },
      mounts: [],
      tmpfs: [PATHS.temporary],
      healthcheck: healthcheck("pooler"),
      memoryMiB: 128,
      cpus: 1,
      shmMiB: MIN_SHM_MIB,
      stopSignal: "SIGINT",
      stopTimeoutSeconds: 15,
      after: [primary.part],
    },
  ];
}

function schedulerContainer({ backup, primary }: ResolvedDocker): ContainerShape[] {
  if (backup === undefined) return [];
  return [
    {
      part: "scheduler",
      aliases: ["scheduler"],
      command: ["pgt-scheduler", backup.schedule],
      environment: {},
      port: undefined,
      mounts: [
        { volume: `${primary.part}-data`, path: PATHS.data, readOnly: true },
        { ...BACKUPS, readOnly: false },
        SOCKET,
      ],
      tmpfs: [PATHS.temporary],
      healthcheck: healthcheck("scheduler"),
      memoryMiB: 256,
      cpus: 1,
      shmMiB: MIN_SHM_MIB,
      stopSignal: "SIGTERM",
      stopTimeoutSeconds: 30,
      after: [primary.part],
    },
  ];
}

function healthcheck(role: "primary" | "replica" | "pooler" | "scheduler"): ContainerShape["healthcheck"] {
  return {
    command: ["pgt-healthy", role],
    // The engine waits for the primary's health: what it takes to start is rounded up to this. Each look costs a few
    // hundredths of a second of a processor.
    intervalSeconds: 2,
    timeoutSeconds: 10,
    retries: 5,
    startPeriodSeconds: 30,
  };
}
