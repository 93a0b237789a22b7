import type { ReplicaFacts, ReplicationFacts } from "../facts/replication.ts";
import type { AllKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, fail, known, none, notApplicable, verdict } from "../verdict.ts";

const STANDBY = "https://www.postgresql.org/docs/17/warm-standby.html";
const SLOTS = "https://www.postgresql.org/docs/17/view-pg-replication-slots.html";
const LIVE = ["live"] as const;

// One breakage has one name: what only follows from another failure is not told again.
const LEFT_RECOVERY = notApplicable("it is no replica, which replication/replicas-in-recovery tells");
const NOT_STREAMING = notApplicable("it does not stream, which replication/streaming tells");

/** What only the running servers can tell. */
export const liveReplication: readonly Requirement<"replication">[] = [
  {
    id: "replication/primary-writable",
    topic: "replication",
    severity: "critical",
    title: "The primary takes writes",
    why: "A full disk, or `default_transaction_read_only`, leaves a primary that answers and takes nothing.",
    fix: "Read `pgt logs primary`.",
    docs: "https://www.postgresql.org/docs/17/runtime-config-client.html#GUC-DEFAULT-TRANSACTION-READ-ONLY",
    witnesses: LIVE,
    references: ["S1.3"],
    check: (facts) =>
      known(facts, ["primaryWritable"], ({ primaryWritable }) =>
        verdict(primaryWritable, "primary: got read-only, want writable"),
      ),
  },
  {
    id: "replication/replicas-in-recovery",
    topic: "replication",
    severity: "critical",
    title: "Every replica is a replica",
    why: "One that left recovery takes writes of its own, which are lost when it is made a replica again.",
    fix: "Stop it, remove its data volume, and run `pgt up`, which copies it anew.",
    docs: STANDBY,
    witnesses: LIVE,
    references: ["S1.3"],
    check: (facts) =>
      eachReplica(facts, ["inRecovery"], ({ inRecovery }) => verdict(inRecovery, "got a primary, want a replica")),
  },
  {
    id: "replication/streaming",
    topic: "replication",
    severity: "critical",
    title: "Every replica streams from the primary",
    why: "One that lives from the archive alone is behind by a whole segment.",
    fix: "Read `pgt logs`: role, slot, certificate and network are the usual reasons.",
    docs: STANDBY,
    witnesses: LIVE,
    references: ["S1.3"],
    check: (facts) =>
      eachReplica(facts, ["inRecovery"], ({ inRecovery }, replica) => {
        if (!inRecovery) return LEFT_RECOVERY;
        // A cloud that keeps its slots to itself tells of neither.
        if (replica.slotExists === false)
          return notApplicable("its slot is gone, which replication/slots-active tells");
        if (replica.slotWalStatus === "lost") {
          return notApplicable("its WAL is gone, which replication/slot-wal-kept tells");
        }
        return known(replica, ["streaming"], ({ streaming }) =>
          verdict(streaming, "got no WAL receiver, want it streaming"),
        );
      }),
  },
  {
    id: "replication/row-arrives",
    topic: "replication",
    severity: "critical",
    title: "A row written on the primary is read on every replica",
    why: "Everything else about replication is a sign of it; this is the thing itself.",
    fix: "Look at the lag; a long query on the replica can hold replay up.",
    docs: STANDBY,
    witnesses: LIVE,
    references: ["S1.3"],
    check: (facts, { maxRowVisibleMs }) =>
      eachReplica(facts, ["streaming", "rowVisibleMs"], ({ rowVisibleMs, streaming }) => {
        if (!streaming) return NOT_STREAMING;
        if (rowVisibleMs === undefined) return fail("got no row, want the one that was written");
        return verdict(
          rowVisibleMs <= maxRowVisibleMs,
          `got the row after ${Math.round(rowVisibleMs)} ms, want ${maxRowVisibleMs} ms at most`,
        );
      }),
  },
  {
    id: "replication/lag",
    topic: "replication",
    severity: "high",
    title: "No replica is far behind",
    why: "Readers see the past, and a failover loses what has not arrived.",
    fix: "Look for a long query on the replica, or a slow disk or network.",
    docs: "https://www.postgresql.org/docs/17/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW",
    witnesses: LIVE,
    references: ["S1.3", "S1.9"],
    check: (facts, { maxLagBytes, maxLagMs }) =>
      eachReplica(facts, ["streaming", "lagBytes", "lagMs"], ({ lagBytes, lagMs, streaming }) => {
        if (!streaming) return NOT_STREAMING;
        return verdict(
          lagBytes <= maxLagBytes && lagMs <= maxLagMs,
          `got ${lagBytes} bytes and ${Math.round(lagMs)} ms, want ${maxLagBytes} bytes and ${maxLagMs} ms at most`,
        );
      }),
  },
  {
    id: "replication/slots-active",
    topic: "replication",
    severity: "high",
    title: "Every replica has its slot, and uses it",
    why: "A slot that nobody reads keeps WAL for nobody; a replica without one can be left behind for good.",
    fix: "Run `pgt roles --apply`, which makes missing slots; the replica takes it up by itself.",
    docs: SLOTS,
    witnesses: LIVE,
    references: ["S1.2"],
    check: (facts) =>
      eachReplica(facts, ["inRecovery", "slotExists"], ({ inRecovery, slotExists }, replica) => {
        if (!inRecovery) return LEFT_RECOVERY;
        if (!slotExists) return fail("got no slot, want one");
        return known(replica, ["slotActive", "streaming"], ({ slotActive, streaming }) => {
          if (!streaming) return NOT_STREAMING;
          return verdict(slotActive, "got a slot that nobody uses, want it active");
        });
      }),
  },
  {
    id: "replication/slot-wal-kept",
    topic: "replication",
    severity: "high",
    title: "No slot has lost WAL that its replica needs",
    why: "A replica whose WAL is gone must be copied anew.",
    fix: "Remove the replica's data volume and run `pgt up`; raise `storage.maxSlotWalKeepMiB`.",
    docs: SLOTS,
    witnesses: LIVE,
    check: (facts) =>
      eachReplica(facts, ["slotExists"], ({ slotExists }, replica) => {
        if (!slotExists) return notApplicable("there is no slot, which replication/slots-active tells");
        return known(replica, ["slotWalStatus", "slotKeptBytes"], ({ slotKeptBytes, slotWalStatus }) =>
          verdict(
            slotWalStatus === "reserved" || slotWalStatus === "extended",
            `got wal_status ${slotWalStatus} with ${slotKeptBytes} bytes kept, want reserved`,
          ),
        );
      }),
  },
  {
    id: "replication/no-unplanned-slots",
    topic: "replication",
    severity: "high",
    title: "No slot is there that no replica uses",
    why: "A forgotten slot keeps WAL up to its limit, and the disk pays.",
    fix: "Drop it with `pg_drop_replication_slot`, after asking whose it is.",
    docs: SLOTS,
    witnesses: LIVE,
    check: (facts) =>
      known(facts, ["unplannedSlots"], ({ unplannedSlots }) => none(unplannedSlots, "primary: got also")),
  },
];

function eachReplica<K extends keyof ReplicaFacts>(
  facts: ReplicationFacts,
  names: readonly K[],
  judge: (known: AllKnown<Pick<ReplicaFacts, K>>, replica: ReplicaFacts) => Verdict,
): Verdict {
  return known(facts, ["replicas"], ({ replicas }) =>
    every(
      replicas,
      (replica) => `replica ${replica.key}`,
      (replica) => known(replica, names, (facts) => judge(facts, replica)),
      "no replicas",
    ),
  );
}
