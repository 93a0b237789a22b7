import { UNKNOWN } from "../known.ts";
import type { StoredBucket } from "./bucket.ts";
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
    lastExport: UNKNOWN,
    lastExportCheck: UNKNOWN,
  },
  alerts: { servers: UNKNOWN, databases: UNKNOWN, buckets: UNKNOWN, alerts: UNKNOWN },
  bucket: { buckets: UNKNOWN, grants: UNKNOWN },
  clusters: { servers: UNKNOWN, machines: UNKNOWN, listsElsewhere: UNKNOWN, exported: UNKNOWN },
  connections: { opening: UNKNOWN, sharing: UNKNOWN },
  containers: { containers: UNKNOWN, managedMajors: UNKNOWN, unplanned: UNKNOWN, shownSecrets: UNKNOWN },
  encryption: { endpoints: UNKNOWN, poolerServerMode: UNKNOWN, replicaModes: UNKNOWN, plainSessions: UNKNOWN },
  host: {
    state: UNKNOWN,
    machines: UNKNOWN,
    firewalls: UNKNOWN,
    volumes: UNKNOWN,
    differences: UNKNOWN,
    inboundDifferences: UNKNOWN,
  },
  identities: { accounts: UNKNOWN, userKeys: UNKNOWN, projectGrants: UNKNOWN },
  instances: { instances: UNKNOWN, designated: UNKNOWN },
  lifecycle: { guarded: UNKNOWN, copied: UNKNOWN },
  network: { ports: UNKNOWN, wishedAddresses: UNKNOWN, firewallRules: UNKNOWN, subnets: UNKNOWN },
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
    pools: UNKNOWN,
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
    replicasTakeOver: UNKNOWN,
  },
  schema: {
    missingSchemas: UNKNOWN,
    missingTables: UNKNOWN,
    missingColumns: UNKNOWN,
    missingExtensions: UNKNOWN,
  },
  secrets: {
    secrets: UNKNOWN,
    grants: UNKNOWN,
    keys: UNKNOWN,
    keyGrants: UNKNOWN,
    databaseRegions: UNKNOWN,
    firstBootTexts: UNKNOWN,
  },
  services: { services: UNKNOWN, grants: UNKNOWN, demand: UNKNOWN },
  settings: { nodes: UNKNOWN },
  stack: { outputs: UNKNOWN, placed: UNKNOWN, allowedRegions: UNKNOWN, owned: UNKNOWN },
  users: { users: UNKNOWN },
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
    cpuLimited: UNKNOWN,
    sharedMemoryMiB: UNKNOWN,
    server: UNKNOWN,
    major: UNKNOWN,
    readOnlyRoot: UNKNOWN,
    resourceLimits: UNKNOWN,
    cgroupParent: UNKNOWN,
    user: UNKNOWN,
    restart: UNKNOWN,
    logLimited: UNKNOWN,
    mounts: UNKNOWN,
    hostPaths: UNKNOWN,
    sharedMounts: UNKNOWN,
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
    editionSaid: UNKNOWN,
    labels: UNKNOWN,
    leastPassword: UNKNOWN,
    ownKey: UNKNOWN,
    zone: UNKNOWN,
    standbyZone: UNKNOWN,
    diskGiB: UNKNOWN,
    diskSizeIgnored: UNKNOWN,
    readPool: UNKNOWN,
    certificateRotation: UNKNOWN,
    connectorsOnly: UNKNOWN,
    looseNetworks: UNKNOWN,
    backupStart: UNKNOWN,
    guarded: UNKNOWN,
    restores: UNKNOWN,
    removedFirst: UNKNOWN,
    createSeconds: UNKNOWN,
    upgradesReplicas: UNKNOWN,
  };
}

/** A managed server on DigitalOcean of which only its part and its role are known. */
export function unknownServer(part: string, role: ClusterServerFacts["role"]): ClusterServerFacts {
  return {
    part,
    role,
    state: UNKNOWN,
    versionNamed: UNKNOWN,
    version: UNKNOWN,
    versionDaysLeft: UNKNOWN,
    region: UNKNOWN,
    size: UNKNOWN,
    cpus: UNKNOWN,
    memoryMiB: UNKNOWN,
    nodes: UNKNOWN,
    network: UNKNOWN,
    follows: UNKNOWN,
    pools: UNKNOWN,
    diskGrows: UNKNOWN,
    maintenance: UNKNOWN,
    sources: UNKNOWN,
    protected: UNKNOWN,
    differences: UNKNOWN,
    sourceDifferences: UNKNOWN,
  };
}

/** A bucket of which only its name is known. */
export function unknownBucket(name: string): StoredBucket {
  return {
    name,
    private: UNKNOWN,
    versioned: UNKNOWN,
    protected: UNKNOWN,
    forceDestroy: UNKNOWN,
    uniformAccess: UNKNOWN,
    publicAccessPrevented: UNKNOWN,
    accessLogged: UNKNOWN,
    logsToItself: UNKNOWN,
    ownKey: UNKNOWN,
    softDeleteDays: UNKNOWN,
    lifecycleRules: UNKNOWN,
    removedAfterDays: UNKNOWN,
    retentionDays: UNKNOWN,
    retentionLocked: UNKNOWN,
    exports: UNKNOWN,
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
