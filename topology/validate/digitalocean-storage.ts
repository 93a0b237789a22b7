import { CLUSTER_LIMITS, storageOf } from "../limits/digitalocean.ts";
import { DROPLET_LIMITS } from "../limits/digitalocean-droplets.ts";
import { isWithin } from "../limits/limit.ts";
import type { DigitalOceanRule } from "./digitalocean-rule.ts";

const diskIsOneOfTheMachines: DigitalOceanRule = ({ storage: { diskGiB }, primary }) => {
  const range = storageOf(primary.slug);
  if (diskGiB === undefined || range === undefined || isWithin(diskGiB, range)) return [];
  const isTooSmall = diskGiB < range.min;
  return [
    {
      where: "storage.diskGiB",
      got: String(diskGiB),
      want: `${range.min} to ${range.max} with ${primary.slug}`,
      because: "storage goes with the machine",
      fix: isTooSmall ? `use ${range.min}, or remove it` : `use ${range.max}, or a larger size`,
    },
  ];
};

const diskGrowsInSteps: DigitalOceanRule = ({ storage: { diskGiB }, primary }) => {
  const step = CLUSTER_LIMITS.storageStepGiB.bounds.min;
  const range = storageOf(primary.slug);
  // What is out of its range says so itself.
  if (diskGiB === undefined || diskGiB % step === 0 || (range !== undefined && !isWithin(diskGiB, range))) return [];
  return [
    {
      where: "storage.diskGiB",
      got: String(diskGiB),
      want: `a multiple of ${step}`,
      because: `storage grows in steps of ${step} GiB`,
      fix: `use ${Math.ceil(diskGiB / step) * step}`,
    },
  ];
};

const volumeCanBeMade: DigitalOceanRule = ({ dataHost }) => {
  const bounds = DROPLET_LIMITS.volumeGiB.bounds;
  if (dataHost === undefined || isWithin(dataHost.diskGiB, bounds)) return [];
  return [
    {
      where: "data.diskGiB",
      got: String(dataHost.diskGiB),
      want: `at most ${bounds.max}`,
      because: "no volume is larger",
      fix: `use ${bounds.max}`,
    },
  ];
};

/** What disks may be. */
export const DIGITALOCEAN_STORAGE_RULES = {
  diskIsOneOfTheMachines,
  diskGrowsInSteps,
  volumeCanBeMade,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
