import type { BucketFacts } from "../requirements/facts/bucket.ts";
import type { BackupFacts } from "../requirements/facts/backup.ts";
import type { ClusterPoolFacts, ClusterServerFacts, ClustersFacts } from "../requirements/facts/clusters.ts";
import type { EncryptionFacts } from "../requirements/facts/encryption.ts";
import type { FactsByTopic } from "../requirements/facts/facts-by-topic.ts";
import type { HostFacts, InboundRule } from "../requirements/facts/host.ts";
import { NOT_ON_A_CLUSTER, NOT_ON_THE_DATA_HOST } from "../requirements/facts/not-on-target.ts";
import {
  NOTHING_KNOWN,
  unknownBucket,
  unknownEndpoint,
  unknownReplica,
  unknownServer,
  unknownSettings,
} from "../requirements/facts/nothing-known.ts";
import type { PlacesFacts } from "../requirements/facts/places.ts";
import type { PoolingFacts } from "../requirements/facts/pooling.ts";
import { Missing, UNKNOWN } from "../requirements/known.ts";
import {
  managedServersOf,
  type ResolvedDataHost,
  type ResolvedDigitalOcean,
  type ResolvedManagedServer,
} from "../topology/resolved-digitalocean.ts";
import { type NetworkPlace, openPorts, trustedSources } from "../topology/trusted-sources.ts";
import { factsOfSelfRun } from "./from-spec.ts";
import { NOT_OF_SPACES } from "./from-plan/any-provider/spaces.ts";
import { PLATFORM_DECIDES } from "./platform-decides.ts";

/** What each of the two databases is known by. */
export interface DatabaseFacts {
  readonly primary: FactsByTopic;
  /** `undefined` without a data database. */
  readonly data: FactsByTopic | undefined;
}

/** What the platform keeps, and nobody can set: https://docs.digitalocean.com/products/databases/postgresql/how-to/restore-from-backups/ */
export const PLATFORM_BACKUP_DAYS = 7;
const WITHOUT_BACKUPS = new Missing("not-applicable", "backups are off, which backup/enabled judges");
const NO_BUCKET: BucketFacts = { buckets: WITHOUT_BACKUPS, grants: WITHOUT_BACKUPS };
const OF_THE_CLUSTER = new Missing("not-applicable", "it is the cluster's, which a replica follows");
/** By its design: a lost host is made anew from its backups. */
export const NO_REPLICA_OF_DATA = new Missing("not-applicable", "the data database has no replica");

/**
 * What the wish for DigitalOcean promises. What the platform alone decides is not judged here; `pgt verify` reads it.
 * @param network what only the platform knows of it; a wish has words of its own for what is made with it
 */
export function factsFromDigitalOceanSpec(
  topology: ResolvedDigitalOcean,
  network: NetworkPlace = wishedNetwork(topology),
): DatabaseFacts {
  const { dataHost } = topology;
  return {
    primary: primaryFacts(topology, network),
    data: dataHost && dataFacts(topology, dataHost, network),
  };
}

/** In words, of what the platform has not named yet. */
function wishedNetwork({ dataHost, network }: ResolvedDigitalOcean): NetworkPlace {
  return {
    cidr: network.existing === undefined ? network.cidr : "the addresses of the VPC",
    dataHostId: dataHost && "data host",
  };
}

function primaryFacts(topology: ResolvedDigitalOcean, network: NetworkPlace): FactsByTopic {
  const { keepData, replicas, roles } = topology;
  return {
    ...NOT_ON_A_CLUSTER,
    access: { ...NOTHING_KNOWN.access, ...PLATFORM_DECIDES.access, administrator: roles.administrator },
    backup: backup(topology),
    clusters: clusters(topology, network),
    connections: NOTHING_KNOWN.connections,
    encryption: encryption(topology),
    places: places(topology),
    pooling: pooling(topology),
    protection: { ...NOTHING_KNOWN.protection, ...PLATFORM_DECIDES.protection, dataKept: keepData },
    replication: {
      ...NOTHING_KNOWN.replication,
      ...PLATFORM_DECIDES.replication,
      replicas: replicas.map(({ key }) => ({ ...unknownReplica(key), ...PLATFORM_DECIDES.replica })),
    },
    schema: NOTHING_KNOWN.schema,
    // What is not asked for has the platform's own value, which is not known.
    settings: {
      nodes: managedServersOf(topology).map(({ memoryMiB, part }) => ({
        ...unknownSettings(part),
        ...PLATFORM_DECIDES.settings,
        memoryMiB,
      })),
    },
  };
}

function clusters(topology: ResolvedDigitalOcean, network: NetworkPlace): ClustersFacts {
  const { backup: wish, dataHost, region } = topology;
  return {
    servers: managedServersOf(topology).map((server) => wishedServer(topology, server, network)),
    machines:
      dataHost === undefined ? [] : [{ name: "data-host", region, network: topology.network.existing ?? UNKNOWN }],
    listsElsewhere: [],
    exported: wish?.exports ?? false,
  };
}

