import type { Requirement } from "../requirement.ts";
import { about, every, known, none, notApplicable, verdict } from "../verdict.ts";

const DOCS = "https://www.postgresql.org/docs/17/runtime-config-replication.html";
const EVERYWHERE = ["spec", "plan", "live"] as const;

/** What replication needs before it runs. */
export const plannedReplication: readonly Requirement<"replication">[] = [
  {
    id: "replication/replica-count",
    topic: "replication",
    severity: "high",
    title: "There are as many replicas as the environment asks for",
    why: "Without a replica, the loss of one machine is the time of a whole restore.",
    fix: "Add a replica: a name under `replicas`.",
    docs: "https://www.postgresql.org/docs/17/high-availability.html",
    witnesses: EVERYWHERE,
    check: (facts, { environment, minReplicas }) =>
      about(
        "primary",
        known(facts, ["replicasTakeOver", "replicas"], ({ replicas }) => {
          if (minReplicas === 0) return notApplicable(`${environment} asks for none`);
          return verdict(replicas.length >= minReplicas, `got ${replicas.length}, want ${minReplicas} or more`);
        }),
      ),
  },
  {
    id: "replication/wal-level",
    topic: "replication",
    severity: "critical",
    title: "WAL holds what replicas and the archive need",
    why: "At `minimal` neither streaming nor restoring to a point in time is possible.",
    fix: "Set `wal_level` to replica or logical.",
    docs: "https://www.postgresql.org/docs/17/runtime-config-wal.html#GUC-WAL-LEVEL",
    witnesses: EVERYWHERE,
    references: ["S1.2"],
    check: (facts) =>
      about(
        "primary",
        known(facts, ["walLevel"], ({ walLevel }) =>
          verdict(["replica", "logical"].includes(walLevel), `got wal_level ${walLevel}, want replica`),
        ),
      ),
  },
  {
    id: "replication/senders",
    topic: "replication",
    severity: "high",
    title: "There are WAL senders for every replica and a base copy beside",
    why: "A replica that finds none left stays behind; making a new one takes two.",
    fix: "Raise `max_wal_senders` in `parameters` or in postgresql.conf.",
    docs: `${DOCS}#GUC-MAX-WAL-SENDERS`,
    witnesses: EVERYWHERE,
    references: ["S1.2"],
    check: (facts) =>
      about(
        "primary",
        known(facts, ["replicas", "maxWalSenders"], ({ replicas, maxWalSenders }) => {
          if (replicas.length === 0) return notApplicable("no replicas");
          const want = replicas.length + SENDERS_OF_A_BASE_COPY;
          return verdict(maxWalSenders >= want, `got max_wal_senders ${maxWalSenders}, want ${want} or more`);
        }),
      ),
  },
  {
    id: "replication/slots",
    topic: "replication",
    severity: "high",
    title: "There is a replication slot for every replica",
    why: "Without a slot the primary deletes WAL that a replica has not read yet, and the replica must be made anew.",
    fix: "Raise `max_replication_slots` in `parameters` or in postgresql.conf, and let each replica name its slot in primary_slot_name.",
    docs: `${DOCS}#GUC-MAX-REPLICATION-SLOTS`,
    witnesses: EVERYWHERE,
    references: ["S1.2"],
    check: (facts) =>
      known(facts, ["replicas", "maxReplicationSlots"], ({ replicas, maxReplicationSlots }) => {
        if (replicas.length > maxReplicationSlots) {
          return about(
            "primary",
            verdict(false, `got max_replication_slots ${maxReplicationSlots}, want ${replicas.length} or more`),
          );
        }
        return every(
          replicas,
          (replica) => `replica-${replica.key}`,
          (replica) =>
            known(replica, ["slot"], ({ slot }) => verdict(slot !== "", "got no primary_slot_name, want one")),
          "no replicas",
        );
      }),
  },
  {
    id: "replication/slots-not-shared",
    topic: "replication",
    severity: "high",
    title: "No two replicas use one slot",
    why: "A slot serves one replica at a time: the second is refused for ever.",
    fix: "Choose names of replicas that differ in more than hyphens and underscores.",
    docs: "https://www.postgresql.org/docs/17/warm-standby.html#STREAMING-REPLICATION-SLOTS",
    witnesses: EVERYWHERE,
    check: (facts) =>
      known(facts, ["replicas"], ({ replicas }) => {
        if (replicas.length < 2) return notApplicable("fewer than two replicas");
        const slots = replicas.map((replica) => replica.slot);
        return every(
          replicas,
          (replica) => `replica-${replica.key}`,
          (replica) =>
            known(replica, ["slot"], ({ slot }) =>
              verdict(
                slots.filter((other) => other === slot).length === 1,
                `got the shared slot ${slot}, want one of its own`,
              ),
            ),
          "no replicas",
        );
      }),
  },
  {
    id: "replication/slot-limit",
    topic: "replication",
    severity: "high",
    title: "A replica that is away cannot fill the primary's disk",
    why: "A slot keeps WAL for ever, and a full disk stops the primary.",
    fix: "Set `max_slot_wal_keep_size` (`storage.maxSlotWalKeepMiB`).",
    docs: `${DOCS}#GUC-MAX-SLOT-WAL-KEEP-SIZE`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      about(
        "primary",
        known(facts, ["maxSlotWalKeepMiB"], ({ maxSlotWalKeepMiB }) =>
          verdict(maxSlotWalKeepMiB >= 0, "got max_slot_wal_keep_size -1 (no limit), want a limit"),
        ),
      ),
  },
  {
    id: "replication/standby-parameters",
    topic: "replication",
    severity: "high",
    title: "No replica has less room than its primary",
    why: "A standby with a lower max_connections, or one of its kind, refuses to start or stops replaying.",
    fix: "Give all servers the same parameters; raise them on the replicas first.",
    docs: "https://www.postgresql.org/docs/17/hot-standby.html#HOT-STANDBY-ADMIN",
    witnesses: EVERYWHERE,
    references: ["S1.2"],
    check: (facts) =>
      about(
        "primary",
        known(facts, ["replicas", "standbyBelowPrimary"], ({ replicas, standbyBelowPrimary }) =>
          replicas.length === 0 ? notApplicable("no replicas") : none(standbyBelowPrimary, "below the primary"),
        ),
      ),
  },
];

/** pg_basebackup uses one for the files and one for the WAL meanwhile. */
const SENDERS_OF_A_BASE_COPY = 2;
