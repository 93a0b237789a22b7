import { EDITION_LIMITS } from "../limits/cloud-sql-editions.ts";
import { INSTANCE_LIMITS } from "../limits/cloud-sql-instances.ts";
import { cloudEdition, type ResolvedCloudReplica, type ResolvedGcp } from "../resolved-gcp.ts";
import type { GcpRule } from "./gcp-rule.ts";

const MIB_PER_GIB = 1024;
/** Key of the primary among the instances. */
const PRIMARY_KEY = "primary";
/** What each replica takes one of on the primary. */
const REPLICATION_FLAGS = ["max_wal_senders", "max_replication_slots"];

function designated({ replicas }: ResolvedGcp): readonly ResolvedCloudReplica[] {
  return replicas.filter(({ purpose }) => purpose === "disaster-recovery");
}

const replicaIsNotThePrimary: GcpRule = ({ replicas }) =>
  replicas
    .filter(({ key }) => key === PRIMARY_KEY)
    .map(({ key }) => ({
      where: `replicas.${key}`,
      got: key,
      want: "a name of its own",
      because: "that is the primary's name",
      fix: "choose another name, such as reports",
    }));

const replicaHasThePrimarysProcessors: GcpRule = ({ replicas, primary }) =>
  replicas
    .filter(({ cpus }) => cpus > 0 && cpus < primary.cpus)
    .map(({ key, cpus, tier }) => ({
      where: `replicas.${key}.size`,
      got: `${cpus} processors (${tier})`,
      want: `at least the primary's ${primary.cpus}`,
      because: "a replica that is slower than the primary falls behind, and must be able to take over",
      fix: `remove replicas.${key}.size, or give it as many`,
    }));

const replicaHasThePrimarysMemory: GcpRule = ({ replicas, primary }) =>
  replicas
    .filter(({ memoryMiB }) => memoryMiB > 0 && memoryMiB < primary.memoryMiB)
    .map(({ key, memoryMiB, tier }) => ({
      where: `replicas.${key}.size`,
      got: `${memoryMiB / MIB_PER_GIB} GiB (${tier})`,
      want: `at least the primary's ${primary.memoryMiB / MIB_PER_GIB} GiB`,
      because: "parameters that follow from memory must not be below the primary's on a replica",
      fix: `remove replicas.${key}.size, or give it as much`,
    }));

const primaryFeedsAllReplicas: GcpRule = ({ replicas, parameters }) => {
  const most = INSTANCE_LIMITS.replicasWithDefaultFlags.bounds.max;
  const allowed = Math.min(...REPLICATION_FLAGS.map((name) => Number(parameters[name] ?? most)));
  if (replicas.length <= allowed) return [];
  return [
    {
      where: "replicas",
      got: `${replicas.length} replicas`,
      want: `at most ${allowed} with these parameters`,
      because: `each takes one of ${REPLICATION_FLAGS.join(" and of ")}`,
      fix: `set both parameters to ${replicas.length + 2}, or remove replicas`,
    },
  ];
};

const designationHasItsEdition: GcpRule = (topology) => {
  if (EDITION_LIMITS.hasAdvancedDisasterRecovery[cloudEdition(topology.edition)]) return [];
  return designated(topology).map(({ key }) => ({
    where: `replicas.${key}.purpose`,
    got: `disaster-recovery in ${topology.edition}`,
    want: "read, or edition: enterprise-plus",
    because: "only enterprise-plus designates a replica and switches over to it without loss",
    fix: "set edition: enterprise-plus, or use backup.secondCopy against the loss of the region",
  }));
};

const oneReplicaIsDesignated: GcpRule = (topology) =>
  designated(topology)
    .slice(1)
    .map(({ key }) => ({
      where: `replicas.${key}.purpose`,
      got: "a second disaster-recovery replica",
      want: "one",
      because: "primary and designated replica are a pair",
      fix: `remove replicas.${key}`,
    }));

// "Enabling automated backups, along with transaction logging, is also required for some operations, such as clone and
// replica creation": https://docs.cloud.google.com/sql/docs/postgres/backup-recovery/backups
const replicasHaveTheirLogs: GcpRule = ({ replicas, backup }) => {
  if (backup !== undefined || replicas.length === 0) return [];
  return [
    {
      where: "replicas",
      got: `${replicas.map(({ key }) => key).join(", ")} with backup.enabled: false`,
      want: "backups with their transaction logs",
      because: "the cloud makes replicas of a primary that has both",
      fix: "remove backup.enabled, or the replicas",
    },
  ];
};

/** What replicas there may be. */
export const REPLICA_RULES = {
  replicaIsNotThePrimary,
  replicaHasThePrimarysProcessors,
  replicaHasThePrimarysMemory,
  primaryFeedsAllReplicas,
  designationHasItsEdition,
  oneReplicaIsDesignated,
  replicasHaveTheirLogs,
} satisfies Readonly<Record<string, GcpRule>>;
