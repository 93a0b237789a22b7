import { diskSizeGiB } from "../limits/cloud-sql-instances.ts";
import { parseTier } from "../limits/cloud-sql-tiers.ts";
import type { Bounds } from "../limits/limit.ts";
import type { ResolvedGcp } from "../resolved-gcp.ts";
import type { GcpRule } from "./gcp-rule.ts";

const API_DISK_TYPES = { ssd: "PD_SSD", hdd: "PD_HDD" } as const;

/** What the primary's disk may be; `undefined` where the machine type has another mistake. The replicas' are the same. */
function diskBounds({ primary, storage }: ResolvedGcp): Bounds | undefined {
  const machine = parseTier(primary.tier);
  return machine && diskSizeGiB(machine, API_DISK_TYPES[storage.diskType]);
}

const diskIsNotTooSmall: GcpRule = (topology) => {
  const { diskGiB, diskType } = topology.storage;
  const bounds = diskBounds(topology);
  if (bounds === undefined || diskGiB >= bounds.min) return [];
  return [
    {
      where: "storage.diskGiB",
      got: String(diskGiB),
      want: `at least ${bounds.min}`,
      because: `Cloud SQL makes no smaller ${diskType} disk`,
      fix: `use ${bounds.min}`,
    },
  ];
};

const diskCanGrowToItsEnd: GcpRule = (topology, spec) => {
  const { maxDiskGiB } = topology.storage;
  const bounds = diskBounds(topology);
  if (bounds === undefined || maxDiskGiB <= bounds.max) return [];
  const stated = spec.storage?.maxDiskGiB !== undefined;
  return [
    {
      where: stated ? "storage.maxDiskGiB" : "storage.diskGiB",
      got: stated ? String(maxDiskGiB) : `${topology.storage.diskGiB}, which may grow to ${maxDiskGiB}`,
      want: `at most ${bounds.max}`,
      because: `no disk of ${topology.primary.tier} becomes larger`,
      fix: `set storage.maxDiskGiB: ${bounds.max}`,
    },
  ];
};

const diskStartsBelowItsEnd: GcpRule = ({ storage: { diskGiB, maxDiskGiB } }) => {
  if (maxDiskGiB >= diskGiB) return [];
  return [
    {
      where: "storage.maxDiskGiB",
      got: String(maxDiskGiB),
      want: `at least ${diskGiB}, which is storage.diskGiB`,
      because: "a disk grows and never shrinks",
      fix: `raise it to ${diskGiB} or more`,
    },
  ];
};

const machineTakesTheDisk: GcpRule = (topology) => {
  const machine = parseTier(topology.primary.tier);
  const { diskType } = topology.storage;
  if (machine === undefined || diskType === "ssd" || diskBounds(topology) !== undefined) return [];
  return [
    {
      where: "storage.diskType",
      got: diskType,
      want: "ssd",
      because: `${machine.tier} takes no other disk`,
      fix: "remove storage.diskType",
    },
  ];
};

const prodHasSsd: GcpRule = (topology) => {
  const { diskType } = topology.storage;
  // A machine type that takes no hdd at all says so itself.
  if (diskType === "ssd" || topology.environment !== "prod" || diskBounds(topology) === undefined) return [];
  return [
    {
      where: "storage.diskType",
      got: diskType,
      want: "ssd in prod",
      because: "a database reads at random, which hdd is slow at",
      fix: "remove storage.diskType",
    },
  ];
};

/** What the servers' disks may be. */
export const STORAGE_RULES = {
  diskIsNotTooSmall,
  diskCanGrowToItsEnd,
  diskStartsBelowItsEnd,
  machineTakesTheDisk,
  prodHasSsd,
} satisfies Readonly<Record<string, GcpRule>>;
