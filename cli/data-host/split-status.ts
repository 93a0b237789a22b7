import type { DigitalOceanApi } from "../../facts/from-live/digitalocean/digitalocean-answers.ts";
import { messageOf } from "../../kernel/errors.ts";
import type { HostWay } from "../../verify/run-digitalocean.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import { archiveOf, type Looked, serversOf } from "../stack/server-look.ts";
import {
  type DatabaseStatus,
  isHealthy,
  type PartStatus,
  type PoolStatus,
  type StackStatus,
  type Unseen,
} from "../stack/status-shape.ts";
import { byAge, listHostBackups, platformBackups, readLastExport } from "./host-backups.ts";
import type { HostPart } from "./host-parts.ts";
import type { SshWay } from "./open-way.ts";
import { lookAtPlatform, type PlatformLook, unseenOf } from "./platform-look.ts";
import { lookAtServers, type ServerLooks } from "./server-looks.ts";
import { hostParts, managedParts } from "./split-parts.ts";
import { readUnitStates, type UnitState } from "./unit-states.ts";

/** Through what a stack's health is seen. */
export interface StatusAccess {
  readonly world: DigitalOceanWorld;
  /** Of the data host; empty without one. */
  readonly units: readonly HostPart[];
  /** Makes the client of the platform's API; throws without a token. */
  readonly api: () => DigitalOceanApi;
  readonly way: SshWay;
  readonly signal: AbortSignal;
}

/** What the host itself says. */
interface HostLook {
  readonly units: ReadonlyMap<string, UnitState> | Unseen;
  readonly lastBackup: DatabaseStatus["lastBackup"];
  readonly lastExport: DatabaseStatus["lastExport"];
}

/** The health of both databases: by the platform's API, by SQL, and by what the data host says. Nothing is written. */
export async function readSplitStatus(access: StatusAccess): Promise<StackStatus> {
  const { signal, units, way, world } = access;
  const { topology } = world;
  const [platform, looks, host] = await Promise.all([
    lookAtPlatform(world, access.api, signal),
    lookAtServers(world, way, signal),
    lookAtHost(access),
  ]);
  const managed = managedParts(world, platform, looks, way);
  const data =
    topology.dataHost === undefined ? [] : hostParts({ world, units, platform, looks, way, states: host.units });
  const databases = [managedDatabase(world, platform, looks, managed, host), ...dataDatabase(world, looks, data, host)];
  const unseen = [
    ...unseenOf(platform),
    ...("closed" in way ? [way.closed] : []),
    ...("closed" in way ? [] : [host.units, host.lastBackup, host.lastExport].flatMap(reasonOf)),
  ];
  return {
    stack: topology.stack,
    target: "digitalocean",
    healthy: databases.every(({ healthy }) => healthy) && unseen.length === 0,
    unseen,
    databases,
    parts: [...managed, ...data],
    volumes: [],
    lastBackup: databases[0]?.lastBackup ?? null,
  };
}

function reasonOf(seen: object | null): string[] {
  return seen !== null && "unknown" in seen ? [(seen as Unseen).unknown] : [];
}

async function lookAtHost({ signal, units, way, world }: StatusAccess): Promise<HostLook> {
  const { backup, dataHost } = world.topology;
  if ("closed" in way) {
    const unseen: Unseen = { unknown: way.closed };
    return { units: unseen, lastBackup: unseen, lastExport: backup?.exports === true ? unseen : null };
  }
  const see = async <T>(what: string, seeing: () => Promise<T>): Promise<T | Unseen> => {
    try {
      return await seeing();
    } catch (error) {
      signal.throwIfAborted();
      return { unknown: `could not see ${what}: ${messageOf(error).split("\n")[0] ?? ""}` };
    }
  };
  const [states, lastBackup, lastExport] = await Promise.all([
    see("the data host's units", () => readUnitStates(way, units)),
    dataHost?.server.backup === undefined ? null : see("the backups", () => newestBackup(way)),
    backup?.exports === true ? see("the newest export", () => readLastExport(way)) : null,
  ]);
  return { units: states, lastBackup, lastExport };
}

async function newestBackup(way: HostWay): Promise<DatabaseStatus["lastBackup"]> {
  return shortOf((await listHostBackups(way)).backups.at(-1));
}

function shortOf(backup: Exclude<DatabaseStatus["lastBackup"], Unseen | null> | undefined) {
  return backup === undefined ? null : { label: backup.label, type: backup.type, finishedAt: backup.finishedAt };
}

function managedDatabase(
  { topology }: DigitalOceanWorld,
  { backups }: PlatformLook,
  looks: ServerLooks,
  parts: readonly PartStatus[],
  { lastExport }: HostLook,
): DatabaseStatus {
  return {
    database: topology.database,
    healthy: parts.every(isHealthy),
    servers: serversOf(looks.managed),
    pool: poolStatus("pooler", topology.pooling, looks.managedPool),
    // The platform's own.
    archive: null,
    lastBackup: "unknown" in backups ? backups : shortOf(byAge(platformBackups(backups.found)).at(-1)),
    lastExport,
  };
}

function dataDatabase(
  { topology }: DigitalOceanWorld,
  { data, dataPool }: ServerLooks,
  parts: readonly PartStatus[],
  { lastBackup }: HostLook,
): DatabaseStatus[] {
  const server = topology.dataHost?.server;
  if (server === undefined) return [];
  const looked: readonly Looked[] =
    data.length > 0 ? data : [{ part: "data-primary", look: "the stack exports no data database" }];
  const [primary] = looked;
  return [
    {
      database: server.database,
      healthy: parts.every(isHealthy),
      servers: serversOf(looked),
      pool: poolStatus("data-pooler", server.pooling, dataPool),
      archive: server.backup === undefined || primary === undefined ? null : archiveOf(primary),
      lastBackup,
      lastExport: null,
    },
  ];
}

function poolStatus(
  part: string,
  pooling: { readonly mode: string; readonly writerPool: string; readonly writerPoolSize: number } | undefined,
  why: string | undefined,
): PoolStatus | null {
  if (pooling === undefined) return null;
  const { mode, writerPool: name, writerPoolSize: size } = pooling;
  return { part, name, mode, size, reachable: why === undefined, why: why ?? null };
}
