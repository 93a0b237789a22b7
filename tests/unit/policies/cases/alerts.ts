import type { PlanCase } from "../plan-case.ts";
import { type SentResource, UNKNOWN_TEXT } from "../policy-rpc.ts";
import { bucket, gcp, primary, type SentOptions, sent } from "./gcp-resources.ts";

const METRICS = {
  cpu: "cloudsql.googleapis.com/database/cpu/utilization",
  disk: "cloudsql.googleapis.com/database/disk/utilization",
  connections: "cloudsql.googleapis.com/database/postgresql/num_backends",
  lag: "cloudsql.googleapis.com/database/replication/replica_lag",
};

function alert(name: string, filters: readonly string[], change: object = {}, options: SentOptions = {}): SentResource {
  const conditions = filters.map((filter) => ({ displayName: name, conditionThreshold: { filter, comparison: "GT" } }));
  return gcp(
    "alert",
    name,
    { displayName: name, combiner: "OR", conditions, notificationChannels: ["c"], ...change },
    options,
  );
}

function onMetrics(...metrics: readonly string[]): SentResource {
  return alert(
    "alert",
    metrics.map((metric) => `metric.type="${metric}" resource.type="cloudsql_database"`),
  );
}

const { connections, cpu, disk, lag } = METRICS;
const replica: SentResource = {
  ...primary({ name: "app-replica-x", masterInstanceName: "app-primary-x" }, { timeouts: { create: 21_600 } }),
  name: "app-replica",
};

const CLUSTER = sent("digitalocean:index/databaseCluster:DatabaseCluster", "cluster", { engine: "pg", region: "nyc3" });
function monitor(type: string, change: object = {}): SentResource {
  const props = { type: `v1/dbaas/alerts/${type}`, entities: [UNKNOWN_TEXT], alerts: { emails: ["a@example.com"] } };
  return sent(
    "digitalocean:index/monitorAlert:MonitorAlert",
    type,
    { ...props, ...change },
    { dependencies: { entities: ["cluster"] } },
  );
}
const MONITORS = ["cpu_alerts", "memory_utilization_alerts", "disk_utilization_alerts"].map((type) => monitor(type));

const CHANGES = 'protoPayload.methodName="cloudsql.instances.update"';
const GRANTS = 'protoPayload.methodName="storage.setIamPermissions"';

function onLog(filter: string): SentResource[] {
  return [
    gcp("logMetric", "metric", { name: "changes", filter }),
    alert("alert", ['metric.type="logging.googleapis.com/user/changes"']),
  ];
}

function audit(...types: readonly string[]): SentResource {
  const auditLogConfigs = types.map((logType) => ({ logType }));
  return gcp("auditConfig", "audit", { service: "allServices", auditLogConfigs });
}

const DRILL = gcp("workflow", "drill", {
  region: "europe-west1",
  sourceContents: "main: { steps: [ { copy: { call: googleapis.sqladmin.v1.instances.clone } } ] }",
});

export const CASES: readonly PlanCase[] = [
  {
    id: "alerts/complete",
    // A replica of its own is not what these are about.
    settings: { floors: { minReplicas: 0 } },
    good: [primary(), replica, onMetrics(cpu, disk, connections, lag), CLUSTER, ...MONITORS],
    bad: [
      { why: "none", resources: [primary(), replica], says: /^app-primary: got no alert for cpu, disk, connections/ },
      {
        why: "turned off",
        resources: [primary(), replica, alert("alert", [cpu, disk, connections, lag], { enabled: false })],
        says: /^app-primary: got no alert for cpu, disk, connections/,
      },
      {
        why: "one is missing",
        resources: [primary(), replica, onMetrics(cpu, connections, lag)],
        says: /^app-primary: got no alert for disk,/,
      },
      {
        why: "another instance's",
        resources: [
          primary(),
          replica,
          alert(
            "alert",
            [cpu, disk, connections].map((one) => `metric.type="${one}" resource.labels.database_id="example:other"`),
          ),
        ],
        says: /^app-primary: got no alert for cpu/,
      },
      {
        why: "a replica's lag",
        resources: [primary(), replica, onMetrics(cpu, disk, connections)],
        at: "app-replica",
        says: /^app-replica: got no alert for replication lag/,
      },
      {
        why: "a cluster's memory",
        resources: [CLUSTER, ...MONITORS.slice(0, 1)],
        says: /^cluster: got no alert for disk, memory/,
      },
    ],
    unknown: [primary(), gcp("alert", "alert", { conditions: UNKNOWN_TEXT, notificationChannels: ["c"] })],
  },
  {
    id: "alerts/somebody-told",
    good: [onMetrics(lag), ...MONITORS],
    bad: [
      {
        why: "no channel",
        resources: [alert("alert", [lag], { notificationChannels: [] })],
        says: /^alert: got nobody/,
      },
      {
        why: "no address",
        resources: [monitor("cpu_alerts", { alerts: { emails: [] } })],
        says: /^cpu_alerts: got nobody who is told/,
      },
    ],
    unknown: [alert("alert", [lag], { notificationChannels: UNKNOWN_TEXT })],
  },
  {
    id: "alerts/configuration-changes",
    good: [primary(), ...onLog(CHANGES)],
    bad: [
      {
        why: "no alert",
        resources: [primary(), ...onLog(CHANGES).slice(0, 1)],
        says: /^app-primary: got no alert on cloudsql/,
      },
      {
        why: "of something else",
        resources: [primary(), ...onLog(GRANTS)],
        says: /^app-primary: got no alert on cloudsql/,
      },
    ],
    unknown: [primary(), gcp("alert", "alert", { conditions: UNKNOWN_TEXT, notificationChannels: ["c"] })],
  },
  {
    id: "alerts/bucket-grants",
    good: [
      bucket(),
      alert("alert", [], { conditions: [{ displayName: "d", conditionMatchedLog: { filter: GRANTS } }] }),
    ],
    bad: [{ why: "none", resources: [bucket()], says: /^exports: got no alert on storage/ }],
    unknown: [bucket(), gcp("alert", "alert", { conditions: UNKNOWN_TEXT, notificationChannels: ["c"] })],
  },
  {
    id: "alerts/bucket-access-audited",
    good: [bucket(), audit("DATA_READ", "DATA_WRITE")],
    bad: [
      { why: "none", resources: [bucket()], says: /^exports: got no audit/ },
      { why: "reads are missing", resources: [bucket(), audit("DATA_WRITE")], says: /^exports: got no audit/ },
    ],
    unknown: [bucket(), audit("DATA_READ", UNKNOWN_TEXT)],
  },
  {
    id: "alerts/restore-drill",
    good: [primary(), DRILL],
    bad: [{ why: "none", resources: [primary()], says: /^app-primary: got nothing that restores a backup/ }],
  },
];
