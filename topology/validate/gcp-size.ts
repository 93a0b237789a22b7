import type { CloudSqlEdition } from "../limits/cloud-sql-editions.ts";
import { diskTypesOf } from "../limits/cloud-sql-instances.ts";
import { nearestTierNames, nearestTiers } from "../limits/cloud-sql-nearest-tiers.ts";
import { type CloudSqlTier, parseTier, tierProblem } from "../limits/cloud-sql-tiers.ts";
import { cloudEdition, type ResolvedGcp, type ResolvedInstance } from "../resolved-gcp.ts";
import type { TopologySpec } from "../spec.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { GcpRule } from "./gcp-rule.ts";

const MIB_PER_GIB = 1024;
const EDITION_WORDS: Readonly<Record<CloudSqlEdition, ResolvedGcp["edition"]>> = {
  ENTERPRISE: "enterprise",
  ENTERPRISE_PLUS: "enterprise-plus",
};

interface SizedInstance {
  readonly where: string;
  readonly instance: ResolvedInstance;
  readonly size: TopologySpec["size"];
}

/** The primary, and the replicas that have a size of their own: the others have the primary's, and its mistakes. */
function sizedInstances(topology: ResolvedGcp, spec: TopologySpec): SizedInstance[] {
  const replicas = topology.replicas.flatMap((instance) => {
    const size = spec.replicas?.[instance.key]?.size;
    return size === undefined ? [] : [{ where: `replicas.${instance.key}.size`, instance, size }];
  });
  return [{ where: "size", instance: topology.primary, size: spec.size }, ...replicas];
}

const isSizedInOneWay: GcpRule = (topology, spec) =>
  sizedInstances(topology, spec)
    .filter(({ size }) => size?.tier !== undefined && (size.cpus !== undefined || size.memoryGiB !== undefined))
    .map(({ where, instance }) => ({
      where: `${where}.tier`,
      got: `${instance.tier}, and cpus or memoryGiB beside it`,
      want: "either tier, or cpus and memoryGiB",
      because: "a tier has its own processors and memory",
      fix: "remove the one or the other",
    }));

const tierExists: GcpRule = (topology, spec) =>
  sizedInstances(topology, spec).flatMap(({ where, size }) => {
    const because = size?.tier === undefined ? undefined : tierProblem(size.tier);
    if (size?.tier === undefined || because === undefined) return [];
    const fix = didYouMean(nearestTierNames(size.tier), "take one of those that `pgt limits --target gcp` lists");
    return [{ where: `${where}.tier`, got: size.tier, want: "a machine type of Cloud SQL", because, fix }];
  });

// Where no edition is sent, the cloud takes enterprise-plus from PostgreSQL 16 on, and refuses the machine types of the
// other: https://registry.terraform.io/providers/hashicorp/google-beta/latest/docs/resources/sql_database_instance
const tierIsOfTheEdition: GcpRule = (topology, spec) =>
  sizedInstances(topology, spec).flatMap(({ where, size }) => {
    const machine = size?.tier === undefined ? undefined : parseTier(size.tier);
    const wanted = cloudEdition(topology.edition);
    if (machine === undefined || machine.edition === wanted) return [];
    const other = EDITION_WORDS[machine.edition];
    const [nearest] = nearestTiers(wanted, machine.cpus, machine.memoryMiB / MIB_PER_GIB);
    return [
      {
        where: `${where}.tier`,
        got: machine.tier,
        want: `a machine type of ${topology.edition}`,
        because: `it belongs to ${other}`,
        fix: `use ${nearest?.tier ?? "another"}, or set edition: ${other}`,
      },
    ];
  });

const sizeHasMachine: GcpRule = (topology, spec) =>
  sizedInstances(topology, spec).flatMap(({ where, instance, size }) => {
    if (size?.tier !== undefined || instance.tier !== "") return [];
    const { cpus, memoryMiB } = instance;
    return [
      {
        where,
        got: `cpus: ${cpus}, memoryGiB: ${memoryMiB / MIB_PER_GIB}`,
        want: `a size that ${topology.edition} has a machine type for`,
        fix: `use ${nearestTiers(cloudEdition(topology.edition), cpus, memoryMiB / MIB_PER_GIB)
          .map((tier) => `cpus: ${tier.cpus}, memoryGiB: ${tier.memoryMiB / MIB_PER_GIB} (${tier.tier})`)
          .join("; or ")}`,
      },
    ];
  });

const diskIsOneThatWeMake: GcpRule = (topology, spec) =>
  sizedInstances(topology, spec).flatMap(({ where, instance }) => {
    const machine = parseTier(instance.tier);
    if (machine === undefined || diskTypesOf(machine).includes("PD_SSD")) return [];
    const [nearest] = nearestTiers(cloudEdition(topology.edition), machine.cpus, machine.memoryMiB / MIB_PER_GIB);
    return [
      {
        where: `${where}.tier`,
        got: machine.tier,
        want: "a machine type with SSD persistent disks",
        because: `${machine.series} takes ${diskTypesOf(machine).join(", ")} only, which storage.diskType lacks`,
        fix: `use ${nearest?.tier ?? "another machine type"}`,
      },
    ];
  });

const prodHasNoSharedCore: GcpRule = (topology) => {
  const machine = sharedCore(topology.primary);
  if (machine === undefined || topology.environment !== "prod") return [];
  return [
    {
      where: "size.tier",
      got: machine.tier,
      want: "a machine type with processors of its own in prod",
      because: "shared cores have no SLA",
      fix: "use db-custom-1-3840 or larger",
    },
  ];
};

const sharedCoreHasNoStandby: GcpRule = ({ primary, highAvailability, environment }) => {
  const machine = sharedCore(primary);
  // In prod, the machine type itself is the mistake.
  if (machine === undefined || !highAvailability || environment === "prod") return [];
  return [
    {
      where: "highAvailability",
      got: `true with ${machine.tier}`,
      want: "false with a shared core",
      because: "shared cores have no SLA: a standby doubles the price, and nothing is promised for it",
      fix: "remove highAvailability, or use db-custom-1-3840 or larger",
    },
  ];
};

function sharedCore({ tier }: ResolvedInstance): CloudSqlTier | undefined {
  const machine = parseTier(tier);
  return machine?.series === "shared-core" ? machine : undefined;
}

/** How large the servers may be. */
export const SIZE_RULES = {
  isSizedInOneWay,
  tierExists,
  tierIsOfTheEdition,
  sizeHasMachine,
  diskIsOneThatWeMake,
  prodHasNoSharedCore,
  sharedCoreHasNoStandby,
} satisfies Readonly<Record<string, GcpRule>>;
