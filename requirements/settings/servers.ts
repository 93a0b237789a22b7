import type { NodeSettings, SettingsFacts } from "../facts/settings.ts";
import type { AllKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, notApplicable, verdict } from "../verdict.ts";

const DOCS = "https://www.postgresql.org/docs/17";
const EVERYWHERE = ["spec", "plan", "live"] as const;

/** PostgreSQL's own advice for a dedicated server ends at 40 % of the memory. */
const MAX_SHARED_BUFFERS_SHARE = 0.4;

/** Settings that keep data safe and operators informed. */
export const serverSettings: readonly Requirement<"settings">[] = [
  {
    id: "settings/fsync",
    topic: "settings",
    severity: "critical",
    title: "Commits are on disk when they are confirmed",
    why: "With fsync off a power cut can destroy the whole database.",
    fix: "Set `fsync = on`.",
    docs: `${DOCS}/runtime-config-wal.html#GUC-FSYNC`,
    witnesses: EVERYWHERE,
    check: (facts) => eachServer(facts, ["fsync"], ({ fsync }) => verdict(fsync, "got fsync off, want on")),
  },
  {
    id: "settings/full-page-writes",
    topic: "settings",
    severity: "critical",
    title: "Half-written pages can be repaired",
    why: "With full_page_writes off a crash in the middle of a write leaves a page that WAL cannot mend.",
    fix: "Set `full_page_writes = on`.",
    docs: `${DOCS}/runtime-config-wal.html#GUC-FULL-PAGE-WRITES`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      eachServer(facts, ["fullPageWrites"], ({ fullPageWrites }) =>
        verdict(fullPageWrites, "got full_page_writes off, want on"),
      ),
  },
  {
    id: "settings/idle-in-transaction",
    topic: "settings",
    severity: "medium",
    title: "A forgotten transaction ends by itself",
    why: "An open transaction keeps VACUUM from cleaning up, and its locks from everybody else.",
    fix: "Set `idle_in_transaction_session_timeout` in `parameters`, in postgresql.conf or as a flag.",
    docs: `${DOCS}/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      eachServer(facts, ["idleInTransactionSeconds"], ({ idleInTransactionSeconds }) =>
        verdict(idleInTransactionSeconds > 0, "got idle_in_transaction_session_timeout 0 (never), want a time"),
      ),
  },
  {
    id: "settings/log-lock-waits",
    topic: "settings",
    severity: "low",
    title: "Long waits for locks are logged",
    why: "A lock wait is over when somebody looks; the log is what remains.",
    fix: "Set `log_lock_waits` to on in `parameters` or in postgresql.conf.",
    docs: `${DOCS}/runtime-config-logging.html#GUC-LOG-LOCK-WAITS`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      eachServer(facts, ["logLockWaits"], ({ logLockWaits }) =>
        verdict(logLockWaits, "got log_lock_waits off, want on"),
      ),
  },
  {
    id: "settings/statement-statistics",
    topic: "settings",
    severity: "low",
    title: "Statements are counted and timed",
    why: "pg_stat_statements must be loaded at the start: when the database is slow it is too late.",
    fix: "Add pg_stat_statements to `shared_preload_libraries` in `parameters` or in postgresql.conf.",
    docs: `${DOCS}/pgstatstatements.html`,
    witnesses: EVERYWHERE,
    references: ["S0.9"],
    check: (facts) =>
      eachServer(facts, ["statementStatistics"], ({ statementStatistics }) =>
        verdict(statementStatistics, "got no pg_stat_statements in shared_preload_libraries, want it"),
      ),
  },
  {
    id: "settings/shared-buffers",
    topic: "settings",
    severity: "high",
    title: "PostgreSQL's own cache leaves room in the container's memory",
    why: "A cache near the limit leaves none for connections, and the kernel kills the server under load.",
    fix: "Lower `shared_buffers`, or raise the container's `memory` (`size.memoryGiB`).",
    docs: `${DOCS}/runtime-config-resource.html#GUC-SHARED-BUFFERS`,
    witnesses: EVERYWHERE,
    check: (facts) =>
      eachServer(facts, ["sharedBuffersMiB", "memoryMiB"], ({ sharedBuffersMiB, memoryMiB }) => {
        if (memoryMiB === 0) return notApplicable("no memory limit, which containers/memory-limit judges");
        const most = Math.floor(memoryMiB * MAX_SHARED_BUFFERS_SHARE);
        return verdict(
          sharedBuffersMiB <= most,
          `got shared_buffers ${sharedBuffersMiB} MiB, want ${most} MiB at most`,
        );
      }),
  },
];

/** Judges each server on the named facts. */
export function eachServer<K extends keyof NodeSettings>(
  facts: SettingsFacts,
  names: readonly K[],
  judge: (server: AllKnown<Pick<NodeSettings, K>>) => Verdict,
): Verdict {
  return known(facts, ["nodes"], ({ nodes }) =>
    every(
      nodes,
      (node) => node.part,
      (node) => known(node, names, judge),
      "there are no servers",
    ),
  );
}
