import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { cloudName } from "../../topology/names.ts";
import type { DigitalOceanNames, NamedThing } from "../../verify/digitalocean-names.ts";
import type { PlannedChange } from "./plan.ts";

/** Something that is there under a name that an update would give to another: the state does not know it. */
export interface UnknownThing {
  /** As in "the cluster split-primary-k3x9". */
  readonly what: string;
  readonly found: NamedThing;
  /** Pulumi's. */
  readonly type: string;
  readonly name: string;
  /** By which the provider takes it over. */
  readonly importId: string;
  /** A command that ends it for good. */
  readonly remove: string;
}

/** What is searched, and what for. */
export interface SearchedStack {
  readonly topology: ResolvedDigitalOcean;
  readonly suffix: string;
  /** What the update would do. */
  readonly changes: readonly PlannedChange[];
  /** The cluster's id, where the state knows it. */
  readonly clusterId: string | undefined;
  readonly names: DigitalOceanNames;
}

const BUCKET = "digitalocean:index/spacesBucket:SpacesBucket";
const CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";
const ROLES = { owner: "owner", "read-write": "readWrite", "read-only": "readOnly", monitoring: "monitoring" } as const;

type Search = (role: string, name: string) => Promise<Omit<UnknownThing, "type" | "name"> | undefined>;

/**
 * What an update would make once more, or could not make: a run that broke off after the platform had begun, or a stack
 * that was taken down and has left its data. A bucket is not among it: its name is one of its own in the world, so that
 * there never is a second one; see {@link unknownBucket}.
 */
export async function unknownThings(stack: SearchedStack): Promise<UnknownThing[]> {
  const { changes, topology } = stack;
  const ofType = (type: string): PlannedChange[] =>
    changes.filter((change) => change.operation === "create" && change.type === type);
  const look = async (type: string, search: Search): Promise<UnknownThing[]> => {
    const found = await Promise.all(
      ofType(type).map(async ({ name }): Promise<UnknownThing[]> => {
        const role = name.slice(topology.name.length + 1);
        const thing = await search(role, cloudName(topology.stack, role, stack.suffix));
        return thing === undefined ? [] : [{ ...thing, type, name }];
      }),
    );
    return found.flat();
  };
  const machines = machineSearches(stack);
  const clusters = await look(CLUSTER, machines[CLUSTER]);
  const clusterId = stack.clusterId ?? clusters[0]?.found.id;
  const rest = { ...machines, ...(clusterId === undefined ? {} : contentSearches(stack, clusterId)) };
  const others = Object.entries(rest).filter(([type]) => type !== CLUSTER);
  return [...clusters, ...(await Promise.all(others.map(([type, search]) => look(type, search)))).flat()];
}

/** The bucket that is to be made, if one is. */
export function unknownBucket({ changes, suffix, topology }: Pick<SearchedStack, "changes" | "suffix" | "topology">) {
  const change = changes.find(({ operation, type }) => operation === "create" && type === BUCKET);
  const region = topology.dataHost?.bucketRegion;
  if (change === undefined || region === undefined) return undefined;
  const name = cloudName(topology.stack, change.name.slice(topology.name.length + 1), suffix);
  return { type: BUCKET, change: change.name, name, region, importId: `${region},${name}` };
}

function machineSearches({ names, topology }: SearchedStack) {
  return {
    [CLUSTER]: async (_role, name) =>
      thing(`the cluster ${name}`, await names.cluster(name), ({ id }) => ({
        importId: id,
        remove: `doctl databases delete ${id}`,
      })),
    "digitalocean:index/vpc:Vpc": async (_role, name) =>
      thing(`the network ${name}`, await names.vpc(name), ({ id }) => ({
        importId: id,
        remove: `doctl vpcs delete ${id}`,
      })),
    "digitalocean:index/droplet:Droplet": async (_role, name) =>
      thing(`the Droplet ${name}`, await names.droplet(name), ({ id }) => ({
        importId: id,
        remove: `doctl compute droplet delete ${id}`,
      })),
    "digitalocean:index/volume:Volume": async (_role, name) =>
      thing(`the volume ${name}`, await names.volume(name, topology.region), ({ id }) => ({
        importId: id,
        remove: `doctl compute volume delete ${id}`,
      })),
  } satisfies Record<string, Search>;
}

/** What a cluster has in it goes with it. */
function contentSearches({ names, topology }: SearchedStack, clusterId: string): Record<string, Search> {
  const within = (name: string, command: string) => () => ({
    importId: `${clusterId},${name}`,
    remove: `doctl databases ${command} delete ${clusterId} ${name}`,
  });
  return {
    "digitalocean:index/databaseReplica:DatabaseReplica": async (_role, name) =>
      thing(`the replica ${name}`, await names.replica(clusterId, name), within(name, "replica")),
    "digitalocean:index/databaseDb:DatabaseDb": async () => {
      const name = topology.database;
      return thing(`the database ${name}`, await names.database(clusterId, name), within(name, "db"));
    },
    "digitalocean:index/databaseUser:DatabaseUser": async (role) => {
      const key = ROLES[role.replace(/^user-/, "") as keyof typeof ROLES] as
        (typeof ROLES)[keyof typeof ROLES] | undefined;
      if (key === undefined) throw new RangeError(`no role of a user is ${role}`);
      const name = topology.roles[key];
      return thing(`the user ${name}`, await names.user(clusterId, name), within(name, "user"));
    },
  };
}

function thing(
  what: string,
  found: NamedThing | undefined,
  how: (found: NamedThing) => Pick<UnknownThing, "importId" | "remove">,
): Omit<UnknownThing, "type" | "name"> | undefined {
  return found && { what, found, ...how(found) };
}
