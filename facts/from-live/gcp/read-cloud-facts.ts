import type { AccessFacts } from "../../../requirements/facts/access.ts";
import type { BackupFacts } from "../../../requirements/facts/backup.ts";
import type { EncryptionFacts } from "../../../requirements/facts/encryption.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { NOT_ON_GCP } from "../../../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import type { Place, PlacesFacts } from "../../../requirements/facts/places.ts";
import type { InstanceFacts, InstancesFacts } from "../../../requirements/facts/instances.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { wantedOnCloudSql } from "../../../roles/wanted-on-cloud-sql.ts";
import { CLOUD_ADMINISTRATOR } from "../../../topology/cloud-sql-words.ts";
import { managedPoolers } from "../../../topology/limits/cloud-sql-connections.ts";
import { INSTANCE_LIMITS } from "../../../topology/limits/cloud-sql-instances.ts";
import { cloudName } from "../../../topology/names.ts";
import { instancesOf, type ResolvedGcp } from "../../../topology/resolved-gcp.ts";
import { CLOUD_DECIDES } from "../../platform-decides.ts";
import { readExpectedObjects, schemaFacts } from "../expected-objects.ts";
import { measurePool, type MeasuredPool, readOpening } from "../managed/connections.ts";
import { readManagedEncryption } from "../managed/encryption.ts";
import { readManagedReplication } from "../managed/replication.ts";
import { readManagedRoles } from "../managed/roles.ts";
import { observeSql, type SqlCollector } from "../managed/sql-collector.ts";
import { observe, withSession } from "../observe.ts";
import { minProtocolVersion, nodeSettings, type ServerSettings } from "../settings.ts";
import type { CloudAccess } from "./cloud-access.ts";
import type { InstanceAnswer } from "./cloud-sql-api.ts";
import { cloudPooling } from "./pooling.ts";
import { type Answers, askForInstances, instancesFacts } from "./read-instances.ts";
import { readCloudSettings } from "./settings.ts";
import { sqlCollector } from "./sql-collector.ts";

const HOUR_SECONDS = 3600;

/**
 * Everything that can be seen of a topology on Cloud SQL: by the Admin API, and by SQL where there is a vantage. What
 * can't be seen is unknown with its reason. Nothing is written.
 * @throws the signal's reason; {@link PgtError} with exit code 3 where the caller may not ask the API
 */
export async function factsFromCloud(access: CloudAccess): Promise<FactsByTopic> {
  const answers = await askForInstances(access);
  const instances = instancesFacts(access, answers);
  const { topology } = access;
  const collector = sqlCollector(access, answers);
  const { part } = topology.primary;
  const settings = await readCloudSettings(collector, topology);
  const settingsOf = (one: string): Fact<ServerSettings> =>
    settings.get(one) ?? new Missing("unknown", `no settings of ${one}`);
  // Before the crowd: it would have to wait behind it.
  const opening = await readOpening(collector, part, topology.pooling?.kind === "managed");
  const [backup, pool, roles, encryption, replication, missed] = await Promise.all([
    readBackup(access, answers, instances),
    measurePool(collector, part, measuredPool(topology, poolersOf(answers.get(part), instances))),
    readRoles(collector, access, settingsOf(part)),
    readEncryption(collector, topology, settingsOf),
    readManagedReplication(collector, {
      primary: part,
      replicas: topology.replicas,
      settings,
      decided: CLOUD_DECIDES.replica,
    }),
    observeSql(collector, { name: "the expected objects", needs: [part] }, () =>
      withSession(collector.access, { part, role: "readWrite" }, (session) =>
        readExpectedObjects(session, topology.expected),
      ),
    ),
  ]);
  return {
    ...NOTHING_KNOWN,
    ...NOT_ON_GCP,
    access: roles,
    backup,
    connections: { opening, sharing: pool.sharing },
    encryption,
    instances,
    places: places(instances),
    pooling: cloudPooling(topology, instances, settingsOf(part), pool),
    protection: { ...NOTHING_KNOWN.protection, ...CLOUD_DECIDES.protection },
    replication: { ...CLOUD_DECIDES.replication, ...replication },
    schema: schemaFacts(topology.expected, missed),
    settings: {
      nodes: instancesOf(topology).map((instance) =>
        nodeSettings(instance.part, settingsOf(instance.part), instance.memoryMiB),
      ),
    },
  };
}

async function readRoles(
  collector: SqlCollector,
  access: CloudAccess,
  settings: Fact<ServerSettings>,
): Promise<AccessFacts> {
  const { topology } = access;
  const roles = await readManagedRoles(collector, {
    part: topology.primary.part,
    wanted: wantedOnCloudSql(topology, access),
    settings,
    // IAM users are named by an address, and let in by the cloud's own rules.
    isProviders: (role) => isClouds(role) || role.includes("@"),
    countsAsSuperuser: () => true,
  });
  return { ...NOTHING_KNOWN.access, ...CLOUD_DECIDES.access, administrator: CLOUD_ADMINISTRATOR, ...roles };
}