/** One managed server as it is asked for. */
export function wishedServer(
  topology: ResolvedDigitalOcean,
  { cpus, memoryMiB, part, region, slug }: ResolvedManagedServer,
  network: NetworkPlace,
): ClusterServerFacts {
  const { maintenance, nodeCount, primary, protection, storage, version } = topology;
  const role = part === primary.part ? "primary" : "replica";
  return {
    ...unknownServer(part, role),
    region,
    size: slug,
    cpus,
    memoryMiB,
    // The stack's own has an id of the platform's; one in another region is in that region's own VPC.
    network: region === topology.region ? (topology.network.existing ?? UNKNOWN) : UNKNOWN,
    sources: trustedSources(topology, network).map(sourceText),
    protected: protection.deletion,
    ...(role === "replica"
      ? {
          follows: primary.part,
          version: OF_THE_CLUSTER,
          versionNamed: OF_THE_CLUSTER,
          pools: OF_THE_CLUSTER,
          nodes: OF_THE_CLUSTER,
          diskGrows: OF_THE_CLUSTER,
          maintenance: OF_THE_CLUSTER,
        }
      : {
          follows: undefined,
          version,
          versionNamed: true,
          pools: pools(topology),
          nodes: nodeCount,
          diskGrows: storage.autoscale,
          maintenance: maintenanceText(maintenance.day, maintenance.hour),
        }),
  };
}

/** As in `ip_addr 10.100.0.0/24`; a range of one address is the address. */
export function sourceText({ type, value }: { readonly type: string; readonly value: string }): string {
  return `${type} ${value.replace(/\/32$/, "")}`;
}

/** As in `sunday 03:00`. */
export function maintenanceText(day: string, hour: number): string {
  return `${day} ${String(hour).padStart(2, "0")}:00`;
}

function backup({ backup: wish }: ResolvedDigitalOcean): BackupFacts {
  return {
    ...NOTHING_KNOWN.backup,
    ...PLATFORM_DECIDES.backup,
    // The platform makes them whatever is asked for, and encrypts them.
    // https://docs.digitalocean.com/products/databases/postgresql/details/features/
    enabled: true,
    retentionDays: wish?.exports === true ? wish.retentionDays : PLATFORM_BACKUP_DAYS,
    encrypted: true,
    scheduled: true,
  };
}

function encryption(topology: ResolvedDigitalOcean): EncryptionFacts {
  const parts = managedServersOf(topology).map(({ part }) => part);
  return {
    ...NOTHING_KNOWN.encryption,
    ...PLATFORM_DECIDES.encryption,
    endpoints: [...parts, ...(topology.pooling === undefined ? [] : ["pooler"])].map((part) => ({
      ...unknownEndpoint(part),
      ...PLATFORM_DECIDES.endpoint,
      plaintextRefused: true,
    })),
  };
}

function pools({ pooling: wish }: ResolvedDigitalOcean): readonly ClusterPoolFacts[] {
  if (wish === undefined) return [];
  const { mode, writerPoolSize } = wish;
  return [{ name: "pool-writer", mode, size: writerPoolSize, userMade: true, databaseMade: true }];
}

function pooling({ pooling: wish }: ResolvedDigitalOcean): PoolingFacts {
  const platform = { ...NOTHING_KNOWN.pooling, ...PLATFORM_DECIDES.pooling };
  if (wish === undefined) return { ...platform, enabled: false };
  return {
    ...platform,
    enabled: true,
    mode: wish.mode,
    writerPoolSize: wish.writerPoolSize,
    // No pool reads from the replicas.
    readerPoolSize: 0,
  };
}

function places({ region, replicas }: ResolvedDigitalOcean): PlacesFacts {
  const place = (server: ResolvedManagedServer) => ({ what: server.part, region: server.region });
  return {
    ...PLATFORM_DECIDES.places,
    primary: region,
    readReplicas: replicas.filter((replica) => replica.region === region).map(place),
    // A replica in another region is for the loss of this one.
    disasterRecovery: replicas.filter((replica) => replica.region !== region).map(place),
    service: [],
    secondCopy: [],
    keys: [],
  };
}

function dataFacts(topology: ResolvedDigitalOcean, dataHost: ResolvedDataHost, network: NetworkPlace): FactsByTopic {
  const own = factsOfSelfRun(dataHost.server);
  return {
    ...NOT_ON_THE_DATA_HOST,
    ...own,
    backup: {
      ...own.backup,
      ...(dataHost.server.backup !== undefined && {
        ownVolume: new Missing("not-applicable", "the repository is a bucket"),
      }),
    },
    bucket:
      dataHost.bucketRegion === undefined
        ? NO_BUCKET
        : {
            buckets: [
              {
                ...unknownBucket("backups"),
                ...NOT_OF_SPACES,
                private: true,
                versioned: true,
                protected: topology.protection.deletion,
                forceDestroy: false,
              },
            ],
            grants: [],
          },
    host: wishedHost(topology, network),
    protection: { ...own.protection, dataKept: topology.keepData },
    replication: { ...own.replication, replicas: NO_REPLICA_OF_DATA },
    schema: NOTHING_KNOWN.schema,
  };
}

/** The data host as it is asked for. */
function wishedHost(topology: ResolvedDigitalOcean, network: NetworkPlace): HostFacts {
  return {
    ...NOTHING_KNOWN.host,
    machines: [{ name: "data-host", firewalls: 1, sshKeys: topology.dataHost?.sshKeys.length ?? 0 }],
    firewalls: [{ name: "firewall-data-host", inbound: wishedRules(topology, network), outbound: UNKNOWN }],
    volumes: [{ name: "data", protected: topology.protection.deletion }],
  };
}

/** What the data host's firewall is asked to let in. */
export function wishedRules(topology: ResolvedDigitalOcean, network: NetworkPlace): readonly InboundRule[] {
  return openPorts(topology, network).map(({ port, sources }) => ({
    protocol: "tcp",
    ports: String(port),
    sources: sources.map(String),
  }));
}
