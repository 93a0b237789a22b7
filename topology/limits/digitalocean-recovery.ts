import { notConfirmed, readAt } from "./limit.ts";
import { RECOVERY_ASSUMPTIONS, type RecoveryAssumption } from "./recovery.ts";

const { decision, provisioning, replicationLag } = RECOVERY_ASSUMPTIONS;
const DOCS = "https://docs.digitalocean.com/products" as const;

/** What the reach of a topology on DigitalOcean is reckoned from, beside the measured rate of a restore. */
export const DIGITALOCEAN_RECOVERY = {
  decision: {
    ...decision,
    provenance: notConfirmed(`${DOCS}/droplets/how-to/recovery/`, "ours: nothing watches the data host but you"),
  },
  /** A primary is given up after that time; the switch itself has no number. */
  failover: {
    title: "a standby takes over",
    seconds: 60,
    provenance: readAt(
      "https://github.com/digitalocean/openapi/blob/main/specification/resources/databases/models/advanced_config/postgres_advanced_config.yml",
      "2026-08-07",
    ),
  },
  provisioning: {
    ...provisioning,
    title: "the cloud makes a node or a Droplet to restore into",
    provenance: notConfirmed(
      `${DOCS}/databases/postgresql/details/features/`,
      "the vendor gives no number; it is ours",
    ),
  },
  walUpload: {
    title: "the newest WAL of a cluster is not in the platform's archive yet",
    seconds: 300,
    provenance: notConfirmed(
      `${DOCS}/databases/postgresql/how-to/restore-from-backups/`,
      "others quote it; the page was not read",
    ),
  },
  /** Standbys follow asynchronously: the platform's `synchronous_replication` is off unless set, and the provider can't. */
  replicationLag: {
    ...replicationLag,
    title: "a standby is behind by a second at least",
    provenance: notConfirmed(
      `${DOCS}/databases/postgresql/how-to/add-standby-nodes/`,
      "no bound is promised; the number is ours",
    ),
  },
} as const satisfies Readonly<Record<string, RecoveryAssumption>>;
