import { listed, type Price, type PriceOrReason } from "./price.ts";

/** How a service is billed: for as long as an instance runs, for requests alone, or for waiting for them. */
export type CloudRunItem = `${"running" | "serving" | "waiting"} ${"vCPU" | "memory"}`;

/** A price of a region's list. */
export interface CloudRunPrice extends Price {
  readonly region: string;
  readonly item: CloudRunItem;
}

const LIST = "https://cloud.google.com/run/pricing";
const SECONDS_PER_HOUR = 3600;

/** By the second, as the list has it. */
const PER_SECOND: Readonly<Record<CloudRunItem, number>> = {
  "running vCPU": 0.000018,
  "running memory": 0.000002,
  "serving vCPU": 0.000024,
  "serving memory": 0.0000025,
  "waiting vCPU": 0.0000025,
  "waiting memory": 0.0000025,
};

/**
 * What a service on Cloud Run costs, before the free quota of the account: only what was read, in quotations of the
 * Cloud Billing Catalog. Of asia-east1, what an instance costs that waits was read for processors alone.
 */
export const CLOUD_RUN_PRICES: readonly CloudRunPrice[] = (
  [
    ["us-east1", "2026-09-15", Object.keys(PER_SECOND)],
    ["europe-west1", "2026-08-07", ["serving vCPU", "serving memory"]],
    ["asia-east1", "2026-08-15", Object.keys(PER_SECOND).filter((item) => item !== "waiting memory")],
  ] as const
).flatMap(([region, asOf, items]) =>
  (items as CloudRunItem[]).map((item) => ({
    region,
    item,
    ...listed(
      LIST,
      asOf,
      PER_SECOND[item] * SECONDS_PER_HOUR,
      item.endsWith("vCPU") ? ("vCPU hour" as const) : ("GiB hour" as const),
    ),
  })),
);

/** What something costs in a region, or that it was not read there. */
export function cloudRunPrice(region: string, item: CloudRunItem): PriceOrReason {
  const row = CLOUD_RUN_PRICES.find((price) => price.region === region && price.item === item);
  return (
    row ?? {
      notPriced: `no price of ${item.startsWith("serving") ? "it" : "instances that are always there"} in ${region} was read`,
    }
  );
}
