import { ACCESS_EFFECTS, BACKUP_EFFECTS, SERVER_EFFECTS } from "../../../topology/change/gcp-effects.ts";
import { INSTANCE_RESOURCE, UNSAID } from "../../../topology/change/gcp-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { KnownEdit, PropertyRule, ResourceTable } from "../../resource-table.ts";
import { INSTANCE_BACKUPS } from "./instance-backups.ts";
import { INSTANCE_NETWORK } from "./instance-network.ts";
import { INSTANCE_SETTINGS } from "./instance-settings.ts";
import { INSTANCE_PAGE } from "./sources.ts";
import {
  byInputs,
  counted,
  each,
  fieldOf,
  isNothing,
  loosened,
  oneOf,
  present,
  secret,
  switched,
} from "./value-rules.ts";

type Inputs = Readonly<Record<string, unknown>>;

const { inPlace: IN_PLACE } = SERVER_EFFECTS;

const PROMOTED: Effect = {
  label: "failover",
  what: "the replica becomes a server of its own, and no longer follows the primary; there is no way back",
  source: INSTANCE_RESOURCE,
};

const SWITCHED: Effect = {
  label: "failover",
  what: "primary and replica change places, and sessions end",
  source: INSTANCE_RESOURCE,
};

const RESTORED: Effect = {
  label: "data loss",
  what: "a backup is restored over the data that is there",
  source: INSTANCE_PAGE,
};

const NOT_ANY_MORE: Effect = {
  label: "none",
  what: "it was done when it was asked for, and nothing is done now",
  source: INSTANCE_RESOURCE,
};

/** A copy of another instance, which can be made again. */
function isReplica(inputs: Inputs): boolean {
  const type = fieldOf(inputs, "instanceType");
  return (
    !isNothing(fieldOf(inputs, "masterInstanceName")) ||
    type === "READ_REPLICA_INSTANCE" ||
    type === "READ_POOL_INSTANCE"
  );
}

/** What of an instance outlives it, in a half sentence. */
function whatOutlives(inputs: Inputs): string {
  const settings = fieldOf(inputs, "settings");
  const kept = [
    ...(fieldOf(settings, "retainBackupsOnDelete") === true ? ["its backups stay"] : []),
    ...(fieldOf(settings, "finalBackupConfig", "enabled") === true ? ["a last backup is made"] : []),
  ];
  return kept.length === 0 ? "and its backups go with it" : `but ${kept.join(", and ")}`;
}

/** That the provider says no, where it does. */
function refusal(inputs: Inputs): string {
  if (fieldOf(inputs, "deletionPolicy") === "PREVENT")
    return "; the provider refuses to delete it: deletionPolicy is PREVENT";
  if (fieldOf(inputs, "deletionProtection") === false) return "";
  return "; the provider refuses to delete it until deletionProtection is off and applied";
}

const GONE = byInputs((inputs): Effect => {
  if (fieldOf(inputs, "deletionPolicy") === "ABANDON") {
    return {
      label: "replace",
      what: "the instance stays with its data, and Pulumi no longer knows it",
      source: INSTANCE_PAGE,
    };
  }
  if (isReplica(inputs))
    return { ...SERVER_EFFECTS.replicaGoes, what: `${SERVER_EFFECTS.replicaGoes.what}${refusal(inputs)}` };
  return {
    label: "data loss",
    what: `the instance is deleted with its data, ${whatOutlives(inputs)}${refusal(inputs)}`,
    source: INSTANCE_RESOURCE,
  };
});

const ANEW = byInputs((inputs): Effect => {
  if (isReplica(inputs)) return SERVER_EFFECTS.replicaRebuilt;
  const outlives = fieldOf(inputs, "deletionPolicy") === "ABANDON" ? "but stays where it is" : whatOutlives(inputs);
  return { ...SERVER_EFFECTS.replaced, what: `${SERVER_EFFECTS.replaced.what}, ${outlives}${refusal(inputs)}` };
});

/** Which the provider never changes in place. */
const IDENTITY = oneOf([SERVER_EFFECTS.replaced, SERVER_EFFECTS.replicaRebuilt], ({ old }) =>
  isReplica(old) ? SERVER_EFFECTS.replicaRebuilt : SERVER_EFFECTS.replaced,
);

const MAJOR = oneOf([SERVER_EFFECTS.olderMajor, SERVER_EFFECTS.newerMajor], ({ from, to }) => {
  const [before, after] = [majorOf(from), majorOf(to)];
  if (before === undefined || after === undefined) return undefined;
  return after > before ? SERVER_EFFECTS.newerMajor : SERVER_EFFECTS.olderMajor;
});

/** The major of `POSTGRES_17`; `undefined` for another product. */
function majorOf(version: unknown): number | undefined {
  const text = typeof version === "string" ? /^POSTGRES_(\d+)$/.exec(version)?.[1] : undefined;
  return text === undefined ? undefined : Number(text);
}