async function readEncryption(
  collector: SqlCollector,
  topology: ResolvedGcp,
  settingsOf: (part: string) => Fact<ServerSettings>,
): Promise<EncryptionFacts> {
  const parts = instancesOf(topology).map(({ part }) => part);
  const encryption = await readManagedEncryption(collector, {
    endpoints: parts.map((part) => ({
      part,
      login: { part },
      hasNames: topology.access.tlsMode === "verify-full",
      minProtocolVersion: minProtocolVersion(settingsOf(part)),
    })),
    parts,
    decided: CLOUD_DECIDES.endpoint,
    isProviders: isClouds,
  });
  return { ...NOTHING_KNOWN.encryption, ...CLOUD_DECIDES.encryption, ...encryption };
}

/** Roles of the cloud's own are named so. */
function isClouds(role: string): boolean {
  return role.startsWith("cloudsql");
}

/** Each of the cloud's poolers has a pool of its own. */
function measuredPool({ pooling }: ResolvedGcp, poolers: Fact<number>): MeasuredPool | undefined {
  if (pooling?.kind !== "managed") return undefined;
  const { maxClients, mode, writerPoolSize } = pooling;
  return { mode, maxClients, size: writerPoolSize * (isKnown(poolers) ? poolers : 1) };
}

/** As the cloud counts them, else as its documentation does: by processors. */
function poolersOf(primary: InstanceAnswer | Missing | undefined, { instances }: InstancesFacts): Fact<number> {
  if (primary === undefined || primary instanceof Missing) return primary ?? new Missing("unknown", "no primary");
  const told = primary.settings.connectionPoolConfig?.poolerCount;
  if (told !== undefined) return told;
  const cpus = isKnown(instances) ? instances.find(({ role }) => role === "primary")?.cpus : undefined;
  return cpus !== undefined && isKnown(cpus)
    ? managedPoolers(cpus)
    : new Missing("unknown", "no processors of the primary");
}

async function readBackup(access: CloudAccess, answers: Answers, { instances }: InstancesFacts): Promise<BackupFacts> {
  const { api, now, suffix, topology } = access;
  const cloud = { ...NOTHING_KNOWN.backup, ...CLOUD_DECIDES.backup };
  const answer = answers.get(topology.primary.part);
  const primary = isKnown(instances) ? instances.find(({ role }) => role === "primary") : undefined;
  if (answer === undefined || answer instanceof Missing || primary === undefined) {
    const gone = answer instanceof Missing ? answer : new Missing("not-applicable", "the primary is not there");
    return { ...cloud, enabled: gone };
  }
  const enabled = answer.settings.backupConfiguration?.enabled;
  if (enabled !== true) {
    return {
      ...cloud,
      enabled: enabled ?? new Missing("unknown", "the cloud's answer has no backupConfiguration.enabled"),
    };
  }
  const age = await observe({ access, conditions: new Map() }, { name: "the newest backup", needs: [] }, async () => {
    const ended = await api.newestBackup(cloudName(topology.stack, topology.primary.part, suffix));
    return { seconds: ended && (now.getTime() - ended.getTime()) / 1000 };
  });
  return {
    ...cloud,
    enabled,
    // One a day.
    retentionDays: primary.retainedBackups,
    // Cloud SQL encrypts all of it: https://cloud.google.com/sql/docs/postgres/data-residency-overview
    encrypted: true,
    scheduled: true,
    lastBackupAgeSeconds: age instanceof Missing ? age : age.seconds,
    startWindowSeconds: INSTANCE_LIMITS.backupWindowHours.bounds.max * HOUR_SECONDS,
    waitingPrimary: waitingPrimary(answer, now),
  };
}

function waitingPrimary({ createTime }: InstanceAnswer, now: Date): BackupFacts["waitingPrimary"] {
  if (createTime === undefined) return new Missing("unknown", "the cloud's answer has no createTime");
  const madeAt = new Date(createTime);
  return { madeAt, ageSeconds: (now.getTime() - madeAt.getTime()) / 1000 };
}

/** What lies beside the instances is not looked at: the wish is judged on it. */
function places({ instances }: InstancesFacts): PlacesFacts {
  const list = isKnown(instances) ? instances : [];
  const of = (role: InstanceFacts["role"]) =>
    list.filter((instance) => instance.role === role).map(({ part, region }): Place => ({ what: part, region }));
  const primary = list.find(({ role }) => role === "primary");
  return {
    ...NOTHING_KNOWN.places,
    ...(primary !== undefined && { primary: primary.region, backups: primary.backupLocation }),
    readReplicas: of("read"),
    disasterRecovery: of("disaster-recovery"),
  };
}
