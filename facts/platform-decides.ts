import { Missing } from "../requirements/known.ts";

// What DigitalOcean decides of a managed server by itself, or shows nobody. It is judged neither on the wish nor live:
// nobody here can mend it.

const HBA = not("DigitalOcean keeps pg_hba.conf to itself");
const ARCHIVE = not("DigitalOcean archives the log by itself");
const FILES = not("DigitalOcean keeps its files to itself");
const POOLER = not("the pooler is DigitalOcean's own");
const SLOTS = not("DigitalOcean keeps its replication slots by itself");
const SERVER = not("DigitalOcean sets it by itself");

/** The facts of each topic that are the platform's. */
export const PLATFORM_DECIDES = {
  access: {
    networkMethods: HBA,
    localMethods: HBA,
    replicationRoleDatabases: not("DigitalOcean replicates with a role of its own"),
    rolesWithoutScram: not("DigitalOcean shows nobody its stored passwords"),
  },
  backup: {
    archiveTimeoutSeconds: ARCHIVE,
    asynchronous: ARCHIVE,
    ownVolume: ARCHIVE,
    switchArchivedSeconds: ARCHIVE,
    archiveFailure: ARCHIVE,
    archiveQueue: ARCHIVE,
    lastBackupErrors: FILES,
    lastCheck: FILES,
    readableByOthers: FILES,
  },
  encryption: {
    poolerServerMode: POOLER,
    replicaModes: not("DigitalOcean encrypts its replication by itself"),
  },
  endpoint: { oldProtocolRefused: not("DigitalOcean decides which TLS versions there are") },
  /** Of the pooler: the servers say it of themselves. */
  poolerProtocol: not("DigitalOcean decides which TLS versions its pooler speaks"),
  places: { backups: not("DigitalOcean does not say where its backups are") },
  pooling: {
    maxClients: POOLER,
    maxPreparedStatements: POOLER,
    looksUpUsers: POOLER,
    readerReachesReplica: not("no pool reads from the replicas"),
  },
  protection: {
    unnamedData: FILES,
    sharedData: FILES,
    hurriedShutdowns: SERVER,
    withoutChecksums: FILES,
    checksumFailures: FILES,
  },
  replication: {
    walLevel: SERVER,
    maxWalSenders: SERVER,
    maxReplicationSlots: SERVER,
    maxSlotWalKeepMiB: SERVER,
    unplannedSlots: SLOTS,
  },
  /** What the platform's API does not take: topology/parameters/ has what it does. */
  settings: { logLockWaits: SERVER },
  replica: { slot: SLOTS, slotExists: SLOTS, slotActive: SLOTS, slotWalStatus: SLOTS, slotKeptBytes: SLOTS },
} as const;

function not(reason: string): Missing {
  return new Missing("not-applicable", reason);
}
