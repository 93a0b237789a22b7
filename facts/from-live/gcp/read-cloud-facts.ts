import type { BackupFacts } from "../../../requirements/facts/backup.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { NOT_ON_GCP } from "../../../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import type { Place, PlacesFacts } from "../../../requirements/facts/places.ts";
import type { InstanceFacts, InstancesFacts } from "../../../requirements/facts/instances.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { managedPoolers } from "../../../topology/limits/cloud-sql-connections.ts";
import { INSTANCE_LIMITS } from "../../../topology/limits/cloud-sql-instances.ts";
import { cloudName } from "../../../topology/names.ts";
import { instancesOf } from "../../../topology/resolved-gcp.ts";
import { CLOUD_DECIDES } from "../../cloud-decides.ts";
import { readExpectedObjects, schemaFacts } from "../expected-objects.ts";
import { observe, withSession } from "../observe.ts";
import { nodeSettings, type ServerSettings } from "../settings.ts";
import type { CloudAccess } from "./cloud-access.ts";
import type { InstanceAnswer } from "./cloud-sql-api.ts";
import { measurePool, readOpening } from "./connections.ts";
import { readCloudEncryption } from "./encryption.ts";
import { cloudPooling } from "./pooling.ts";
import { type Answers, askForInstances, instancesFacts } from "./read-instances.ts";
import { readCloudReplication } from "./replication.ts";
import { readCloudRoles } from "./roles.ts";
import { readCloudSettings } from "./settings.ts";
import { observeSql, sqlCollector } from "./sql-collector.ts";

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
  const settings = await readCloudSettings(collector);
  const settingsOf = (one: string): Fact<ServerSettings> =>
    settings.get(one) ?? new Missing("unknown", `no settings of ${one}`);
  // Before the crowd: it would have to wait behind it.
  const opening = await readOpening(collector);
  const [backup, pool, roles, encryption, replication, missed] = await Promise.all([
    readBackup(access, answers, instances),
    measurePool(collector, poolersOf(answers.get(part), instances)),
    readCloudRoles(collector, settingsOf(part)),
    readCloudEncryption(collector, settings),
    readCloudReplication(collector, settings),
    observeSql(collector, { name: "the expected objects", needs: [part] }, () =>
      withSession(collector.access, { part, role: "readWrite" }, (session) =>
        readExpectedObjects(session, topology.expected),
      ),
    ),
  ]);
  return {
    ...NOT_ON_GCP,
    access: roles,
    backup,
    connections: { opening, sharing: pool.sharing },
    encryption,
    instances,
    places: places(instances),
    pooling: cloudPooling(topology, instances, settingsOf(part), pool),
    protection: { ...NOTHING_KNOWN.protection, ...CLOUD_DECIDES.protection },
    replication,
    schema: schemaFacts(topology.expected, missed),
    settings: {
      nodes: instancesOf(topology).map((instance) =>
        nodeSettings(instance.part, settingsOf(instance.part), instance.memoryMiB),
      ),
    },
  };
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
