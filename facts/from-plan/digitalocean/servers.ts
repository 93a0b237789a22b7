import { type ClusterServerFacts, NOT_KNOWN_YET, type TrustedList } from "../../../requirements/facts/clusters.ts";
import { unknownServer } from "../../../requirements/facts/nothing-known.ts";
import { type Fact, type Known, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { MANAGED_SIZES } from "../../../topology/limits/digitalocean.ts";
import { maintenanceText, sourceText } from "../../from-spec-digitalocean.ts";
import { versionDaysLeft } from "../../version-days.ts";
import {
  flag,
  mapKnown,
  number,
  object,
  objects,
  type Planned,
  type PlannedResource,
  text,
} from "../planned-resource.ts";
import type { PlanContext } from "../docker.ts";
import { networkOf } from "./network.ts";
import { makersOf, type PoolMakers, poolsOf } from "./pools.ts";
import type { DigitalOceanPlan } from "./types.ts";

const OF_THE_CLUSTER = new Missing("not-applicable", "it is the cluster's, which a replica follows");
const ELSEWHERE = new Missing("not-applicable", "its cluster is not in the stack");
const NO_SUCH_SIZE = new Missing("unknown", "the size is in no table here");

/** Every managed PostgreSQL of a plan: clusters first. */
export function serverFacts(plan: DigitalOceanPlan, context: Pick<PlanContext, "now">): readonly ClusterServerFacts[] {
  const makes = makersOf(plan);
  return [
    ...plan.cluster.map((cluster) => clusterFacts(cluster, plan, { makes, now: context.now ?? new Date() })),
    ...plan.replica.map((replica) => replicaFacts(replica, plan)),
  ];
}

function clusterFacts(
  cluster: PlannedResource,
  plan: DigitalOceanPlan,
  { makes, now }: { readonly makes: PoolMakers; readonly now: Date },
): ClusterServerFacts {
  const { name, props, protect } = cluster;
  const version = mapKnown(text(props, "version"), (named) => named);
  const major = mapKnown(version, (named) => (named === undefined ? UNKNOWN : majorOf(named)));
  return {
    ...unknownServer(name, "primary"),
    ...machineOf(text(props, "size")),
    region: mapKnown(text(props, "region"), (region) => region ?? UNKNOWN),
    versionNamed: mapKnown(version, (named) => named !== undefined),
    version: major,
    versionDaysLeft: major === UNKNOWN ? UNKNOWN : versionDaysLeft(major, now),
    network: networkOf(cluster, "privateNetworkUuid"),
    follows: undefined,
    pools: poolsOf(cluster, plan, makes),
    sources: sourcesOf(cluster, plan),
    protected: protect ?? UNKNOWN,
    nodes: mapKnown(number(props, "nodeCount"), (count) => count ?? 1),
    diskGrows: mapKnown(object(props, "storageAutoscale"), (growth) => flag(growth, "enabled")),
    maintenance: mapKnown(objects(props, "maintenanceWindows"), ([window]) => window && windowText(window)),
  };
}

function replicaFacts(replica: PlannedResource, plan: DigitalOceanPlan): ClusterServerFacts {
  const cluster = clusterOf(replica, plan);
  return {
    ...unknownServer(replica.name, "replica"),
    // Without one, nothing that was read says which it will be.
    ...machineOf(text(replica.props, "size")),
    // Left out, it is the cluster's.
    // https://github.com/digitalocean/openapi/blob/main/specification/resources/databases/models/database_replica.yml
    region: mapKnown(text(replica.props, "region"), (region) => region ?? regionOf(cluster)),
    network: networkOf(replica, "privateNetworkUuid"),
    follows: cluster instanceof Missing || cluster === UNKNOWN ? cluster : cluster.name,
    sources: sourcesOf(replica, plan),
    version: OF_THE_CLUSTER,
    versionNamed: OF_THE_CLUSTER,
    versionDaysLeft: OF_THE_CLUSTER,
    pools: OF_THE_CLUSTER,
    protected: replica.protect ?? UNKNOWN,
    nodes: OF_THE_CLUSTER,
    diskGrows: OF_THE_CLUSTER,
    maintenance: OF_THE_CLUSTER,
  };
}

function clusterOf(replica: PlannedResource, { replicaOwners }: DigitalOceanPlan): Fact<PlannedResource> {
  const found = replicaOwners.ownersOf(replica);
  return found === UNKNOWN ? UNKNOWN : (found[0] ?? ELSEWHERE);
}

function regionOf(cluster: Fact<PlannedResource>): Known<string> {
  if (cluster === UNKNOWN || cluster instanceof Missing) return UNKNOWN;
  return mapKnown(text(cluster.props, "region"), (region) => region ?? UNKNOWN);
}

function machineOf(size: Known<string | undefined>): Pick<ClusterServerFacts, "size" | "cpus" | "memoryMiB"> {
  if (size === UNKNOWN || size === undefined) return { size: UNKNOWN, cpus: UNKNOWN, memoryMiB: UNKNOWN };
  const machine = MANAGED_SIZES.find(({ slug }) => slug === size);
  return { size, cpus: machine?.cpus ?? NO_SUCH_SIZE, memoryMiB: machine?.memoryMiB ?? NO_SUCH_SIZE };
}

function majorOf(version: string): Known<number> {
  const major = Number.parseInt(version, 10);
  return Number.isNaN(major) ? UNKNOWN : major;
}

function windowText(window: Readonly<Record<string, Planned>>): Known<string | undefined> {
  return mapKnown(text(window, "day"), (day) =>
    mapKnown(text(window, "hour"), (clock) => {
      const hour = Number.parseInt(clock ?? "0", 10);
      return Number.isNaN(hour) ? UNKNOWN : day && maintenanceText(day, hour);
    }),
  );
}

/** Lists whose server is known not to be in the stack. */
export function listsElsewhere({ sourceOwners, sources }: DigitalOceanPlan): readonly TrustedList[] {
  return sources
    .filter((list) => {
      const owners = sourceOwners.ownersOf(list);
      return owners !== UNKNOWN && owners.length === 0;
    })
    .map(({ name, props }) => ({ name, sources: mapKnown(objects(props, "rules"), (rules) => rules.map(ruleText)) }));
}

/** A server that no list of the stack belongs to is open to everybody. */
function sourcesOf(server: PlannedResource, { sourceOwners }: DigitalOceanPlan): Fact<readonly string[]> {
  const own = sourceOwners.of(server).map((list) => objects(list.props, "rules"));
  if (own.length === 0) return sourceOwners.hasStrays ? UNKNOWN : [];
  const rules = own.filter((list) => list !== UNKNOWN);
  return rules.length < own.length ? UNKNOWN : rules.flat().map(ruleText);
}

/** What is being made has no id yet, and is not the whole world; an address that is not known may be. */
function ruleText({ type, value }: Readonly<Record<string, Planned>>): string {
  const kind = typeof type === "string" ? type : "ip_addr";
  return sourceText({ type: kind, value: typeof value === "string" ? value : NOT_KNOWN_YET });
}
