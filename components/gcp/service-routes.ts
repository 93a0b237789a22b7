import * as pulumi from "@pulumi/pulumi";
import { INTERNAL_PORTS } from "../../rendering/paths.ts";
import { readerPoolName } from "../../topology/names.ts";
import type { ResolvedCloudReplica, ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { CloudPlace } from "./cloud-place.ts";
import type { GcpInstances } from "./instances.ts";
import { CLOUD_SQL_POOLER_PORT, CLOUD_SQL_PORT } from "../../topology/cloud-sql-words.ts";
import { serverHost, writerHost } from "./server-names.ts";

/** Folder in which Cloud Run keeps the sockets: https://cloud.google.com/sql/docs/postgres/connect-run */
export const SOCKET_FOLDER = "/cloudsql";

/** A way to a server. */
export interface Route {
  /** A name, an address, or the folder of a unix socket. */
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly database: string;
  /** Whether it leads over a network. */
  readonly hasTls: boolean;
}

/** To the primary, and to the replica that serves reads. */
interface RoutePair {
  readonly writer: Route;
  readonly reader: Route | undefined;
}

/** The ways of the service to the servers. */
export interface ServiceRoutes {
  readonly direct: RoutePair;
  /** `undefined` where nothing is pooled, or nothing can be chosen. */
  readonly pooled: RoutePair | undefined;
  /** By the private address, past every pooler: for what changes the schema. */
  readonly migration: Route;
  /** The servers at their ends. */
  readonly instances: readonly GcpInstances["primary"][];
}

/** The replica that serves reads: the first, where there are more. */
export function readReplica({ replicas }: ResolvedGcp): ResolvedCloudReplica | undefined {
  return replicas.find(({ purpose }) => purpose === "read");
}

/** Whether PgBouncer stands beside each instance of the service. */
export function hasSidecar({ service, pooling }: ResolvedGcp): boolean {
  return service !== undefined && pooling?.kind === "sidecar";
}

/** How the service reaches the servers. */
export function serviceRoutes(place: CloudPlace, { primary, replicas }: GcpInstances): ServiceRoutes {
  const { topology } = place;
  const key = readReplica(topology)?.key;
  const replica = key === undefined ? undefined : replicas.get(key);
  const readers = replica === undefined ? [] : [replica];
  const address = route(topology, writerHost(place, primary));
  const direct =
    topology.access.path === "socket"
      ? pair([primary, ...readers].map((instance) => socketRoute(topology, instance)))
      : pair([address, ...readers.map((instance) => route(topology, serverHost(place, instance)))]);
  return {
    direct,
    pooled: pooledRoutes(topology, direct),
    migration: address,
    instances: [primary, ...readers],
  };
}

/** Over a socket, managed pooling has no way of its own: https://github.com/GoogleCloudPlatform/cloud-sql-proxy/issues/2517 */
function pooledRoutes(topology: ResolvedGcp, { writer, reader }: RoutePair): RoutePair | undefined {
  const { database, pooling, access } = topology;
  if (hasSidecar(topology)) {
    const sidecar = { host: pulumi.output("127.0.0.1"), port: INTERNAL_PORTS.pooler, hasTls: false };
    return {
      writer: { ...sidecar, database },
      reader: reader && { ...sidecar, database: readerPoolName(database) },
    };
  }
  if (pooling?.kind !== "managed" || access.path === "socket") return undefined;
  return {
    writer: { ...writer, port: CLOUD_SQL_POOLER_PORT },
    reader: reader && { ...reader, port: CLOUD_SQL_POOLER_PORT },
  };
}

function pair([writer, reader]: readonly Route[]): RoutePair {
  if (writer === undefined) throw new RangeError("there is no way to the primary");
  return { writer, reader };
}

function route({ database }: ResolvedGcp, host: pulumi.Output<string>): Route {
  return { host, port: CLOUD_SQL_PORT, database, hasTls: true };
}

function socketRoute(topology: ResolvedGcp, { connectionName }: GcpInstances["primary"]): Route {
  return { ...route(topology, pulumi.interpolate`${SOCKET_FOLDER}/${connectionName}`), hasTls: false };
}
