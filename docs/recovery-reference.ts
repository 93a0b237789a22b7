import { CLOUD_SQL_EDITIONS, EDITION_LIMITS } from "../topology/limits/cloud-sql-editions.ts";
import type { Provenance } from "../topology/limits/limit.ts";
import { RECOVERY_ASSUMPTIONS } from "../topology/limits/recovery.ts";
import { sourceLinks } from "./source-links.ts";

interface Step {
  readonly title: string;
  readonly seconds: string;
  readonly provenance: Provenance;
}

/** What recovery objectives are compared with, for the reference of the configuration. */
export function recoveryReference(): string[] {
  return [
    "## Recovery objectives",
    "",
    "`objectives` are compared with what the topology comes back from by its design. On gcp that is the loss of a zone, and the loss of the region where a disaster-recovery replica stands elsewhere:",
    "",
    "- with `highAvailability`, a standby takes over by itself, and nothing is lost;",
    "- without, a backup is restored: decision, a new instance, and `storage.maxDiskGiB` at `objectives.restoreMiBPerSecond`; the transaction logs that were not archived yet are lost;",
    "- after the loss of the region, the disaster-recovery replica is promoted: decision and promotion; what it had not received yet is lost.",
    "",
    "On docker, the repository is restored: the decision alone is counted, because nothing states how large the data is; at most `backup.archiveTimeoutSeconds` are lost.",
    "",
    "An objective below the sum is refused, with the sum. These numbers go into it; one that is not confirmed is an assumption, and a drill is what replaces it. `pgt limits` prints them, too.",
    "",
    "| part | seconds | source |",
    "| --- | --- | --- |",
    ...[failover(), ...Object.values(RECOVERY_ASSUMPTIONS).map(assumed)].map(
      ({ title, seconds, provenance }) => `| ${title} | ${seconds} | ${sourceLinks([provenance])} |`,
    ),
    "",
  ];
}

function failover(): Step {
  const { failoverSeconds } = EDITION_LIMITS;
  const numbers = new Set(CLOUD_SQL_EDITIONS.map((edition) => failoverSeconds[edition]));
  return {
    title: "the standby in the other zone takes over",
    seconds: [...numbers].join(", in enterprise-plus "),
    provenance: failoverSeconds.provenance,
  };
}

function assumed({ title, seconds, provenance }: Omit<Step, "seconds"> & { readonly seconds: number }): Step {
  return { title, seconds: String(seconds), provenance };
}
