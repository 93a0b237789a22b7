import type { AlertsFacts, AlertFacts, Watched, WatchedServer } from "../../../requirements/facts/alerts.ts";
import { type Fact, type Known, UNKNOWN } from "../../../requirements/known.ts";
import { isPostgres, primariesOf } from "../gcp/primaries.ts";
import { GCP_TYPES, ofTypes } from "../gcp/resource-types.ts";
import { mapKnown, object, objects, type Planned, type PlannedResource, text } from "../planned-resource.ts";

const CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";
const MONITOR = "digitalocean:index/monitorAlert:MonitorAlert";

/** Types that {@link alertsFacts} come from. */
export const ALERT_TYPES: readonly string[] = [
  GCP_TYPES.instance,
  GCP_TYPES.bucket,
  GCP_TYPES.alert,
  GCP_TYPES.logMetric,
  GCP_TYPES.auditConfig,
  GCP_TYPES.workflow,
  GCP_TYPES.timer,
  GCP_TYPES.job,
  CLUSTER,
  MONITOR,
];

/** What a condition is about, in Cloud Monitoring's names of metrics, which Prometheus writes with other separators. */
const METRICS: Readonly<Record<Watched, RegExp>> = {
  // https://cloud.google.com/monitoring/api/metrics_gcp_c#gcp-cloudsql
  cpu: /database.cpu.utilization/,
  disk: /database.disk.(utilization|bytes_used|quota)/,
  memory: /database.memory.(utilization|usage|total_usage|components)/,
  connections: /database.(postgresql.num_backends|network.connections)/,
  "replication lag": /database.(postgresql.)?(replication|external_sync).*(lag|delay)/,
};
/** https://docs.digitalocean.com/reference/api/digitalocean/#tag/Monitoring */
const CLUSTER_ALERTS: Readonly<Record<string, Watched>> = {
  "v1/dbaas/alerts/cpu_alerts": "cpu",
  "v1/dbaas/alerts/memory_utilization_alerts": "memory",
  "v1/dbaas/alerts/disk_utilization_alerts": "disk",
};
/** Calls of Cloud SQL's API that read a backup back, and the tool that reads a dump. */
const RESTORES = /instances[./:]?(clone|restoreBackup|import)|\/(clone|restoreBackup|import)\b|pg_restore/;

/** What somebody is told of in either cloud, and what is tried out. */
export function alertsFacts(resources: readonly PlannedResource[]): AlertsFacts {
  const policies = policiesOf(resources);
  const monitors = monitorsOf(resources);
  const instances = ofTypes(resources, [GCP_TYPES.instance]).filter(isPostgres);
  const clusters = resources.filter(({ props, type }) => type === CLUSTER && (props.engine ?? "pg") === "pg");
  const told = policies.map(toldQueries);
  const [changesTold, grantsTold] = ["cloudsql.instances.update", "storage.setIamPermissions"].map((call) =>
    isTold(resources, policies, call),
  ) as [Fact<boolean>, Fact<boolean>];
  const audited = accessAudited(resources);
  const isDrilled = drilled(resources);
  return {
    servers: [
      ...instances.map((instance): WatchedServer => ({
        name: instance.name,
        wanted: wantedOf(instance),
        watched: watchedInstance(instance, told),
      })),
      ...clusters.map((cluster): WatchedServer => ({
        name: cluster.name,
        wanted: ["cpu", "disk", "memory"] as const,
        watched: watchedCluster(cluster, monitors),
      })),
    ],
    databases: primariesOf(resources).map(({ name }) => ({
      name,
      changesTold,
      drilled: isDrilled,
    })),
    buckets: ofTypes(resources, [GCP_TYPES.bucket]).map(({ name }) => ({
      name,
      grantsTold,
      accessAudited: audited,
    })),
    alerts: alertsOf(resources),
  };
}

/** Each alert that is on, and whether it has somebody to tell. */
export function alertsOf(resources: readonly PlannedResource[]): readonly AlertFacts[] {
  return [...policiesOf(resources).map(toldByChannel), ...monitorsOf(resources).map(toldByAddress)];
}

function policiesOf(resources: readonly PlannedResource[]): readonly PlannedResource[] {
  return ofTypes(resources, [GCP_TYPES.alert]).filter(({ props }) => props.enabled !== false);
}

function monitorsOf(resources: readonly PlannedResource[]): readonly PlannedResource[] {
  return resources.filter(({ props, type }) => type === MONITOR && props.enabled !== false);
}

/** A replica that falls behind is found out by its lag only. */
function wantedOf({ props }: PlannedResource): readonly Watched[] {
  const common = ["cpu", "disk", "connections"] as const;
  return text(props, "masterInstanceName") === undefined ? common : [...common, "replication lag"];
}

/** The queries of an alert, each with what it watches. */
interface ToldQueries {
  readonly policy: PlannedResource;
  readonly queries: Known<readonly { readonly query: string; readonly watches: readonly Watched[] }[]>;
}

function toldQueries(policy: PlannedResource): ToldQueries {
  return {
    policy,
    queries: mapKnown(queriesOf(policy), (queries) =>
      queries.map((query) => ({
        query,
        watches: (Object.keys(METRICS) as Watched[]).filter((what) => METRICS[what].test(query)),
      })),
    ),
  };
}

/** Of the conditions that are about every instance, or about this one by its name. */
function watchedInstance(instance: PlannedResource, told: readonly ToldQueries[]): Fact<readonly Watched[]> {
  const own = told.flatMap(({ policy, queries }) =>
    queries === UNKNOWN ? [] : queries.filter(({ query }) => isAbout(query, instance, policy)),
  );
  const watched = [...new Set(own.flatMap(({ watches }) => watches))];
  const missing = wantedOf(instance).some((what) => !watched.includes(what));
  return missing && told.some(({ queries }) => queries === UNKNOWN) ? UNKNOWN : watched;
}

