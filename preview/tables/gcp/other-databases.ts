import type { Effect } from "../../../topology/change/rule.ts";
import type { PlannedStep } from "../../planned-step.ts";
import type { ResourceTables } from "../../resource-table.ts";
import { around } from "./around.ts";
import { PAGES } from "./sources.ts";
import { byInputs, each, fieldOf, secret } from "./value-rules.ts";

const LOST: Effect = { label: "data loss", what: "it goes with the data in it", source: PAGES.alloyDb };
const MAY_RESTART: Effect = {
  label: "restart",
  what: "servers may restart: no page says what becomes of them",
  source: PAGES.alloyDb,
};
const IN_PLACE: Effect = { label: "none", what: "servers go on as they are", source: PAGES.alloyDb };
const BACKUPS_GO: Effect = {
  label: "data loss",
  exposure: true,
  what: "backups are removed, or no longer made",
  source: PAGES.backupDr,
};
const BACKUP_PLAN: Effect = {
  label: "data loss",
  exposure: true,
  what: "backups may be kept for a shorter time, or made less often",
  source: PAGES.backupDr,
};

const BACKUP_TABLES: ResourceTables = {
  "gcp:backupdisasterrecovery/backupVault:BackupVault": around({
    changed: BACKUP_PLAN,
    fields: [
      "accessRestriction",
      "backupMinimumEnforcedRetentionDuration",
      "backupRetentionInheritance",
      "backupVaultId",
      "effectiveTime",
      "encryptionConfig",
      "forceDelete",
      "forceUpdate",
      "forceUpdateAccessRestriction",
      "ignoreBackupPlanReferences",
      "ignoreInactiveDatasources",
      "location",
      "project",
    ],
    properties: each(["allowMissing", "annotations", "description", "labels"], { ...IN_PLACE, source: PAGES.backupDr }),
    deleted: BACKUPS_GO,
  }),
  "gcp:backupdisasterrecovery/backupPlan:BackupPlan": around({
    changed: BACKUP_PLAN,
    fields: [
      "backupPlanId",
      "backupRules",
      "backupVault",
      "computeInstanceBackupPlanProperties",
      "diskBackupPlanProperties",
      "location",
      "logRetentionDays",
      "maxCustomOnDemandRetentionDays",
      "project",
      "resourceType",
    ],
    properties: each(["description"], { ...IN_PLACE, source: PAGES.backupDr }),
    deleted: BACKUPS_GO,
  }),
  "gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation": around({
    changed: BACKUP_PLAN,
    fields: ["backupPlan", "backupPlanAssociationId", "location", "project", "resource", "resourceType"],
    deleted: { ...BACKUPS_GO, what: "nothing is backed up by the plan from then on" },
  }),
};

const PASSWORD: Effect = { ...IN_PLACE, what: "the user has another password from then on; sessions go on" };

const ALLOYDB_TABLES: ResourceTables = {
  "gcp:alloydb/cluster:Cluster": around({
    changed: MAY_RESTART,
    fields: [
      "databaseVersion",
      "dataplexConfig",
      "etag",
      "maintenanceUpdatePolicy",
      "skipAwaitMajorVersionUpgrade",
      "subscriptionType",
      "pscConfig",
    ],
    properties: {
      ...each(["annotations", "displayName", "labels"], IN_PLACE),
      ...each(["automatedBackupPolicy", "continuousBackupConfig"], { ...BACKUP_PLAN, source: PAGES.alloyDb }),
      ...each(
        [
          "clusterId",
          "clusterType",
          "encryptionConfig",
          "location",
          "networkConfig",
          "project",
          "restoreBackupSource",
          "restoreBackupdrBackupSource",
          "restoreBackupdrPitrSource",
          "restoreContinuousBackupSource",
          "secondaryConfig",
        ],
        LOST,
      ),
      initialUser: secret(PASSWORD),
    },
    deleted: LOST,
  }),
  "gcp:alloydb/instance:Instance": around({
    changed: MAY_RESTART,
    fields: [
      "activationPolicy",
      "availabilityType",
      "clientConnectionConfig",
      "cluster",
      "connectionPoolConfig",
      "databaseFlags",
      "gceZone",
      "instanceId",
      "instanceType",
      "machineConfig",
      "observabilityConfig",
      "pscInstanceConfig",
      "queryInsightsConfig",
      "readPoolConfig",
    ],
    properties: {
      ...each(["annotations", "displayName", "labels"], IN_PLACE),
      networkConfig: { ...MAY_RESTART, exposure: true, what: "servers may get a public address, and may restart" },
    },
    // The data is the cluster's.
    deleted: byInputs((inputs): Effect => ({
      ...MAY_RESTART,
      label: fieldOf(inputs, "instanceType") === "READ_POOL" ? "rebuild" : "replace",
      what: "the server goes with the sessions on it; the data is the cluster's, and stays",
    })),
  }),
  "gcp:alloydb/backup:Backup": around({
    changed: IN_PLACE,
    fields: ["annotations", "description", "displayName", "etag", "labels"],
    properties: each(["backupId", "clusterName", "encryptionConfig", "location", "project", "type"], {
      ...BACKUPS_GO,
      source: PAGES.alloyDb,
    }),
    deleted: { ...BACKUPS_GO, what: "the backup is removed", source: PAGES.alloyDb },
  }),
  "gcp:alloydb/user:User": around({
    changed: IN_PLACE,
    fields: ["cluster", "userId", "userType"],
    properties: {
      databaseRoles: { ...IN_PLACE, exposure: true, what: "the user may do other things than before" },
      ...each(["password", "passwordWo"], secret(PASSWORD)),
      passwordWoVersion: PASSWORD,
    },
    deleted: { ...IN_PLACE, what: "the user is removed: who logs in by its name no longer can" },
  }),
};

