import type { ClusterPoolFacts } from "../../../requirements/facts/clusters.ts";
import { type Known, UNKNOWN } from "../../../requirements/known.ts";
import { mapKnown, number, type PlannedResource, text } from "../planned-resource.ts";
import type { DigitalOceanPlan } from "./types.ts";

/** What every cluster comes with: https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-users-and-databases/ */
const CLUSTERS_OWN = { user: "doadmin", dbName: "defaultdb" } as const;

/** Users, or databases, that the stack makes. */
interface Made {
  readonly urns: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly PlannedResource[]>;
  readonly unnamed: readonly PlannedResource[];
}

/** What a pool may log in as, and to. */
export type PoolMakers = Readonly<Record<keyof typeof CLUSTERS_OWN, Made>>;

/** Every user and database of a plan. */
export function makersOf({ database, user }: DigitalOceanPlan): PoolMakers {
  return { user: made(user), dbName: made(database) };
}

/** The pools of a cluster; UNKNOWN where it is not known of one whose it is. */
export function poolsOf(
  cluster: PlannedResource,
  { poolOwners }: DigitalOceanPlan,
  makers: PoolMakers,
): Known<readonly ClusterPoolFacts[]> {
  return poolOwners.hasStrays ? UNKNOWN : poolOwners.of(cluster).map((pool) => poolFacts(pool, makers));
}

/** The mode of a pool, whosever it is. */
export function modeOf({ props }: PlannedResource): Known<string> {
  return mapKnown(text(props, "mode"), (mode) => mode ?? UNKNOWN);
}

function poolFacts(pool: PlannedResource, makers: PoolMakers): ClusterPoolFacts {
  const { name, props } = pool;
  return {
    name,
    mode: modeOf(pool),
    size: mapKnown(number(props, "size"), (size) => size ?? UNKNOWN),
    // Without a user, each client comes as itself.
    userMade: props.user === undefined || isMade(pool, "user", makers),
    databaseMade: isMade(pool, "dbName", makers),
  };
}

function made(resources: readonly PlannedResource[]): Made {
  const nameOf = ({ props }: PlannedResource): string => {
    const name = text(props, "name");
    return name === UNKNOWN || name === undefined ? "" : name;
  };
  const byName = Map.groupBy(resources, nameOf);
  return { urns: new Set(resources.map(({ urn }) => urn)), byName, unnamed: byName.get("") ?? [] };
}

/** By name, or by what it was taken from. A name that is not known yet may be the one. */
function isMade(pool: PlannedResource, property: keyof PoolMakers, makers: PoolMakers): Known<boolean> {
  const { byName, unnamed, urns } = makers[property];
  if (pool.dependencies?.[property]?.some(({ urn }) => urns.has(urn)) === true) return true;
  return mapKnown(text(pool.props, property), (wanted) => {
    if (wanted === undefined || wanted === CLUSTERS_OWN[property]) return true;
    if ((byName.get(wanted) ?? []).some((one) => isSibling(pool, one))) return true;
    return unnamed.some((one) => isSibling(pool, one)) ? UNKNOWN : false;
  });
}

/** Not known to be another cluster's. */
function isSibling(pool: PlannedResource, other: PlannedResource): boolean {
  const [own, theirs] = [pool.props.clusterId, other.props.clusterId];
  if (typeof own === "string" && typeof theirs === "string") return own === theirs;
  const [above, below] = [pool, other].map((one) => one.dependencies?.clusterId?.map(({ urn }) => urn));
  return above === undefined || below === undefined || above.some((urn) => below.includes(urn));
}
