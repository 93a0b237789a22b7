import { UNKNOWN } from "../known.ts";
import type { ClusterServerFacts } from "./clusters.ts";
import type { ContainerFacts } from "./containers.ts";
import type { EndpointFacts } from "./encryption.ts";
import type { FactsByTopic } from "./facts-by-topic.ts";
import type { InstanceFacts } from "./instances.ts";
import type { ReplicaFacts } from "./replication.ts";
import type { NodeSettings } from "./settings.ts";

// What a collector starts from: it spreads one of these and adds what it found out, so that a fact which is new in a
// topic is UNKNOWN, and not absent, for every collector that does not look for it.

/** Nothing is known of any topic. */
export const NOTHING_KNOWN: FactsByTopic = {
  access: {
    networkMethods: UNKNOWN,
    localMethods: UNKNOWN,
    replicationRoleDatabases: UNKNOWN,
    passwordEncryption: UNKNOWN,
    administrator: UNKNOWN,
    superusers: UNKNOWN,
    missingRoles: UNKNOWN,
    unplannedRoles: UNKNOWN,
    unplannedPrivileges: UNKNOWN,
    missingPrivileges: UNKNOWN,
    rolesWithoutScram: UNKNOWN,
    wrongPasswordRefused: UNKNOWN,
    takenElsewhere: UNKNOWN,
    attempts: UNKNOWN,
  },
  backup: {
    enabled: UNKNOWN,
    retentionDays: UNKNOWN,
    archiveTimeoutSeconds: UNKNOWN,
    asynchronous: UNKNOWN,
    encrypted: UNKNOWN,
    scheduled: UNKNOWN,
    ownVolume: UNKNOWN,
    switchArchivedSeconds: UNKNOWN,
    archiveFailure: UNKNOWN,
    archiveQueue: UNKNOWN,
    lastBackupAgeSeconds: UNKNOWN,
    startWindowSeconds: UNKNOWN,
    waitingPrimary: UNKNOWN,
    lastBackupErrors: UNKNOWN,
    lastCheck: UNKNOWN,
    readableByOthers: UNKNOWN,
  },
  bucket: { private: UNKNOWN, versioned: UNKNOWN, protected: UNKNOWN },
  clusters: { servers: UNKNOWN },
  connections: { opening: UNKNOWN, sharing: UNKNOWN },
  containers: { containers: UNKNOWN, unplanned: UNKNOWN, shownSecrets: UNKNOWN },
  encryption: { endpoints: UNKNOWN, poolerServerMode: UNKNOWN, replicaModes: UNKNOWN, plainSessions: UNKNOWN },
  host: {
    state: UNKNOWN,
    firewalls: UNKNOWN,
    inbound: UNKNOWN,
    volumeProtected: UNKNOWN,
    differences: UNKNOWN,
    inboundDifferences: UNKNOWN,
  },
  instances: { instances: UNKNOWN, designated: UNKNOWN },
  network: { ports: UNKNOWN, wishedAddresses: UNKNOWN },
  places: {
    primary: UNKNOWN,
    readReplicas: UNKNOWN,
    service: UNKNOWN,
    disasterRecovery: UNKNOWN,
    secondCopy: UNKNOWN,
    keys: UNKNOWN,
    backups: UNKNOWN,
  },
  pooling: {
    enabled: UNKNOWN,
    mode: UNKNOWN,
    writerPoolSize: UNKNOWN,
    readerPoolSize: UNKNOWN,
    maxClients: UNKNOWN,
    maxPreparedStatements: UNKNOWN,
    looksUpUsers: UNKNOWN,
    serverConnections: UNKNOWN,
    differences: UNKNOWN,
    crowd: UNKNOWN,
    preparedStatementWorks: UNKNOWN,
    readerReachesReplica: UNKNOWN,
  },
  protection: {
    dataKept: UNKNOWN,
    unnamedData: UNKNOWN,
    sharedData: UNKNOWN,
    hurriedShutdowns: UNKNOWN,
    withoutChecksums: UNKNOWN,
    checksumFailures: UNKNOWN,
  },
  replication: {
    replicas: UNKNOWN,
    walLevel: UNKNOWN,
    maxWalSenders: UNKNOWN,
    maxReplicationSlots: UNKNOWN,
    maxSlotWalKeepMiB: UNKNOWN,
    standbyBelowPrimary: UNKNOWN,
    primaryWritable: UNKNOWN,
    unplannedSlots: UNKNOWN,
  },
  schema: {
    missingSchemas: UNKNOWN,
    missingTables: UNKNOWN,
    missingColumns: UNKNOWN,
    missingExtensions: UNKNOWN,
  },
  settings: { nodes: UNKNOWN },
};

