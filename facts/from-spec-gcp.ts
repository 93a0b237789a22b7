import type { BackupFacts } from "../requirements/facts/backup.ts";
import type { EncryptionFacts } from "../requirements/facts/encryption.ts";
import type { FactsByTopic } from "../requirements/facts/facts-by-topic.ts";
import type { InstanceFacts } from "../requirements/facts/instances.ts";
import { NOT_ON_GCP } from "../requirements/facts/not-on-target.ts";
import {
  NOTHING_KNOWN,
  unknownEndpoint,
  unknownInstance,
  unknownReplica,
} from "../requirements/facts/nothing-known.ts";
import type { PlacesFacts } from "../requirements/facts/places.ts";
import type { PoolingFacts } from "../requirements/facts/pooling.ts";
import { UNKNOWN } from "../requirements/known.ts";
import {
  CLOUD_ADMINISTRATOR,
  managedPoolFlags,
  MAINTENANCE_DAYS,
  SERVER_CA_MODES,
  SSL_MODE,
} from "../topology/cloud-sql-words.ts";
import { keyLocationOf } from "../topology/limits/google-cloud.ts";
import {
  cloudEdition,
  instancesOf,
  type ManagedPooling,
  type ResolvedCloudReplica,
  type ResolvedGcp,
  type ResolvedInstance,
} from "../topology/resolved-gcp.ts";
import { wishedBuckets, wishedServices, wishedSubnets } from "./from-spec-gcp-around.ts";
import { CLOUD_DECIDES } from "./platform-decides.ts";
import { settingsFromFlags, NOT_A_REPLICAS, WITHOUT_BACKUPS } from "./cloud-sql-facts.ts";

/**
 * What the wish for Cloud SQL promises. Where the wish has no word (a public address is never given), the fact is the
 * promise of topology/spec.ts. What the cloud alone decides is not judged here; `pgt verify` reads it.
 */
export function factsFromGcpSpec(topology: ResolvedGcp): FactsByTopic {
  return {
    ...NOTHING_KNOWN,
    ...NOT_ON_GCP,
    access: { ...NOTHING_KNOWN.access, ...CLOUD_DECIDES.access, administrator: CLOUD_ADMINISTRATOR },
    backup: backup(topology),
    bucket: wishedBuckets(topology),
    encryption: encryption(topology),
    instances: {
      ...NOTHING_KNOWN.instances,
      instances: instancesOf(topology).map((instance) => wishedInstance(topology, instance)),
    },
    network: { ...NOT_ON_GCP.network, firewallRules: [], subnets: wishedSubnets(topology) },
    places: places(topology),
    pooling: pooling(topology),
    protection: { ...NOTHING_KNOWN.protection, ...CLOUD_DECIDES.protection, dataKept: topology.keepData },
    replication: {
      ...NOTHING_KNOWN.replication,
      ...CLOUD_DECIDES.replication,
      replicas: topology.replicas.map(({ key }) => ({ ...unknownReplica(key), ...CLOUD_DECIDES.replica })),
    },
    services: wishedServices(topology),
    settings: { nodes: instancesOf(topology).map((instance) => settingsFromFlags(instance, topology.parameters)) },
  };
}

/** One instance as it is asked for. */
export function wishedInstance(topology: ResolvedGcp, instance: ResolvedInstance): InstanceFacts {
  const { access, edition, observability, parameters, pooling, protection, region, storage, version } = topology;
  const role = isReplica(instance) ? instance.purpose : "primary";
  const managed = pooling?.kind === "managed" ? pooling : undefined;
  return {
    ...unknownInstance(instance.part, role),
    region: role === "primary" ? region : instance.region,
    version,
    edition: cloudEdition(edition),
    tier: instance.tier,
    cpus: instance.cpus,
    memoryMiB: instance.memoryMiB,
    availability: role === "primary" && topology.highAvailability ? "REGIONAL" : "ZONAL",
    publicAddress: false,
    authorizedNetworks: [],
    // The stack's own has a name with a suffix, which is no part of the topology.
    network: topology.network.existing ?? UNKNOWN,
    sslMode: SSL_MODE,
    certificateAuthority: SERVER_CA_MODES[access.certificateAuthority],
    dataApi: false,
    diskGrows: true,
    diskLimitGiB: storage.maxDiskGiB,
    deletionProtected: protection.deletion,
    queryInsights: observability.queryInsights,
    flags: parameters,
    pooling: managed !== undefined,
    poolFlags: managed === undefined ? {} : managedPoolFlags(managed, poolSizeOf(topology, managed, role)),
    follows: role === "primary" ? undefined : topology.primary.part,
    ...(role === "primary" ? ofThePrimary(topology) : NOT_A_REPLICAS),
  };
}

