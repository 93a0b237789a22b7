// What DigitalOcean would say to a disk is not proven: its ranges are known, and not confirmed.
import { describe } from "mocha";
import { DIGITALOCEAN_STORAGE_RULES } from "../../../../topology/validate/digitalocean-storage.ts";
import { DATA_HOST, type DigitalOceanCase, testDigitalOceanRules } from "../../../support/digitalocean-cases.ts";

const CASES: Record<keyof typeof DIGITALOCEAN_STORAGE_RULES, readonly DigitalOceanCase[]> = {
  diskIsOneOfTheMachines: [
    {
      title: "a disk that is smaller than the machine's",
      good: { size: { memoryGiB: 2 }, storage: { diskGiB: 30 } },
      bad: { size: { memoryGiB: 2 }, storage: { diskGiB: 20 } },
      text: `storage.diskGiB
    got: 20
    want: 30 to 60 with db-s-1vcpu-2gb
    because: storage goes with the machine
    fix: use 30, or remove it`,
    },
    {
      title: "a disk that is larger than the machine's",
      good: { storage: { diskGiB: 30 } },
      bad: { storage: { diskGiB: 40 } },
      text: `storage.diskGiB
    got: 40
    want: 10 to 30 with db-s-1vcpu-1gb
    because: storage goes with the machine
    fix: use 30, or a larger size`,
    },
  ],
  diskGrowsInSteps: [
    {
      title: "a disk between two steps",
      good: { storage: { diskGiB: 20 } },
      bad: { storage: { diskGiB: 25 } },
      text: `storage.diskGiB
    got: 25
    want: a multiple of 10
    because: storage grows in steps of 10 GiB
    fix: use 30`,
    },
    {
      title: "a disk between two steps of a machine whose range is not known",
      good: { size: { tier: "gd-2vcpu-8gb" }, storage: { diskGiB: 1000 } },
      bad: { size: { tier: "gd-2vcpu-8gb" }, storage: { diskGiB: 1001 } },
      text: `storage.diskGiB
    got: 1001
    want: a multiple of 10
    because: storage grows in steps of 10 GiB
    fix: use 1010`,
    },
  ],
  volumeCanBeMade: [
    {
      title: "a volume that is too large",
      good: { ...DATA_HOST, data: { diskGiB: 16_384 } },
      bad: { ...DATA_HOST, data: { diskGiB: 16_385 } },
      text: `data.diskGiB
    got: 16385
    want: at most 16384
    because: no volume is larger
    fix: use 16384`,
    },
  ],
};

describe("the disks of a topology on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_STORAGE_RULES, CASES);
});
