import { diskTypesOf, type CloudSqlDiskType } from "../../topology/limits/cloud-sql-instances.ts";
import { parseTier } from "../../topology/limits/cloud-sql-tiers.ts";
import { cloudEdition, type ResolvedGcp, type ResolvedInstance } from "../../topology/resolved-gcp.ts";
import { cloudRunCost } from "./cloud-run-cost.ts";
import { type CloudSqlItem, cloudSqlPrice } from "./cloud-sql-prices.ts";
import type { CostParts } from "./cost.ts";
import { type CostLine, lineOf, type UseLine, useLineOf } from "./cost-line.ts";
import type { PriceOrReason } from "./price.ts";

const MIB_PER_GIB = 1024;
const SMALL_THINGS = "cents a month, and a part of them is free for each account";

/** What a topology on Cloud SQL costs, with the Cloud Run service in front of it. */
export function gcpCost(topology: ResolvedGcp): CostParts {
  const { highAvailability, primary, replicas, service } = topology;
  const run = service === undefined ? { lines: [], byUse: [] } : cloudRunCost(topology, service);
  return {
    lines: [
      ...instanceLines(topology, primary, highAvailability ? 2 : 1),
      // A replica is in one zone.
      ...replicas.flatMap((replica) => instanceLines(topology, replica, 1)),
      ...run.lines,
    ],
    byUse: [...usedByInstances(topology), ...run.byUse],
    notes: [
      "By the vendor's list for pay as you go: no taxes, no discounts for commitments.",
      ...(highAvailability ? ["Two zones cost twice of one: processors, memory and storage of the primary."] : []),
    ],
  };
}

/** Processors and memory, or a shared core as a whole; the disk; and the cache of ENTERPRISE_PLUS. */
function instanceLines(topology: ResolvedGcp, instance: ResolvedInstance, zones: number): CostLine[] {
  const { cpus, memoryMiB, part, region, tier } = instance;
  const detail = `${tier} in ${region}${zones === 1 ? "" : ", two zones"}`;
  const series = parseTier(tier)?.series;
  const at = (item: string) => ({ part, item, detail });
  const price = (item: CloudSqlItem): PriceOrReason => cloudSqlPrice(region, item);
  const machine =
    series === undefined
      ? [lineOf(at("machine"), zones, "machine", { notPriced: "the machine is not known" })]
      : series === "shared-core"
        ? [lineOf(at("machine"), zones, "machine", price(tier === "db-f1-micro" ? "db-f1-micro" : "db-g1-small"))]
        : [
            lineOf(at("vCPU"), zones * cpus, "vCPU", price(`${series} vCPU`)),
            lineOf(at("memory"), (zones * memoryMiB) / MIB_PER_GIB, "GiB", price(`${series} memory`)),
          ];
  const diskType = diskTypeOf(topology, tier);
  const disk = { part, item: "storage", detail: `${diskType} in ${region}${zones === 1 ? "" : ", two zones"}` };
  return [
    ...machine,
    lineOf(disk, zones * topology.storage.diskGiB, "GiB", diskPrice(topology, instance)),
    ...(topology.edition === "enterprise-plus"
      ? [lineOf(at("data cache"), zones, "cache", { notPriced: "how large it is on this machine was not read" })]
      : []),
  ];
}

/** Hyperdisk has prices for more than its size. */
function diskPrice(topology: ResolvedGcp, { region, tier }: ResolvedInstance): PriceOrReason {
  const diskType = diskTypeOf(topology, tier);
  if (diskType === "HYPERDISK_BALANCED") {
    return { notPriced: "how much of a Hyperdisk's IOPS and throughput is free was not read" };
  }
  return cloudSqlPrice(region, `${cloudEdition(topology.edition)} ${diskType}`);
}

function diskTypeOf({ storage }: ResolvedGcp, tier: string): CloudSqlDiskType {
  if (storage.diskType === "hdd") return "PD_HDD";
  const machine = parseTier(tier);
  return (machine && diskTypesOf(machine)[0]) ?? "PD_SSD";
}

/** What nobody knows before. */
function usedByInstances(topology: ResolvedGcp): UseLine[] {
  const { backup, primary, region, replicas, storage } = topology;
  const far = replicas.filter((replica) => replica.region !== region);
  const notRead = (what: string) => ({ notPriced: `no price of ${what} was read` });
  return [
    useLineOf(
      { part: primary.part, item: "storage that grows", detail: `up to ${storage.maxDiskGiB} GiB in each zone` },
      "GiB month",
      diskPrice(topology, primary),
    ),
    ...(backup === undefined
      ? []
      : [
          useLineOf(
            { part: primary.part, item: "backups", detail: `${backup.retentionDays} of them, by what is in them` },
            "GiB month",
            backup.location === undefined ? cloudSqlPrice(region, "backups") : notRead(`backups in ${backup.location}`),
          ),
          useLineOf(
            { part: primary.part, item: "archived WAL", detail: `of ${backup.pointInTimeDays} days` },
            "GiB month",
            notRead("it"),
          ),
        ]),
    ...(backup?.secondCopy === undefined
      ? []
      : [
          useLineOf(
            { part: "second-copy", item: "bucket", detail: `exports of ${backup.secondCopy.retentionDays} days` },
            "GiB month",
            notRead(`Cloud Storage in ${backup.secondCopy.location}`),
          ),
        ]),
    ...far.map(({ part, region: to }) =>
      useLineOf({ part, item: "replication", detail: `from ${region} to ${to}` }, "GiB", notRead("it")),
    ),
    useLineOf({ part: primary.part, item: "network", detail: "what leaves the region" }, "GiB", notRead("it")),
    useLineOf({ part: "project", item: "small things", detail: "secrets, DNS zones, timers, workflows" }, "month", {
      notPriced: SMALL_THINGS,
    }),
  ];
}
