import { UNKNOWN } from "../../../requirements/known.ts";
import { type PlannedResource, text } from "../planned-resource.ts";
import { readOnce } from "../read-once.ts";
import { type Ownership, ownership } from "./ownership.ts";

/** Types of the provider that hold data, or let somebody in. */
export const DIGITALOCEAN_TYPES = {
  cluster: "digitalocean:index/databaseCluster:DatabaseCluster",
  replica: "digitalocean:index/databaseReplica:DatabaseReplica",
  sources: "digitalocean:index/databaseFirewall:DatabaseFirewall",
  pool: "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool",
  database: "digitalocean:index/databaseDb:DatabaseDb",
  user: "digitalocean:index/databaseUser:DatabaseUser",
  droplet: "digitalocean:index/droplet:Droplet",
  volume: "digitalocean:index/volume:Volume",
  firewall: "digitalocean:index/firewall:Firewall",
  bucket: "digitalocean:index/spacesBucket:SpacesBucket",
  bucketPolicy: "digitalocean:index/spacesBucketPolicy:SpacesBucketPolicy",
} as const;

type Kind = keyof typeof DIGITALOCEAN_TYPES;

/** What is planned, by its kind, without what belongs to another engine than PostgreSQL. */
export interface DigitalOceanPlan extends Readonly<Record<Kind, readonly PlannedResource[]>> {
  readonly replicaOwners: Ownership;
  readonly sourceOwners: Ownership;
  readonly poolOwners: Ownership;
}

/** Sorts the resources of a plan. A cluster runs other engines, too: those, and what belongs to them, are left alone. */
export const digitalOceanPlan = readOnce((resources: readonly PlannedResource[]): DigitalOceanPlan => {
  const byType = Map.groupBy(resources, ({ type }) => type);
  const of = (kind: Kind): readonly PlannedResource[] => byType.get(DIGITALOCEAN_TYPES[kind]) ?? [];
  const clusters = of("cluster");
  const others = new Set(clusters.filter(isOther));
  const replicaOwners = ownership(of("replica"), clusters);
  const isOthers = (owners: Ownership) => (thing: PlannedResource) => {
    const own = owners.ownersOf(thing);
    return own !== UNKNOWN && own.some((server) => others.has(server));
  };
  for (const replica of of("replica")) if (isOthers(replicaOwners)(replica)) others.add(replica);
  const servers = [...clusters, ...of("replica")];
  const sourceOwners = ownership(of("sources"), servers);
  const poolOwners = ownership(of("pool"), clusters);
  return {
    cluster: clusters.filter((cluster) => !others.has(cluster)),
    replica: of("replica").filter((replica) => !others.has(replica)),
    sources: of("sources").filter((list) => !isOthers(sourceOwners)(list)),
    pool: of("pool").filter((pool) => !isOthers(poolOwners)(pool)),
    database: of("database"),
    user: of("user"),
    droplet: of("droplet"),
    volume: of("volume"),
    firewall: of("firewall"),
    bucket: of("bucket"),
    bucketPolicy: of("bucketPolicy"),
    replicaOwners,
    sourceOwners,
    poolOwners,
  };
});

function isOther(cluster: PlannedResource): boolean {
  const engine = text(cluster.props, "engine");
  return engine !== UNKNOWN && engine !== undefined && engine !== "pg";
}