/** A container of which only its name is known. */
export function unknownContainer(name: string): ContainerFacts {
  return {
    name,
    part: UNKNOWN,
    condition: UNKNOWN,
    healthcheck: UNKNOWN,
    imagePinned: UNKNOWN,
    networks: UNKNOWN,
    hostNamespaces: UNKNOWN,
    privileged: UNKNOWN,
    devices: UNKNOWN,
    capabilitiesDropped: UNKNOWN,
    capabilitiesAdded: UNKNOWN,
    securityOptions: UNKNOWN,
    memoryMiB: UNKNOWN,
    user: UNKNOWN,
    restart: UNKNOWN,
    logLimited: UNKNOWN,
    mounts: UNKNOWN,
    secretVariables: UNKNOWN,
    stopSignal: UNKNOWN,
    stopTimeoutSeconds: UNKNOWN,
  };
}

/** An endpoint of which only its part is known. */
export function unknownEndpoint(part: string): EndpointFacts {
  return {
    part,
    plaintextRefused: UNKNOWN,
    minProtocolVersion: UNKNOWN,
    verifyFullAccepted: UNKNOWN,
    wrongCaRefused: UNKNOWN,
    oldProtocolRefused: UNKNOWN,
    certificateDaysLeft: UNKNOWN,
  };
}

/** A Cloud SQL instance of which only its part and its role are known. */
export function unknownInstance(part: string, role: InstanceFacts["role"]): InstanceFacts {
  return {
    part,
    role,
    state: UNKNOWN,
    versionDaysLeft: UNKNOWN,
    region: UNKNOWN,
    version: UNKNOWN,
    edition: UNKNOWN,
    tier: UNKNOWN,
    cpus: UNKNOWN,
    memoryMiB: UNKNOWN,
    availability: UNKNOWN,
    publicAddress: UNKNOWN,
    authorizedNetworks: UNKNOWN,
    network: UNKNOWN,
    sslMode: UNKNOWN,
    certificateAuthority: UNKNOWN,
    dataApi: UNKNOWN,
    diskGrows: UNKNOWN,
    diskLimitGiB: UNKNOWN,
    pointInTime: UNKNOWN,
    logDays: UNKNOWN,
    retainedBackups: UNKNOWN,
    backupLocation: UNKNOWN,
    backupsOutlive: UNKNOWN,
    finalBackupDays: UNKNOWN,
    deletionProtected: UNKNOWN,
    maintenance: UNKNOWN,
    freezes: UNKNOWN,
    queryInsights: UNKNOWN,
    flags: UNKNOWN,
    pooling: UNKNOWN,
    poolFlags: UNKNOWN,
    follows: UNKNOWN,
    differences: UNKNOWN,
    flagDifferences: UNKNOWN,
  };
}

/** A managed server on DigitalOcean of which only its part and its role are known. */
export function unknownServer(part: string, role: ClusterServerFacts["role"]): ClusterServerFacts {
  return {
    part,
    role,
    state: UNKNOWN,
    version: UNKNOWN,
    versionDaysLeft: UNKNOWN,
    region: UNKNOWN,
    size: UNKNOWN,
    cpus: UNKNOWN,
    memoryMiB: UNKNOWN,
    nodes: UNKNOWN,
    network: UNKNOWN,
    diskGrows: UNKNOWN,
    maintenance: UNKNOWN,
    sources: UNKNOWN,
    protected: UNKNOWN,
    differences: UNKNOWN,
    sourceDifferences: UNKNOWN,
  };
}

/** A replica of which only its key is known. */
export function unknownReplica(key: string): ReplicaFacts {
  return {
    key,
    slot: UNKNOWN,
    inRecovery: UNKNOWN,
    streaming: UNKNOWN,
    rowVisibleMs: UNKNOWN,
    lagBytes: UNKNOWN,
    lagMs: UNKNOWN,
    slotExists: UNKNOWN,
    slotActive: UNKNOWN,
    slotWalStatus: UNKNOWN,
    slotKeptBytes: UNKNOWN,
  };
}

/** A server of which only its part is known. */
export function unknownSettings(part: string): NodeSettings {
  return {
    part,
    fsync: UNKNOWN,
    fullPageWrites: UNKNOWN,
    idleInTransactionSeconds: UNKNOWN,
    logLockWaits: UNKNOWN,
    statementStatistics: UNKNOWN,
    maxConnections: UNKNOWN,
    sharedBuffersMiB: UNKNOWN,
    memoryMiB: UNKNOWN,
    differences: UNKNOWN,
    pendingRestart: UNKNOWN,
  };
}
