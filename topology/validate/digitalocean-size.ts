import { nearestNames } from "../../kernel/closest-name.ts";
import type { Issue } from "../issue.ts";
import { canHaveStandby, MANAGED_SIZES } from "../limits/digitalocean.ts";
import { DROPLET_SIZES } from "../limits/digitalocean-droplets.ts";
import { type Machine, nearestMachines } from "../limits/digitalocean-machine.ts";
import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import type { TopologySpec } from "../spec.ts";
import { didYouMean } from "./did-you-mean.ts";
import { type DigitalOceanRule, LISTED } from "./digitalocean-rule.ts";

const MIB_PER_GIB = 1024;

interface SizedMachine {
  readonly where: string;
  /** Empty where there is none. */
  readonly slug: string;
  readonly size: TopologySpec["size"];
  readonly machines: readonly Machine[];
  readonly kind: string;
}

const MANAGED = { machines: MANAGED_SIZES, kind: "a machine of managed PostgreSQL" };
const DROPLET = { machines: DROPLET_SIZES, kind: "a Droplet's size" };

/** Everything that has a size of its own: a replica without one has the primary's, and its mistakes. */
function sizedMachines({ primary, replicas, dataHost }: ResolvedDigitalOcean, spec: TopologySpec): SizedMachine[] {
  return [
    { where: "size", slug: primary.slug, size: spec.size, ...MANAGED },
    ...replicas
      .map(({ key, slug }) => ({ where: `replicas.${key}.size`, slug, size: spec.replicas?.[key]?.size, ...MANAGED }))
      .filter(({ size }) => size !== undefined),
    ...(dataHost === undefined ? [] : [{ where: "data.size", slug: dataHost.slug, size: spec.data?.size, ...DROPLET }]),
  ];
}

const isSizedInOneWay: DigitalOceanRule = (topology, spec) =>
  sizedMachines(topology, spec)
    .filter(({ size }) => size?.tier !== undefined && (size.cpus !== undefined || size.memoryGiB !== undefined))
    .map(({ where, slug }) => ({
      where: `${where}.tier`,
      got: `${slug}, and cpus or memoryGiB beside it`,
      want: "either tier, or cpus and memoryGiB",
      because: "a tier has its own processors and memory",
      fix: "remove the one or the other",
    }));

const tierExists: DigitalOceanRule = (topology, spec) =>
  sizedMachines(topology, spec)
    .filter(({ slug, size, machines }) => size?.tier !== undefined && !machines.some((known) => known.slug === slug))
    .map(({ where, slug, machines, kind }) => ({
      where: `${where}.tier`,
      got: slug,
      want: kind,
      fix: didYouMean(
        nearestNames(
          slug,
          machines.map((known) => known.slug),
        ),
        LISTED,
      ),
    }));

const sizeHasMachine: DigitalOceanRule = (topology, spec) =>
  sizedMachines(topology, spec)
    .filter(({ slug }) => slug === "")
    .map(({ where, size, machines, kind }) => ({ where, ...noMachine(size ?? {}, machines, kind) }));

function noMachine(
  { cpus, memoryGiB }: NonNullable<TopologySpec["size"]>,
  machines: readonly Machine[],
  kind: string,
): Omit<Issue, "where"> {
  const wished = { cpus, memoryMiB: memoryGiB === undefined ? undefined : memoryGiB * MIB_PER_GIB };
  const near = nearestMachines(machines, wished);
  const asked = [cpus !== undefined && `cpus: ${cpus}`, memoryGiB !== undefined && `memoryGiB: ${memoryGiB}`];
  return {
    got: asked.filter((part) => part !== false).join(", "),
    want: `a size that there is ${kind} of`,
    fix: `use ${near
      .map((machine) => `cpus: ${machine.cpus}, memoryGiB: ${machine.memoryMiB / MIB_PER_GIB} (${machine.slug})`)
      .join("; or ")}`,
  };
}

const standbyHasItsMachine: DigitalOceanRule = ({ primary, nodeCount, environment }) => {
  if (nodeCount === 1 || primary.memoryMiB === 0 || canHaveStandby(primary)) return [];
  const larger = MANAGED_SIZES.find(canHaveStandby)?.slug ?? "";
  return [
    {
      where: "highAvailability",
      got: `true with ${primary.slug}`,
      want: "a machine with 2 GiB or more",
      because: "the smallest machine stands alone",
      fix: `use ${larger}${environment === "prod" ? "" : ", or remove highAvailability"}`,
    },
  ];
};

const replicaIsAsLargeAsItsCluster: DigitalOceanRule = ({ replicas, primary }) =>
  replicas
    .filter(({ cpus, memoryMiB }) => memoryMiB > 0 && (cpus < primary.cpus || memoryMiB < primary.memoryMiB))
    .map(({ key, slug }) => ({
      where: `replicas.${key}.size`,
      got: slug,
      want: `${primary.slug}, or larger`,
      because: "the platform refuses a replica that is smaller than its cluster",
      fix: `remove replicas.${key}.size`,
    }));

/** How large servers may be. */
export const DIGITALOCEAN_SIZE_RULES = {
  isSizedInOneWay,
  tierExists,
  sizeHasMachine,
  standbyHasItsMachine,
  replicaIsAsLargeAsItsCluster,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
