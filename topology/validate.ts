import type { Issue } from "./issue.ts";
import { refusedParameter } from "./parameters.ts";
import { nodesOf, type ResolvedTopology } from "./resolved.ts";
import type { TopologySpec } from "./spec.ts";

/** Connections that verification, the scheduler, roles and an operator may need beside the pools. */
const ADMINISTRATIVE_CONNECTIONS = 10;
const LONGEST_REPLICA_NAME = 40;
const RESERVED_REPLICA_NAMES = new Set(["primary", "pooler", "scheduler"]);
const RESERVED_DATABASES = new Set([
  "postgres",
  "template0",
  "template1",
  "pgbouncer",
  "monitor",
  "replicator",
  "pooler",
]);

/** Every mistake at once, in the order of the fields; none means that the topology can be made. */
export function validateTopology(spec: TopologySpec, topology: ResolvedTopology): Issue[] {
  return [
    ...databaseIssues(topology),
    ...replicaIssues(topology),
    ...portIssues(topology),
    ...addressIssues(topology),
    ...parameterIssues(spec),
    ...numericParameterIssues(topology),
    ...connectionIssues(topology),
    ...slotIssues(topology),
    ...backupIssues(topology),
  ];
}

function databaseIssues({ database }: ResolvedTopology): Issue[] {
  if (!RESERVED_DATABASES.has(database)) return [];
  return [
    {
      where: "database",
      got: database,
      want: "a name of the application's own",
      because: "that name is taken by PostgreSQL, PgBouncer or a role of the topology",
      fix: "choose another name, such as app",
    },
  ];
}

function replicaIssues({ replicas }: ResolvedTopology): Issue[] {
  const issues: Issue[] = [];
  for (const { key } of replicas) {
    if (key.length > LONGEST_REPLICA_NAME || RESERVED_REPLICA_NAMES.has(key)) {
      issues.push({
        where: `replicas.${key}`,
        got: `a name of ${key.length} characters`,
        want: `at most ${LONGEST_REPLICA_NAME} characters, and none of ${[...RESERVED_REPLICA_NAMES].join(", ")}`,
        because: "it becomes part of host names and of the replication slot's name (at most 63 characters)",
        fix: "choose a shorter name of its own",
      });
    }
  }
  return issues;
}

function portIssues(topology: ResolvedTopology): Issue[] {
  const places = nodesOf(topology).map((node) => ({
    where: node.key === "primary" ? "ports.primary" : `replicas.${node.key}.port`,
    port: node.port,
  }));
  if (topology.pooling !== undefined) places.push({ where: "ports.pooler", port: topology.pooling.port });
  const first = new Map<number, string>();
  const issues: Issue[] = [];
  for (const { where, port } of places) {
    const other = first.get(port);
    if (other === undefined) {
      first.set(port, where);
      continue;
    }
    issues.push({
      where,
      got: String(port),
      want: "a port that no other part of the topology has",
      because: `${other} has it`,
      fix: `give ${where} another port`,
    });
  }
  return issues;
}

function addressIssues({ address }: ResolvedTopology): Issue[] {
  if (/^(\d{1,3}\.){3}\d{1,3}$/.test(address) && address.split(".").every((part) => Number(part) <= 255)) return [];
  return [
    {
      where: "ports.address",
      got: address,
      want: "an IPv4 address of this machine",
      fix: "use 127.0.0.1, or 0.0.0.0 to be reachable from other machines",
    },
  ];
}

function parameterIssues(spec: TopologySpec): Issue[] {
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(spec.parameters ?? {})) {
    const where = `parameters.${name}`;
    const instead = refusedParameter(name);
    if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name)) {
      issues.push({ where, got: name, want: "a parameter's name, in lower case", fix: "see the names in pg_settings" });
    } else if (instead !== undefined) {
      issues.push({
        where,
        got: String(value),
        want: "not to be set here: the topology decides it",
        because: instead,
        fix: `remove it${instead.includes(" ") ? "" : `, and set ${instead}`}`,
      });
    } else if (/[\n\r\0]/.test(String(value))) {
      issues.push({ where, got: "more than one line", want: "one line", fix: "remove the line break" });
    }
  }
  return issues;
}

const COUNTS = [
  "max_connections",
  "superuser_reserved_connections",
  "max_replication_slots",
  "max_wal_senders",
  "max_worker_processes",
  "max_prepared_transactions",
  "max_locks_per_transaction",
];

function numericParameterIssues({ parameters }: ResolvedTopology): Issue[] {
  return COUNTS.flatMap((name) => {
    const value = parameters[name];
    if (value === undefined || /^\d{1,6}$/.test(value)) return [];
    return [{ where: `parameters.${name}`, got: value, want: "a whole number", fix: "give a number without a unit" }];
  });
}

/** X5, first cut: two users (read-write and read-only) may each fill a pool on each server. */
function connectionIssues(topology: ResolvedTopology): Issue[] {
  const { pooling, parameters } = topology;
  if (pooling === undefined) return [];
  const allowed = Number(parameters.max_connections ?? 100) - Number(parameters.superuser_reserved_connections ?? 3);
  const onPrimary = pooling.writerPoolSize + (topology.replicas.length === 0 ? pooling.readerPoolSize : 0);
  const onReplica = topology.replicas.length === 0 ? 0 : pooling.readerPoolSize;
  const needed = 2 * Math.max(onPrimary, onReplica) + ADMINISTRATIVE_CONNECTIONS;
  if (!Number.isFinite(allowed) || needed <= allowed) return [];
  return [
    {
      where: "parameters.max_connections",
      got: `${allowed} connections after the reserved ones`,
      want: `at least ${needed}`,
      because: `2 users × ${Math.max(onPrimary, onReplica)} pooled connections on a server + ${ADMINISTRATIVE_CONNECTIONS} for administration`,
      fix: `raise parameters.max_connections to ${needed + Number(parameters.superuser_reserved_connections ?? 3)}, or lower the pool sizes`,
    },
  ];
}

function slotIssues({ replicas, parameters }: ResolvedTopology): Issue[] {
  const slots = Number(parameters.max_replication_slots);
  const issues: Issue[] = [];
  if (slots < replicas.length) {
    issues.push({
      where: "parameters.max_replication_slots",
      got: String(slots),
      want: `at least ${replicas.length}, one for each replica`,
      fix: `raise it to ${replicas.length + 1}, or remove it`,
    });
  }
  const senders = Number(parameters.max_wal_senders);
  if (senders < 2 * replicas.length) {
    issues.push({
      where: "parameters.max_wal_senders",
      got: String(senders),
      want: `at least ${2 * replicas.length}, two for each replica`,
      because: "a base copy needs one beside the stream",
      fix: `raise it to ${2 * replicas.length + 4}, or remove it`,
    });
  }
  return issues;
}

function backupIssues({ backup, environment }: ResolvedTopology): Issue[] {
  if (backup !== undefined || environment === "local") return [];
  return [
    {
      where: "backup.enabled",
      got: "false",
      want: `true in ${environment}`,
      because: "a database without backups can be lost as a whole",
      fix: "remove backup.enabled",
    },
  ];
}