function isAbout(query: string, { props, urn }: PlannedResource, { dependencies }: PlannedResource): boolean {
  if (!query.includes("database_id")) return true;
  if (typeof props.name === "string" && query.includes(props.name)) return true;
  return (dependencies?.conditions ?? []).some((one) => one.urn === urn);
}

/** The filter or the query of each condition. */
function queriesOf({ props }: PlannedResource): Known<readonly string[]> {
  return mapKnown(objects(props, "conditions"), (conditions) => {
    const bodies = conditions.flatMap((condition) => Object.values(condition));
    const texts = bodies.flatMap((body): Planned[] =>
      typeof body === "object" && body !== null
        ? ["filter", "query"].map((name) => (body as Record<string, Planned>)[name])
        : body === UNKNOWN
          ? [UNKNOWN]
          : [],
    );
    return texts.includes(UNKNOWN) ? UNKNOWN : texts.filter((one) => typeof one === "string");
  });
}

function watchedCluster(cluster: PlannedResource, monitors: readonly PlannedResource[]): Fact<readonly Watched[]> {
  const told = monitors.map((monitor): { what: Known<Watched | undefined>; own: Known<boolean> } => ({
    what: mapKnown(text(monitor.props, "type"), (type = "") => CLUSTER_ALERTS[type]),
    own: isOf(monitor, cluster),
  }));
  const watched = told.flatMap(({ own, what }) =>
    own === true && what !== undefined && what !== UNKNOWN ? [what] : [],
  );
  const unsure = told.some(
    ({ own, what }) => what === UNKNOWN || (own === UNKNOWN && what !== undefined && !watched.includes(what)),
  );
  return unsure ? UNKNOWN : watched;
}

/** An id is not known before its cluster is made; where it comes from is. */
function isOf({ dependencies, props }: PlannedResource, cluster: PlannedResource): Known<boolean> {
  if ((dependencies?.entities ?? []).some(({ urn }) => urn === cluster.urn)) return true;
  const entities: readonly Planned[] = Array.isArray(props.entities) ? props.entities : [props.entities];
  if (typeof cluster.props.id === "string" && entities.includes(cluster.props.id)) return true;
  const isElsewhere = dependencies !== undefined && entities.includes(UNKNOWN);
  return isElsewhere || entities.every((one) => one === undefined) || typeof cluster.props.id === "string"
    ? false
    : UNKNOWN;
}

/** By a condition on the log, or by one on a metric that a log makes. */
function isTold(
  resources: readonly PlannedResource[],
  policies: readonly PlannedResource[],
  call: string,
): Fact<boolean> {
  const queries = policies.map(queriesOf);
  const said = queries.flatMap((one) => (one === UNKNOWN ? [] : one));
  const logged = ofTypes(resources, [GCP_TYPES.logMetric]);
  const metrics = logged.filter(({ props }) => typeof props.filter === "string" && props.filter.includes(call));
  const byMetric = metrics.some(({ props, urn }) =>
    policies.some(
      ({ dependencies }, index) =>
        (dependencies?.conditions ?? []).some((one) => one.urn === urn) ||
        (typeof props.name === "string" &&
          (queries[index] ?? UNKNOWN) !== UNKNOWN &&
          said.some((query) => query.includes(`user/${props.name as string}`))),
    ),
  );
  if (byMetric || said.some((query) => query.includes(call))) return true;
  return queries.includes(UNKNOWN) || logged.some(({ props }) => props.filter === UNKNOWN) ? UNKNOWN : false;
}

/** Something that begins by itself, and calls what restores. */
function drilled(resources: readonly PlannedResource[]): Fact<boolean> {
  const doers = ofTypes(resources, [GCP_TYPES.workflow, GCP_TYPES.timer, GCP_TYPES.job]);
  if (doers.some(({ props }) => RESTORES.test(JSON.stringify(props)))) return true;
  return doers.some(({ props }) => props.sourceContents === UNKNOWN) ? UNKNOWN : false;
}

/** https://cloud.google.com/storage/docs/audit-logging */
function accessAudited(resources: readonly PlannedResource[]): Fact<boolean> {
  const logged = ofTypes(resources, [GCP_TYPES.auditConfig])
    .filter(({ props }) => ["allServices", "storage.googleapis.com", UNKNOWN].includes(props.service as string))
    .map(({ props }) => (props.service === UNKNOWN ? UNKNOWN : objects(props, "auditLogConfigs")));
  const types = logged.flatMap((list) => (list === UNKNOWN ? [] : list.map(({ logType }) => logType)));
  if (types.includes("DATA_READ") && types.includes("DATA_WRITE")) return true;
  return logged.includes(UNKNOWN) || types.includes(UNKNOWN) ? UNKNOWN : false;
}

function toldByChannel({ name, props }: PlannedResource): AlertFacts {
  return { name, told: isFilled(props.notificationChannels) };
}

function toldByAddress({ name, props }: PlannedResource): AlertFacts {
  return {
    name,
    told: mapKnown(object(props, "alerts"), (alerts) => {
      const ways = [isFilled(alerts.emails), isFilled(alerts.slacks)];
      return ways.includes(true) ? true : ways.includes(UNKNOWN) ? UNKNOWN : false;
    }),
  };
}

/** An address that is not known yet is one. */
function isFilled(list: Planned): Known<boolean> {
  if (list === undefined || list === null) return false;
  return Array.isArray(list) ? list.length > 0 : UNKNOWN;
}
