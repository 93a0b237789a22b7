import type { CloudSqlEdition } from "../../topology/limits/cloud-sql-editions.ts";
import type { CloudSqlDiskType } from "../../topology/limits/cloud-sql-instances.ts";
import type { MachineSeries } from "../../topology/limits/cloud-sql-tiers.ts";
import type { IsoDate } from "../../topology/limits/limit.ts";
import { listed, type Price, type PriceOrReason, type PriceUnit, unconfirmed } from "./price.ts";

/** What of an instance has a price: in one zone, by the hour or by the GiB and month. */
export type CloudSqlItem =
  | `${Exclude<MachineSeries, "shared-core">} ${"vCPU" | "memory"}`
  | "db-f1-micro"
  | "db-g1-small"
  | `${CloudSqlEdition} ${CloudSqlDiskType}`
  | "data cache"
  | "backups";

/** A price of a region's list. */
export interface CloudSqlPrice extends Price {
  readonly region: string;
  readonly item: CloudSqlItem;
}

/** The vendor's list; it shows one region at a time, and its rows are those of the Cloud Billing Catalog. */
const LIST = "https://cloud.google.com/sql/pricing";

/**
 * What Cloud SQL for PostgreSQL costs in one zone, without commitments: only what was read, in quotations of the catalog
 * of the day that is said. A region that is not here has no price here. Left out: Hyperdisk, whose IOPS and throughput
 * are billed, too.
 */
export const CLOUD_SQL_PRICES: readonly CloudSqlPrice[] = [
  ...rows("us-central1", "2026-10-01", {
    "dedicated-core vCPU": 0.0413,
    "dedicated-core memory": 0.007,
    "db-f1-micro": 0.0105,
    "db-g1-small": 0.035,
    "ENTERPRISE PD_SSD": 0.17,
    backups: 0.08,
  }),
  ...rows("us-east1", "2026-09-15", {
    "dedicated-core vCPU": 0.0413,
    "dedicated-core memory": 0.007,
    "db-f1-micro": 0.0105,
    "db-g1-small": 0.035,
    "ENTERPRISE PD_SSD": 0.17,
    "ENTERPRISE PD_HDD": 0.09,
    backups: 0.08,
  }),
  // A copy without a date of its own; its machines of C4A came into the catalog on this day, so that it is no older.
  ...rows("us-east1", "2025-07-10", {
    "N2 vCPU": 0.0537,
    "N2 memory": 0.0091,
    "ENTERPRISE_PLUS PD_SSD": 0.17,
    "N4 vCPU": 0.0413,
    "N4 memory": 0.007,
    "C4A vCPU": 0.054,
    "C4A memory": 0.009,
    "C4 vCPU": 0.054,
    "C4 memory": 0.009,
    "data cache": 0.16,
  }),
  ...rows("northamerica-northeast1", "2026-08-03", {
    "dedicated-core vCPU": 0.0454,
    "dedicated-core memory": 0.0077,
    "ENTERPRISE PD_SSD": 0.187,
  }),
  ...rows("asia-east1", "2026-08-15", {
    "dedicated-core vCPU": 0.0413,
    "dedicated-core memory": 0.007,
    "db-f1-micro": 0.0105,
    "db-g1-small": 0.035,
    "ENTERPRISE PD_SSD": 0.17,
    backups: 0.08,
  }),
  ...rows("europe-west3", "2026-08-25", {
    "N2 vCPU": 0.0644,
    "N2 memory": 0.0109,
    "ENTERPRISE_PLUS PD_SSD": 0.204,
    "N4 vCPU": 0.04956,
    "N4 memory": 0.0084,
    "ENTERPRISE PD_SSD": 0.204,
    "db-g1-small": 0.042,
  }),
  ...rows("europe-west1", "2024-03-21", { "N2 memory": 0.0091 }),
  ...halves("europe-west1", "2024-03-21", { "N2 vCPU": 0.1074, "db-f1-micro": 0.021 }),
  ...halves("europe-west4", "2024-03-21", { "N2 vCPU": 0.1181 }),
];

/** What something costs in a region, or that it was not read there. */
export function cloudSqlPrice(region: string, item: CloudSqlItem): PriceOrReason {
  const row = CLOUD_SQL_PRICES.find((price) => price.region === region && price.item === item);
  return row ?? { notPriced: `no price of it in ${region} was read` };
}

function rows(region: string, asOf: IsoDate, usd: Partial<Record<CloudSqlItem, number>>): CloudSqlPrice[] {
  return (Object.entries(usd) as [CloudSqlItem, number][]).map(([item, each]) => ({
    region,
    item,
    ...listed(LIST, asOf, each, unitOf(item)),
  }));
}

/** Prices that were read for two zones; the list has twice of everything there. */
function halves(region: string, asOf: IsoDate, usd: Partial<Record<CloudSqlItem, number>>): CloudSqlPrice[] {
  const why = "half of what two zones cost: the row for one zone was not read";
  return (Object.entries(usd) as [CloudSqlItem, number][]).map(([item, both]) => ({
    region,
    item,
    ...unconfirmed(LIST, asOf, both / 2, unitOf(item), why),
  }));
}

function unitOf(item: CloudSqlItem): PriceUnit {
  if (item.endsWith("vCPU")) return "vCPU hour";
  if (item.endsWith("memory")) return "GiB hour";
  return item.startsWith("db-") ? "hour" : "GiB month";
}
