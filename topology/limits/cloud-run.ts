import { type Bounds, isWithin, notConfirmed, readAt, type Sourced } from "./limit.ts";

/** The memory that goes with so many processors. */
export interface CloudRunMemory extends Sourced {
  /** From so many on, until the next row. */
  readonly fromCpus: number;
  readonly memoryMiB: Bounds;
}

/** Names of variables that are not the user's to set. */
export interface ReservedVariables extends Sourced {
  readonly names: readonly string[];
}

/** A number of addresses, or of bits, and what it is about. */
export interface EgressLimit extends Sourced {
  readonly title: string;
  readonly number: number;
}

const DOCS = "https://docs.cloud.google.com/run/docs/configuring";
const CPU = readAt(`${DOCS}/services/cpu`);
const MIB = 1024;

/** Processors of an instance: parts of one within `shares`, or one of `counts`. */
export const CLOUD_RUN_CPUS = {
  shares: { min: 0.08, max: 1 },
  counts: [1, 2, 4, 6, 8],
  /** Requests at once of an instance that has less than one processor. */
  concurrencyOfShare: 1,
  provenance: CPU,
} as const satisfies Sourced & { shares: Bounds; counts: readonly number[]; concurrencyOfShare: number };

/** Memory of an instance by its processors, the least first; 128 MiB is the least of the first generation. */
export const CLOUD_RUN_MEMORY: readonly CloudRunMemory[] = (
  [
    [0.08, 128, 512],
    [0.5, 128, MIB],
    [1, 128, 4 * MIB],
    [2, 128, 8 * MIB],
    [4, 2 * MIB, 16 * MIB],
    [6, 4 * MIB, 24 * MIB],
    [8, 4 * MIB, 32 * MIB],
  ] as const
).map(([fromCpus, min, max]) => ({ fromCpus, memoryMiB: { min, max }, provenance: CPU }));

/** Variables that Cloud Run sets itself and refuses from others. */
export const CLOUD_RUN_RESERVED_VARIABLES: ReservedVariables = {
  names: ["PORT", "K_SERVICE", "K_REVISION", "K_CONFIGURATION"],
  provenance: readAt(`${DOCS}/services/overview-environment-variables`),
};

/** Characters of one variable's value. */
export const CLOUD_RUN_VARIABLE_LENGTH = {
  bounds: { min: 0, max: 32_768 },
  provenance: readAt("https://www.pulumi.com/registry/packages/gcp/api-docs/cloudrunv2/job/"),
} as const satisfies Sourced & { bounds: Bounds };

/** Addresses that a service takes from its subnet when it sends into a VPC without a connector. */
export const DIRECT_VPC_EGRESS = {
  longestPrefix: {
    title: "longest prefix of the subnet",
    number: 26,
    provenance: notConfirmed(`${DOCS}/vpc-direct-vpc`, "known; the copy that was read breaks off before the number"),
  },
  /** Instances of an old revision live on while those of the new one start. Another copy of the page says four. */
  perInstance: {
    title: "addresses for each instance",
    number: 2,
    provenance: readAt(`${DOCS}/networking-best-practices`),
  },
  ofTheNetwork: {
    title: "addresses of a subnet that the network keeps",
    number: 4,
    provenance: notConfirmed("https://docs.cloud.google.com/vpc/docs/subnets", "known, the page was not read"),
  },
} as const satisfies Readonly<Record<string, EgressLimit>>;

/** Whether an instance can have so many processors. */
export function isCloudRunCpus(cpus: number): boolean {
  const { shares, counts } = CLOUD_RUN_CPUS;
  return isWithin(cpus, shares) || counts.some((count) => count === cpus);
}

/** The memory, in MiB, that an instance with so many processors can have; none for fewer than the least. */
export function cloudRunMemoryMiB(cpus: number): Bounds | undefined {
  return CLOUD_RUN_MEMORY.findLast(({ fromCpus }) => fromCpus <= cpus)?.memoryMiB;
}
