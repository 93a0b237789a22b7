import { parseTier, tierOf } from "./limits/cloud-sql-tiers.ts";
import { cloudEdition, type ResolvedGcp, type ResolvedInstance } from "./resolved-gcp.ts";
import type { TopologySpec } from "./spec.ts";

/** Memory of a machine that nobody asked for; enterprise-plus has one amount for each number of processors. */
const GIB_PER_CPU = { enterprise: 4, "enterprise-plus": 8 } as const;
const MIB_PER_GIB = 1024;

/** The machine of an instance: by the cloud's name for it, else the one that has these processors and this memory. */
export function resolveInstanceSize(
  edition: ResolvedGcp["edition"],
  size: TopologySpec["size"],
): Pick<ResolvedInstance, "tier" | "cpus" | "memoryMiB"> {
  if (size?.tier !== undefined) {
    const machine = parseTier(size.tier);
    return { tier: size.tier, cpus: machine?.cpus ?? 0, memoryMiB: machine?.memoryMiB ?? 0 };
  }
  const cpus = size?.cpus ?? 2;
  const memoryGiB = size?.memoryGiB ?? GIB_PER_CPU[edition] * cpus;
  const machine = tierOf(cloudEdition(edition), cpus, memoryGiB);
  return { tier: machine?.tier ?? "", cpus, memoryMiB: Math.round(memoryGiB * MIB_PER_GIB) };
}