/** In place only as a promotion or a switchover: everything else is a replacement. */
function follows({ from, to }: KnownEdit): Effect {
  if (isNothing(to)) return PROMOTED;
  return isNothing(from) ? SWITCHED : SERVER_EFFECTS.replicaRebuilt;
}

const FOLLOWS: PropertyRule = oneOf([PROMOTED, SWITCHED, SERVER_EFFECTS.replicaRebuilt], follows);

const TYPE = oneOf([PROMOTED, SWITCHED], ({ from, to }) => {
  if (from === "READ_REPLICA_INSTANCE" && to === "CLOUD_SQL_INSTANCE") return PROMOTED;
  return from === "CLOUD_SQL_INSTANCE" && to === "READ_REPLICA_INSTANCE" ? SWITCHED : undefined;
});

const UNLIKELY: Effect = {
  label: "restart",
  what: "servers may restart: no page says what becomes of them",
  source: UNSAID,
};

/** A server of Cloud SQL: a primary with its data, or a replica that can be copied again. */
export const INSTANCE: ResourceTable = {
  properties: {
    ...each(["name", "region", "project", "encryptionKeyName"], IDENTITY),
    databaseVersion: MAJOR,
    masterInstanceName: FOLLOWS,
    instanceType: TYPE,
    replicaNames: {
      label: "none",
      what: "the provider tells a switchover from a replacement by it; servers go on",
      source: INSTANCE_RESOURCE,
    },
    replicationCluster: SERVER_EFFECTS.designated,
    replicaConfiguration: SERVER_EFFECTS.replicaRebuilt,
    nodeCount: counted(
      undefined,
      { label: "none", what: "the pool gets more replicas; those that are there go on", source: UNSAID },
      { label: "restart", what: "replicas leave the pool, and the sessions on them end", source: UNSAID },
    ),
    maintenanceVersion: {
      label: "restart",
      what: "the server restarts with the other build at once, outside its window",
      source: INSTANCE_PAGE,
    },
    rootPassword: secret({
      label: "none",
      what: "the administrator gets another password; sessions go on",
      source: INSTANCE_PAGE,
    }),
    rootPasswordWo: secret({
      label: "none",
      what: "the administrator gets another password; sessions go on",
      source: INSTANCE_PAGE,
    }),
    rootPasswordWoVersion: {
      label: "none",
      what: "the administrator gets the password that is given with it; sessions go on",
      source: INSTANCE_PAGE,
    },
    ...each(
      ["restoreBackupContext", "backupdrBackup", "pointInTimeRestoreContext"],
      present(RESTORED, RESTORED, NOT_ANY_MORE),
    ),
    clone: { label: "none", what: "it is read when an instance is made, and never later", source: INSTANCE_RESOURCE },
    deletionProtection: switched(true, BACKUP_EFFECTS.guarded, BACKUP_EFFECTS.unguarded),
    deletionPolicy: loosened(["PREVENT", "ABANDON", "DELETE"], "DELETE", {
      looser: BACKUP_EFFECTS.unguarded,
      stricter: BACKUP_EFFECTS.guarded,
    }),
    ...each(["finalBackupDescription", "includeReplicasForMajorVersionUpgrade"], IN_PLACE),
    ...each(["enforceNewSqlNetworkArchitecture", "switchTransactionLogsToCloudStorageEnabled"], UNLIKELY),
    ...INSTANCE_SETTINGS,
    ...INSTANCE_BACKUPS,
    ...INSTANCE_NETWORK,
  },
  named: { "settings.databaseFlags": "name" },
  unlisted: "restart",
  created: byInputs((inputs): Effect =>
    isReplica(inputs)
      ? SERVER_EFFECTS.replicaMade
      : { label: "none", what: "a new instance is made, empty; what is there goes on", source: INSTANCE_RESOURCE },
  ),
  deleted: GONE,
  replaced: ANEW,
};

/** A server outside of Cloud SQL that is copied from. */
export const SOURCE_INSTANCE: ResourceTable = {
  properties: each(
    [
      "name",
      "project",
      "region",
      "databaseVersion",
      "host",
      "port",
      "username",
      "password",
      "caCertificate",
      "clientCertificate",
      "clientKey",
      "dumpFilePath",
    ],
    ACCESS_EFFECTS.moved,
  ),
  unlisted: "replace",
  created: IN_PLACE,
  deleted: {
    ...SERVER_EFFECTS.replicaGoes,
    what: "what is copied from there gets nothing more; the source itself stays",
  },
  replaced: {
    ...SERVER_EFFECTS.replicaRebuilt,
    what: "what is copied from there has to be copied anew; the source itself stays",
  },
};