/** Words in the name or the labels of a machine that a database runs on. */
const OF_A_DATABASE =
  /(^|[^a-z])(pg|postgres(ql)?|patroni|database|db|sql|pgbouncer|pgbackrest|replica|primary)([^a-z]|$)/i;

function isOfADatabase({ name, old, next }: PlannedStep): boolean {
  const words = [
    name,
    ...[old, next].flatMap((state) => [
      state?.inputs.name,
      ...Object.values({ ...(state?.inputs.labels ?? {}) }),
      ...Object.values({ ...(state?.inputs.tags ?? {}) }),
    ]),
  ];
  return words.some((word) => typeof word === "string" && OF_A_DATABASE.test(word));
}

const MACHINE: Effect = {
  label: "restart",
  what: "the machine may be stopped for it, with the server on it",
  source: PAGES.machines,
};
const DISK_LOST: Effect = {
  label: "data loss",
  what: "the disk goes with the data on it, unless there is a snapshot",
  source: PAGES.machines,
};
const LABELS: Effect = { label: "none", what: "the machine goes on", source: PAGES.machines };

const MACHINE_TABLES: ResourceTables = {
  "gcp:compute/instance:Instance": around({
    concerns: isOfADatabase,
    changed: MACHINE,
    fields: [
      "advancedMachineFeatures",
      "allowStoppingForUpdate",
      "attachedDisks",
      "canIpForward",
      "confidentialInstanceConfig",
      "desiredStatus",
      "enableDisplay",
      "guestAccelerators",
      "machineType",
      "metadataStartupScript",
      "minCpuPlatform",
      "networkPerformanceConfig",
      "params",
      "partnerMetadata",
      "reservationAffinity",
      "resourcePolicies",
      "scheduling",
      "scratchDisks",
      "shieldedInstanceConfig",
    ],
    properties: {
      ...each(["description", "hostname", "labels"], LABELS),
      ...each(["metadata", "networkInterfaces", "tags", "serviceAccount"], {
        ...MACHINE,
        exposure: true,
        what: "who reaches the machine, or what it may do, changes; it may be stopped for it",
      }),
      ...each(["bootDisk", "name", "project", "zone"], DISK_LOST),
    },
    deleted: { ...DISK_LOST, what: "the machine goes with its disks, but for those that are kept" },
  }),
  "gcp:compute/disk:Disk": around({
    concerns: isOfADatabase,
    changed: MACHINE,
    fields: ["accessMode", "provisionedIops", "provisionedThroughput", "resourcePolicies", "size"],
    properties: {
      ...each(["description", "labels"], LABELS),
      ...each(["diskEncryptionKey", "image", "name", "project", "snapshot", "sourceDisk", "type", "zone"], DISK_LOST),
    },
    deleted: DISK_LOST,
  }),
  "gcp:compute/snapshot:Snapshot": around({
    concerns: isOfADatabase,
    changed: LABELS,
    fields: ["description", "labels"],
    properties: each(["name", "project", "sourceDisk", "storageLocations", "zone"], {
      ...BACKUPS_GO,
      source: PAGES.machines,
    }),
    deleted: { ...BACKUPS_GO, what: "the snapshot is removed", source: PAGES.machines },
  }),
};

/** Databases that are not Cloud SQL's, and what backs them up. */
export const OTHER_DATABASE_TABLES: ResourceTables = { ...BACKUP_TABLES, ...ALLOYDB_TABLES, ...MACHINE_TABLES };
