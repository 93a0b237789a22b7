import type { ResolvedGcp, ResolvedService } from "../../topology/resolved-gcp.ts";
import { type CloudRunItem, cloudRunPrice } from "./cloud-run-prices.ts";
import type { CostParts } from "./cost.ts";
import { type CostLine, lineOf, useLineOf } from "./cost-line.ts";

const PART = "service";
const MIB_PER_GIB = 1024;

/**
 * What the service costs: instances that are always there by the month, those that come and go by use. One that is
 * always there keeps its processor, unless it has less than a whole one (components/gcp/service-args.ts).
 */
export function cloudRunCost(
  { pooling, region }: ResolvedGcp,
  service: ResolvedService,
): Pick<CostParts, "lines" | "byUse"> {
  const { cpus, maxInstances, memoryMiB, minInstances } = service;
  const keepsProcessor = minInstances > 0 && cpus >= 1;
  const always = keepsProcessor ? "running" : "waiting";
  const more = keepsProcessor ? "running" : "serving";
  const detail = `${minInstances} of ${maxInstances} instances, always there`;
  const price = (item: CloudRunItem) => cloudRunPrice(region, item);
  const lines: CostLine[] =
    minInstances === 0
      ? []
      : [
          lineOf({ part: PART, item: "vCPU", detail }, minInstances * cpus, "vCPU", price(`${always} vCPU`)),
          lineOf(
            { part: PART, item: "memory", detail },
            (minInstances * memoryMiB) / MIB_PER_GIB,
            "GiB",
            price(`${always} memory`),
          ),
          ...(pooling?.kind === "sidecar"
            ? [
                lineOf(
                  { part: PART, item: "pooler", detail: "PgBouncer beside each instance" },
                  minInstances,
                  "sidecar",
                  {
                    notPriced: "its share of processor and memory is not reckoned",
                  },
                ),
              ]
            : []),
        ];
  const beyond = { part: PART, detail: `beyond ${minInstances} instances, before the account's free quota` };
  return {
    lines,
    byUse: [
      useLineOf({ ...beyond, item: "vCPU" }, "vCPU hour", price(`${more} vCPU`)),
      useLineOf({ ...beyond, item: "memory" }, "GiB hour", price(`${more} memory`)),
    ],
  };
}
