// What Cloud SQL would say to replicas is not proven: the tables of limits stand for it.
import { describe } from "mocha";
import { REPLICA_RULES } from "../../../../topology/validate/gcp-replicas.ts";
import { type GcpCase, type GcpWish, testRules } from "../../../support/gcp-cases.ts";

const manyReplicas = (count: number): GcpWish["replicas"] =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`r${index}`, {}]));
const far = { purpose: "disaster-recovery", region: "europe-west4" } as const;
const PLUS: GcpWish = { edition: "enterprise-plus", environment: "local" };

const CASES: Record<keyof typeof REPLICA_RULES, readonly GcpCase[]> = {
  replicaIsNotThePrimary: [
    {
      title: "a replica with the primary's name",
      good: { replicas: { second: {} } },
      bad: { replicas: { primary: {} } },
      text: `replicas.primary
    got: primary
    want: a name of its own
    because: that is the primary's name
    fix: choose another name, such as reports`,
    },
  ],
  replicaHasThePrimarysProcessors: [
    {
      title: "a replica with fewer processors than the primary",
      good: { size: { tier: "db-custom-4-8192" }, replicas: { a: { size: { tier: "db-custom-4-8192" } } } },
      bad: { size: { tier: "db-custom-4-8192" }, replicas: { a: { size: { tier: "db-custom-2-8192" } } } },
      text: `replicas.a.size
    got: 2 processors (db-custom-2-8192)
    want: at least the primary's 4
    because: a replica that is slower than the primary falls behind, and must be able to take over
    fix: remove replicas.a.size, or give it as many`,
    },
  ],
  replicaHasThePrimarysMemory: [
    {
      title: "a replica with less memory than the primary",
      good: { replicas: { a: { size: { cpus: 2, memoryGiB: 8 } } } },
      bad: { replicas: { a: { size: { cpus: 2, memoryGiB: 7.5 } } } },
      text: `replicas.a.size
    got: 7.5 GiB (db-custom-2-7680)
    want: at least the primary's 8 GiB
    because: parameters that follow from memory must not be below the primary's on a replica
    fix: remove replicas.a.size, or give it as much`,
    },
  ],
  primaryFeedsAllReplicas: [
    {
      title: "more replicas than the primary can feed",
      good: { replicas: manyReplicas(10) },
      bad: { replicas: manyReplicas(11) },
      text: `replicas
    got: 11 replicas
    want: at most 10 with these parameters
    because: each takes one of max_wal_senders and of max_replication_slots
    fix: set both parameters to 13, or remove replicas`,
    },
    {
      title: "that one of two parameters was not raised",
      good: { replicas: manyReplicas(11), parameters: { max_wal_senders: 13, max_replication_slots: 13 } },
      bad: { replicas: manyReplicas(11), parameters: { max_wal_senders: 13 } },
      text: `replicas
    got: 11 replicas
    want: at most 10 with these parameters
    because: each takes one of max_wal_senders and of max_replication_slots
    fix: set both parameters to 13, or remove replicas`,
    },
  ],
  designationHasItsEdition: [
    {
      title: "a disaster-recovery replica in the edition that has none",
      good: { ...PLUS, replicas: { far } },
      bad: { replicas: { far } },
      text: `replicas.far.purpose
    got: disaster-recovery in enterprise
    want: read, or edition: enterprise-plus
    because: only enterprise-plus designates a replica and switches over to it without loss
    fix: set edition: enterprise-plus, or use backup.secondCopy against the loss of the region`,
    },
  ],
  oneReplicaIsDesignated: [
    {
      title: "a second disaster-recovery replica",
      good: { ...PLUS, replicas: { far, near: {} } },
      bad: { ...PLUS, replicas: { far, further: { ...far, region: "europe-west3" } } },
      text: `replicas.further.purpose
    got: a second disaster-recovery replica
    want: one
    because: primary and designated replica are a pair
    fix: remove replicas.further`,
    },
  ],
  replicasHaveTheirLogs: [
    {
      title: "replicas without transaction logs",
      good: { environment: "local", backup: { enabled: false } },
      bad: { environment: "local", replicas: { near: {}, spare: {} }, backup: { enabled: false } },
      text: `replicas
    got: near, spare with backup.enabled: false
    want: backups with their transaction logs
    because: the cloud makes replicas of a primary that has both
    fix: remove backup.enabled, or the replicas`,
    },
    {
      title: "a disaster-recovery replica without transaction logs",
      good: { ...PLUS, replicas: { far } },
      bad: { ...PLUS, replicas: { far }, backup: { enabled: false } },
      text: `replicas
    got: far with backup.enabled: false
    want: backups with their transaction logs
    because: the cloud makes replicas of a primary that has both
    fix: remove backup.enabled, or the replicas`,
    },
  ],
};

describe("the replicas on Cloud SQL", () => {
  testRules(REPLICA_RULES, CASES);
});
