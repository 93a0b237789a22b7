import { ONE_DATABASE, WITHOUT_EXPORTS } from "../requirements/facts/not-on-target.ts";
import { Missing } from "../requirements/known.ts";

// What a platform decides of a managed server by itself, or shows nobody. It is judged neither on the wish nor live:
// nobody here can mend it.

const CLOUD_SQL = decidedBy("Cloud SQL");
const DIGITALOCEAN = decidedBy("DigitalOcean");

/** The facts of each topic that are Cloud SQL's. */
export const CLOUD_DECIDES = {
  ...CLOUD_SQL,
  access: { ...CLOUD_SQL.access, takenElsewhere: ONE_DATABASE },
  backup: { ...CLOUD_SQL.backup, ...WITHOUT_EXPORTS },
  pooling: { ...CLOUD_SQL.pooling, readerReachesReplica: not("each instance has a pooler of its own") },
  replication: { ...CLOUD_SQL.replication, replicasTakeOver: true },
} as const;

/** The facts of each topic that are DigitalOcean's. */
export const PLATFORM_DECIDES = {
  ...DIGITALOCEAN,
  /** Of the pooler: the servers say it of themselves. */
  poolerProtocol: not("DigitalOcean decides which TLS versions its pooler speaks"),
  places: { backups: not("DigitalOcean does not say where its backups are") },
  pooling: {
    ...DIGITALOCEAN.pooling,
    maxClients: DIGITALOCEAN.pooling.looksUpUsers,
    maxPreparedStatements: DIGITALOCEAN.pooling.looksUpUsers,
    readerReachesReplica: not("no pool reads from the replicas"),
  },
  replication: {
    ...DIGITALOCEAN.replication,
    replicasTakeOver: not("a standby of the cluster takes over, which clusters/copies judges"),
  },
  /** What the platform's API does not take: topology/parameters/ has what it does. */
  settings: { logLockWaits: DIGITALOCEAN.replication.walLevel },
} as const;

function decidedBy(platform: string) {
  const hba = not(`${platform} keeps pg_hba.conf to itself`);
  const archive = not(`${platform} archives the log by itself`);
  const files = not(`${platform} keeps its files to itself`);
  const pooler = not(`the pooler is ${platform}'s own`);
  const slots = not(`${platform} keeps its replication slots by itself`);
  const server = not(`${platform} sets it by itself`);
  return {
    access: {
      networkMethods: hba,
      localMethods: hba,
      replicationRoleDatabases: not(`${platform} replicates with a role of its own`),
      rolesWithoutScram: not(`${platform} shows nobody its stored passwords`),
    },
    backup: {
      archiveTimeoutSeconds: archive,
      asynchronous: archive,
      ownVolume: archive,
      switchArchivedSeconds: archive,
      archiveFailure: archive,
      archiveQueue: archive,
      lastBackupErrors: files,
      lastCheck: files,
      readableByOthers: files,
    },
    encryption: {
      poolerServerMode: pooler,
      replicaModes: not(`${platform} encrypts its replication by itself`),
    },
    endpoint: { oldProtocolRefused: not(`${platform} decides which TLS versions there are`) },
    pooling: { looksUpUsers: pooler },
    protection: {
      unnamedData: files,
      sharedData: files,
      hurriedShutdowns: server,
      withoutChecksums: files,
      checksumFailures: files,
    },
    replication: {
      walLevel: server,
      maxWalSenders: server,
      maxReplicationSlots: server,
      maxSlotWalKeepMiB: server,
      unplannedSlots: slots,
    },
    replica: { slot: slots, slotExists: slots, slotActive: slots, slotWalStatus: slots, slotKeptBytes: slots },
  };
}

function not(reason: string): Missing {
  return new Missing("not-applicable", reason);
}
