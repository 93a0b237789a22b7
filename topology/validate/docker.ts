import type { Issue } from "../issue.ts";
import { publishedPorts } from "../published-ports.ts";
import type { ResolvedDocker } from "../resolved-docker.ts";
import type { TopologySpec } from "../spec.ts";
import { dataDatabaseIssues } from "./data-database.ts";
import { databaseNameIssues } from "./database-name.ts";
import { missingBackupIssues } from "./missing-backups.ts";
import { modeIssues } from "./mode.ts";
import { dockerObjectiveIssues } from "./objectives.ts";
import { serverParameterIssues } from "./server-parameters.ts";

const LONGEST_REPLICA_NAME = 40;
const RESERVED_REPLICA_NAMES = new Set(["primary", "pooler", "scheduler"]);

/** What does not fit together on Docker, in the order of the fields. */
export function validateDocker(spec: TopologySpec, topology: ResolvedDocker): Issue[] {
  return [
    ...databaseNameIssues(topology),
    ...dataDatabaseIssues(topology, topology.data),
    ...modeIssues(spec),
    ...replicaIssues(topology),
    ...portIssues(topology),
    ...addressIssues(topology),
    ...serverParameterIssues("parameters", spec.parameters ?? {}, topology.version),
    ...serverParameterIssues("data.parameters", spec.data?.parameters ?? {}, topology.version),
    ...slotIssues(topology),
    ...missingBackupIssues(topology),
    ...windowIssues(spec, topology),
    ...dockerObjectiveIssues(topology),
  ];
}

function replicaIssues({ replicas }: ResolvedDocker): Issue[] {
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

function portIssues(topology: ResolvedDocker): Issue[] {
  const first = new Map<number, string>();
  const issues: Issue[] = [];
  for (const { where, port } of publishedPorts(topology)) {
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

function addressIssues({ address }: ResolvedDocker): Issue[] {
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

function slotIssues({ replicas, parameters }: ResolvedDocker): Issue[] {
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

/** Here the window is the backups' own: it is never shorter, and can't be longer. */
function windowIssues(spec: TopologySpec, { backup }: ResolvedDocker): Issue[] {
  const days = spec.backup?.pointInTimeDays;
  if (backup === undefined || days === undefined || days <= backup.retentionDays) return [];
  return [
    {
      where: "backup.pointInTimeDays",
      got: String(days),
      want: `at most ${backup.retentionDays}, which is backup.retentionDays`,
      because: "WAL is kept as long as the backups that it belongs to",
      fix: `raise backup.retentionDays to ${days}, or remove it`,
    },
  ];
}
