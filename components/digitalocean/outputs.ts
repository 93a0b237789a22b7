import { getDatabaseCaOutput } from "@pulumi/digitalocean/getDatabaseCa.js";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedDataHost } from "../../topology/resolved-digitalocean.ts";
import type { CloudSecrets } from "../../topology/secrets.ts";
import type { CloudPlace } from "./cloud-place.ts";
import type { ManagedServers } from "./cluster.ts";
import type { DataHost } from "./data-host.ts";
import type { ClusterContents } from "./databases.ts";

/** What `pgt` needs beside the contract: to configure the data host, to grant roles, and to ask the platform. Secret. */
export interface DeliveryOutputs {
  /** The platform's id of the cluster, and of each replica by the user's name. */
  readonly clusterId: string;
  readonly replicaIds: Readonly<Record<string, string>>;
  /** Of the managed servers' roles; all of them are the platform's own. */
  readonly passwords: CloudSecrets["passwords"];
  /** `undefined` without one. */
  readonly dataHost: DataHostDelivery | undefined;
}

/** How the data host is reached, and where its backups go. */
export interface DataHostDelivery {
  /** The platform's id. */
  readonly dropletId: string;
  readonly publicAddress: string;
  readonly privateAddress: string;
  /** `undefined` without backups. */
  readonly bucket: BucketDelivery | undefined;
}

/** A bucket, and the key of this bucket alone. */
export interface BucketDelivery {
  readonly name: string;
  readonly region: string;
  /** Host name, as in `nyc3.digitaloceanspaces.com`. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Everything that was made. */
export interface MadeParts {
  readonly servers: ManagedServers;
  readonly contents: ClusterContents;
  /** `undefined` without one. */
  readonly dataHost: DataHost | undefined;
}

/**
 * The contract of a topology on DigitalOcean, each value on its own: in a preview, what is known stays known. It says what
 * is there, and is the same in either mode.
 * @param authority PEM of the stack's own, which signs the data host's certificate
 */
export function outputsOf(place: CloudPlace, { servers, contents, dataHost }: MadeParts, authority: string) {
  const { topology, options } = place;
  const { cluster } = servers;
  const { writerPool } = contents;
  const host = topology.dataHost;
  return {
    ...identity(place),
    name: topology.name,
    database: topology.database,
    writer: { host: cluster.privateHost, port: cluster.port },
    readers: readersOf(place, servers),
    // No pool reads from a replica.
    pooled: writerPool && {
      host: writerPool.privateHost,
      port: writerPool.port,
      writerPool: writerPool.name,
      readerPool: undefined,
    },
    caCertificate: getDatabaseCaOutput({ clusterId: cluster.id }, options).certificate,
    data: host && dataHost && dataOutputs(place, host, dataHost, authority),
  };
}

/** What both databases have alike. */
function identity({ topology }: CloudPlace) {
  const { environment, target, version } = topology;
  const pending: readonly string[] = [];
  return { target, environment, version, tlsMode: "verify-full" as const, pending };
}

function readersOf({ topology }: CloudPlace, { replicas }: ManagedServers) {
  return Object.fromEntries(
    topology.replicas.flatMap(({ key, region }) => {
      const replica = replicas.get(key);
      if (replica === undefined) return [];
      // The private name of one in another region leads into the VPC there.
      const host = region === topology.region ? replica.privateHost : replica.host;
      return [[key, { host, port: replica.port }]];
    }),
  );
}

/** By its address: it has no name, and its certificate carries the address. */
function dataOutputs(place: CloudPlace, { server }: ResolvedDataHost, { droplet }: DataHost, authority: string) {
  const host = droplet.ipv4AddressPrivate;
  return {
    ...identity(place),
    name: server.name,
    database: server.database,
    writer: { host, port: server.primary.port },
    readers: {},
    pooled: server.pooling && {
      host,
      port: server.pooling.port,
      writerPool: server.pooling.writerPool,
      readerPool: server.pooling.readerPool,
    },
    caCertificate: authority,
  };
}

/** Secret as a whole: nothing of it is known in a preview of what is not made yet. */
export function deliveryOf({ servers, contents, dataHost }: MadeParts): pulumi.Output<DeliveryOutputs> {
  const { cluster, replicas } = servers;
  const { owner, readWrite, readOnly, monitoring } = contents.users;
  const replicaIds = Object.fromEntries([...replicas].map(([key, { uuid }]) => [key, uuid]));
  return pulumi.secret({
    clusterId: cluster.id,
    replicaIds,
    passwords: {
      administrator: cluster.password,
      owner: owner.password,
      readWrite: readWrite.password,
      readOnly: readOnly.password,
      monitoring: monitoring.password,
    },
    dataHost: dataHost && hostDelivery(dataHost),
  });
}

function hostDelivery({ droplet, backups }: DataHost) {
  return {
    dropletId: droplet.id,
    publicAddress: droplet.ipv4Address,
    privateAddress: droplet.ipv4AddressPrivate,
    bucket: backups && {
      name: backups.bucket.name,
      region: backups.region,
      endpoint: backups.bucket.endpoint,
      accessKey: backups.key.accessKey,
      secretKey: backups.key.secretKey,
    },
  };
}