function ofThePrimary({ backup: wish, keepData, maintenance, protection }: ResolvedGcp): Partial<InstanceFacts> {
  return {
    ...(wish === undefined
      ? WITHOUT_BACKUPS
      : {
          pointInTime: true,
          logDays: wish.pointInTimeDays,
          retainedBackups: wish.retentionDays,
          backupLocation: wish.location,
          backupStart: wish.schedule,
        }),
    backupsOutlive: keepData,
    finalBackupDays: keepData ? protection.finalBackupDays : 0,
    maintenance: { day: MAINTENANCE_DAYS[maintenance.day], hour: maintenance.hour, track: maintenance.track },
    freezes: maintenance.freeze.map(({ from, to }) => `${from} to ${to}`),
  };
}

/** A replica that takes over has the writer's pools. */
function poolSizeOf({ replicas }: ResolvedGcp, pooling: ManagedPooling, role: InstanceFacts["role"]): number {
  return role === "read" && replicas.length > 0 ? pooling.readerPoolSize : pooling.writerPoolSize;
}

function isReplica(instance: ResolvedInstance): instance is ResolvedCloudReplica {
  return "purpose" in instance;
}

function backup({ backup: wish }: ResolvedGcp): BackupFacts {
  const cloud = { ...NOTHING_KNOWN.backup, ...CLOUD_DECIDES.backup };
  if (wish === undefined) return { ...cloud, enabled: false };
  // Cloud SQL encrypts all of it: https://cloud.google.com/sql/docs/postgres/data-residency-overview
  return { ...cloud, enabled: true, retentionDays: wish.retentionDays, encrypted: true, scheduled: true };
}

function encryption(topology: ResolvedGcp): EncryptionFacts {
  return {
    ...NOTHING_KNOWN.encryption,
    ...CLOUD_DECIDES.encryption,
    endpoints: instancesOf(topology).map(({ part }) => ({
      ...unknownEndpoint(part),
      ...CLOUD_DECIDES.endpoint,
      plaintextRefused: true,
    })),
  };
}

function pooling({ pooling: wish, replicas }: ResolvedGcp): PoolingFacts {
  const cloud = { ...NOTHING_KNOWN.pooling, ...CLOUD_DECIDES.pooling };
  if (wish?.kind !== "managed") return { ...cloud, enabled: false };
  const hasReader = replicas.some(({ purpose }) => purpose === "read");
  return {
    ...cloud,
    enabled: true,
    mode: wish.mode,
    writerPoolSize: wish.writerPoolSize,
    // Each instance has a pooler of its own: without a reader there are no readers' pools.
    readerPoolSize: hasReader ? wish.readerPoolSize : wish.writerPoolSize,
    maxClients: wish.maxClients,
    maxPreparedStatements: wish.maxPreparedStatements,
  };
}

function places({ access, backup: wish, network, region, replicas, service }: ResolvedGcp): PlacesFacts {
  const copy = wish?.secondCopy;
  const of = (purpose: ResolvedCloudReplica["purpose"]) =>
    replicas
      .filter((replica) => replica.purpose === purpose)
      .map((replica) => ({ what: replica.part, region: replica.region }));
  return {
    primary: region,
    readReplicas: of("read"),
    disasterRecovery: of("disaster-recovery"),
    service: [
      ...(service === undefined ? [] : [{ what: "service", region }]),
      ...placeIn("subnet of the service", network.subnet),
      ...placeIn("certificate authority pool", access.certificateAuthorityPool),
    ],
    secondCopy: copy === undefined ? [] : [{ what: "second copy", region: copy.location }],
    keys:
      copy === undefined
        ? []
        : placeIn("key of the second copy", copy.encryptionKey).map((key) => ({
            ...key,
            encrypts: { what: "the second copy", region: keyLocationOf(copy.location) },
          })),
    backups: wish === undefined ? WITHOUT_BACKUPS.backupLocation : wish.location,
  };
}

/** The region in a full name of the cloud, as in `projects/p/regions/europe-west4/subnetworks/s`. */
function placeIn(what: string, fullName: string | undefined): { what: string; region: string }[] {
  const region = /\/(?:regions|locations)\/([^/]+)\//.exec(fullName ?? "")?.[1];
  return region === undefined ? [] : [{ what, region }];
}
