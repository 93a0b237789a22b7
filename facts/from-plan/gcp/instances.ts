import type { BackupFacts } from "../../../requirements/facts/backup.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import type { InstanceFacts, InstancesFacts } from "../../../requirements/facts/instances.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import type { Place, PlacesFacts } from "../../../requirements/facts/places.ts";
import type { PoolingFacts } from "../../../requirements/facts/pooling.ts";
import type { NodeSettings } from "../../../requirements/facts/settings.ts";
import { type Fact, isKnown, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { instancesAbove } from "../../../requirements/instances/each-instance.ts";
import type { Topic } from "../../../requirements/requirement.ts";
import { defaultMaxConnections, reservedConnections } from "../../../topology/limits/cloud-sql-connections.ts";
import { CLOUD_LABELS } from "../../../topology/names.ts";
import { CLOUD_DECIDES } from "../../platform-decides.ts";
import { settingsFromFlags } from "../../cloud-sql-facts.ts";
import { settingNumber } from "../../setting-units.ts";
import type { PlanContext } from "../docker.ts";
import type { PlannedResource } from "../planned-resource.ts";
import { readOnce } from "../read-once.ts";
import type { PlanOfOne, TopicsAlone } from "../topics-alone.ts";
import { Block } from "./block.ts";
import { plannedInstance } from "./database-instance.ts";
import { INSTANCE_DEFAULTS } from "./instance-defaults.ts";
import { designatedBy, followedBy, instanceNames, labelsOf, partOf, postgresInstances } from "./instance-names.ts";

/** What instances tell about: of each by itself, and of all of them together. */
export const INSTANCE_TOPICS = {
  perResource: ["instances", "backup", "pooling", "settings"],
  whole: ["places"],
} as const satisfies Readonly<Record<string, readonly Topic[]>>;

/** A replica that is to take over says so by this value of the label of its purpose: no input of the provider does. */
const TAKES_OVER = "disaster-recovery";

const REPLICAS = new Missing("not-applicable", "it is the primary's, which a replica follows");
const NO_INSTANCE = new Missing("not-applicable", "the plan has no instance");
const NO_BACKUP = noBackup(NO_INSTANCE);
const REPLICAS_BACKUP = noBackup(REPLICAS);
const CLOUDS_OWN = new Missing("not-applicable", "Cloud SQL sets it by itself");

/** What planned Cloud SQL instances will be, made by this project's components or by anybody's. */
export function factsOfInstances(
  resources: readonly PlannedResource[],
  context: Pick<PlanContext, "now">,
): Pick<FactsByTopic, "backup" | "instances" | "places" | "pooling" | "settings"> {
  const own = instancesOf(resources, context);
  return {
    instances: own.facts,
    backup: backup(own),
    pooling: pooling(own.facts.instances),
    settings: settingsOf(own),
    places: { ...NOTHING_KNOWN.places, ...places(own.facts.instances) },
  };
}

interface OwnInstances {
  readonly planned: readonly PlannedResource[];
  readonly facts: InstancesFacts & { readonly instances: readonly InstanceFacts[] };
}

/** Without where they are to each other. */
function instancesOf(resources: readonly PlannedResource[], { now }: Pick<PlanContext, "now">): OwnInstances {
  const planned = postgresInstances(resources);
  const names = instanceNames(planned);
  const designations = new Set(planned.map((one) => designatedBy(one, names)).filter((one) => one !== undefined));
  const instances = planned.map((one) => {
    const part = partOf(one);
    const follows = followedBy(one, names);
    const takesOver = labelsOf(one.props).text(CLOUD_LABELS.purpose, "") === TAKES_OVER || designations.has(part);
    const role = follows === undefined ? "primary" : takesOver ? "disaster-recovery" : "read";
    return plannedInstance(one, { part, role, follows, now });
  });
  return { planned, facts: { instances, designated: [...designations][0] } };
}

const instanceAlone = readOnce(({ context, resources }: PlanOfOne) => instancesOf(resources, context));

/** What one instance will be, without what stands around it. */
export const INSTANCE_ALONE = {
  instances: (plan) => instanceAlone(plan).facts,
  backup: (plan) => backup(instanceAlone(plan)),
  pooling: (plan) => pooling(instanceAlone(plan).facts.instances),
  settings: (plan) => settingsOf(instanceAlone(plan)),
} as const satisfies TopicsAlone;

function noBackup(why: Missing): BackupFacts {
  return Object.fromEntries(Object.keys(NOTHING_KNOWN.backup).map((name) => [name, why])) as unknown as BackupFacts;
}

/** Of the primary; a replica by itself has none. */
function backup({ facts: { instances }, planned }: OwnInstances): BackupFacts {
  const primary = planned[instances.findIndex(({ role }) => role === "primary")];
  const [first] = instances;
  if (primary === undefined) return first === undefined ? NO_BACKUP : REPLICAS_BACKUP;
  const own = Block.of(primary.props).block("settings").block("backupConfiguration");
  const enabled = own.flag("enabled", INSTANCE_DEFAULTS.backupEnabled);
  const cloud: BackupFacts = { ...NOTHING_KNOWN.backup, ...CLOUD_DECIDES.backup, enabled };
  if (enabled === false) return cloud;
  // One backup a day; Cloud SQL encrypts all of it: https://cloud.google.com/sql/docs/postgres/data-residency-overview
  const retentionDays = first?.role === "primary" ? first.retainedBackups : UNKNOWN;
  return { ...cloud, retentionDays, encrypted: true, scheduled: true };
}

function places(instances: readonly InstanceFacts[]): Partial<PlacesFacts> {
  const primaries = instances.filter(({ role }) => role === "primary");
  // Of several, one whose backups are in its own region is told before another.
  const primary = primaries.find(({ backupLocation, region }) => backupLocation === region) ?? primaries[0];
  const of = (role: InstanceFacts["role"]): Place[] =>
    instances
      .filter((one) => one.role === role)
      .map((one) => {
        const above = instancesAbove(one, instances).find(({ role: other }) => other === "primary");
        return {
          what: one.part,
          region: one.region,
          ...(primaries.length > 1 && { primary: above?.region ?? UNKNOWN }),
        };
      });
  return {
    primary: primary?.region ?? NO_INSTANCE,
    readReplicas: of("read"),
    disasterRecovery: of("disaster-recovery"),
    backups: primary === undefined ? NO_INSTANCE : primary.backupLocation,
  };
}

/** One instance's pooler; of several, the writer's is the primary's. */
function pooling(instances: readonly InstanceFacts[]): PoolingFacts {
  const writer = instances.find(({ role }) => role === "primary") ?? instances[0];
  const reader = instances.find(({ role }) => role === "read") ?? writer;
  const cloud = { ...NOTHING_KNOWN.pooling, ...CLOUD_DECIDES.pooling };
  if (writer === undefined || reader === undefined) return { ...cloud, enabled: NO_INSTANCE };
  if (writer.pooling !== true) return { ...cloud, enabled: writer.pooling };
  const { poolFlags } = writer;
  return {
    ...cloud,
    enabled: true,
    mode: isKnown(poolFlags) ? (poolFlags.pool_mode ?? INSTANCE_DEFAULTS.poolMode) : UNKNOWN,
    writerPoolSize: poolNumber(writer, "max_pool_size"),
    readerPoolSize: poolNumber(reader, "max_pool_size"),
    maxClients: poolNumber(writer, "max_client_connections"),
    maxPreparedStatements: poolNumber(writer, "max_prepared_statements"),
    serverConnections: serverConnections(writer),
  };
}

function poolNumber({ poolFlags }: InstanceFacts, name: string): Fact<number> {
  return isKnown(poolFlags) ? settingNumber(poolFlags[name] ?? "") : UNKNOWN;
}

/** What applications get; unless the flag is set, Cloud SQL takes it from the memory. */
function serverConnections({ flags, memoryMiB }: InstanceFacts): Fact<number> {
  if (!isKnown(flags)) return UNKNOWN;
  const set = flags.max_connections;
  const all = set === undefined ? isKnown(memoryMiB) && defaultMaxConnections(memoryMiB) : settingNumber(set);
  return typeof all === "number" ? all - reservedConnections() : UNKNOWN;
}

function settingsOf({ facts }: OwnInstances): FactsByTopic["settings"] {
  return { nodes: facts.instances.map(settings) };
}

/** Where a flag is not set, Cloud SQL has a value of its own; some of them are no flags at all. */
function settings({ flags, memoryMiB, part }: InstanceFacts): NodeSettings {
  const own = settingsFromFlags({ part, memoryMiB: isKnown(memoryMiB) ? memoryMiB : 0 }, isKnown(flags) ? flags : {});
  return {
    ...own,
    memoryMiB,
    fsync: CLOUDS_OWN,
    fullPageWrites: CLOUDS_OWN,
    statementStatistics: CLOUDS_OWN,
    ...(isKnown(flags) && flags.shared_buffers === undefined && { sharedBuffersMiB: CLOUDS_OWN }),
  };
}
