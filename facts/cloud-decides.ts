import { ONE_DATABASE } from "../requirements/facts/not-on-target.ts";
import { Missing } from "../requirements/known.ts";

// What Cloud SQL decides by itself, or shows nobody. It is judged neither on the wish nor live: nobody here can mend it.

const HBA = not("Cloud SQL keeps pg_hba.conf to itself");
const ARCHIVE = not("Cloud SQL archives the log by itself");
const FILES = not("Cloud SQL keeps its files to itself");
const POOLER = not("the pooler is Cloud SQL's own");
const SLOTS = not("Cloud SQL keeps its replication slots by itself");
const SERVER = not("Cloud SQL sets it by itself");

/** The facts of each topic that are the cloud's. */
export const CLOUD_DECIDES = {
  access: {
    takenElsewhere: ONE_DATABASE,
    networkMethods: HBA,
    localMethods: HBA,
    replicationRoleDatabases: not("Cloud SQL replicates with a role of its own"),
    rolesWithoutScram: not("Cloud SQL shows nobody its stored passwords"),
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
    replicaModes: not("Cloud SQL encrypts its replication by itself"),
  },
  endpoint: { oldProtocolRefused: not("Cloud SQL decides which TLS versions there are") },
  pooling: {
    looksUpUsers: POOLER,
    readerReachesReplica: not("each instance has a pooler of its own"),
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
  replica: { slot: SLOTS, slotExists: SLOTS, slotActive: SLOTS, slotWalStatus: SLOTS, slotKeptBytes: SLOTS },
} as const;

function not(reason: string): Missing {
  return new Missing("not-applicable", reason);
}
