import type { BucketFacts } from "../../requirements/facts/bucket.ts";
import type { ClusterServerFacts } from "../../requirements/facts/clusters.ts";
import type { FactsByTopic } from "../../requirements/facts/facts-by-topic.ts";
import type { HostFacts, InboundRule } from "../../requirements/facts/host.ts";
import { NOTHING_KNOWN, unknownServer } from "../../requirements/facts/nothing-known.ts";
import type { PoolingFacts } from "../../requirements/facts/pooling.ts";
import { type Fact, type Known, Missing, UNKNOWN } from "../../requirements/known.ts";
import { maintenanceText, sourceText } from "../from-spec-digitalocean.ts";
import {
  flag,
  mapKnown,
  number,
  object,
  objects,
  type Planned,
  type PlannedResource,
  text,
  texts,
} from "./planned-resource.ts";

/** Types of the provider that hold data, or let somebody in. */
export const DIGITALOCEAN_TYPES = {
  cluster: "digitalocean:index/databaseCluster:DatabaseCluster",
  replica: "digitalocean:index/databaseReplica:DatabaseReplica",
  sources: "digitalocean:index/databaseFirewall:DatabaseFirewall",
  pool: "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool",
  droplet: "digitalocean:index/droplet:Droplet",
  volume: "digitalocean:index/volume:Volume",
  firewall: "digitalocean:index/firewall:Firewall",
  bucket: "digitalocean:index/spacesBucket:SpacesBucket",
} as const;

const OF_THE_CLUSTER = new Missing("not-applicable", "it is the cluster's, which a replica follows");
const NOT_PLANNED = new Missing("not-applicable", "the plan has none");

/** What planned resources on DigitalOcean will be, made by this project's components or by anybody's. */
export function factsFromDigitalOceanPlan(
  resources: readonly PlannedResource[],
): Pick<FactsByTopic, "bucket" | "clusters" | "host" | "pooling"> {
  const of = (type: keyof typeof DIGITALOCEAN_TYPES) =>
    resources.filter((one) => one.type === DIGITALOCEAN_TYPES[type]);
  const servers = [...of("cluster"), ...of("replica")];
  return {
    clusters: { servers: servers.map((server) => serverFacts(server, servers, of("sources"))) },
    pooling: pooling(of("pool")),
    host: of("droplet").length === 0 ? everyMissing(NOTHING_KNOWN.host) : host(of("firewall"), of("volume")),
    bucket: of("bucket").length === 0 ? everyMissing(NOTHING_KNOWN.bucket) : bucket(of("bucket")),
  };
}

function serverFacts(
  server: PlannedResource,
  servers: readonly PlannedResource[],
  lists: readonly PlannedResource[],
): ClusterServerFacts {
  const { name, props, protect, type } = server;
  const role = type === DIGITALOCEAN_TYPES.cluster ? "primary" : "replica";
  return {
    ...unknownServer(name, role),
    sources: sourcesOf(server, servers, lists),
    ...(role === "replica"
      ? { nodes: OF_THE_CLUSTER, diskGrows: OF_THE_CLUSTER, maintenance: OF_THE_CLUSTER, protected: OF_THE_CLUSTER }
      : {
          protected: protect ?? UNKNOWN,
          nodes: mapKnown(number(props, "nodeCount"), (count) => count ?? 1),
          diskGrows: mapKnown(object(props, "storageAutoscale"), (growth) => flag(growth, "enabled")),
          maintenance: mapKnown(objects(props, "maintenanceWindows"), ([window]) => window && windowText(window)),
        }),
  };
}

function windowText(window: Readonly<Record<string, Planned>>): Known<string | undefined> {
  return mapKnown(text(window, "day"), (day) =>
    mapKnown(text(window, "hour"), (hour) => day && maintenanceText(day, Number.parseInt(hour ?? "0", 10))),
  );
}

/**
 * The list of a server. Its id is not known before it is made: a list belongs to the server that its name ends as, else to
 * the only one there is. Where lists are fewer than servers, one without a list is open to everybody.
 */
function sourcesOf(
  { name }: PlannedResource,
  servers: readonly PlannedResource[],
  lists: readonly PlannedResource[],
): Fact<readonly string[]> {
  const part = partOf(name);
  const own = lists.find((list) => partOf(list.name) === part) ?? (servers.length === 1 ? lists[0] : undefined);
  if (own === undefined) return lists.length < servers.length ? [] : UNKNOWN;
  return mapKnown(objects(own.props, "rules"), (rules) => rules.map(ruleText));
}

/** As in `pgtopology-split-firewall-replica-reader`. */
function partOf(name: string): string {
  return /(?:^|-)(primary|replica-.+)$/.exec(name)?.[1] ?? name;
}

/** What is not known yet is a thing that is being made: never the whole world. */
function ruleText({ type, value }: Readonly<Record<string, Planned>>): string {
  return sourceText({ type: String(type), value: value === UNKNOWN ? "(not known yet)" : String(value) });
}

/** What the running pool is judged on beside its mode is not the plan's to tell. */
function pooling([pool]: readonly PlannedResource[]): PoolingFacts {
  if (pool === undefined) return { ...NOTHING_KNOWN.pooling, enabled: false };
  return { ...NOTHING_KNOWN.pooling, enabled: true, mode: mapKnown(text(pool.props, "mode"), (mode) => mode ?? "") };
}

function host(firewalls: readonly PlannedResource[], volumes: readonly PlannedResource[]): HostFacts {
  const rules = firewalls.map(({ props }) => objects(props, "inboundRules"));
  return {
    ...NOTHING_KNOWN.host,
    firewalls: firewalls.length,
    inbound: rules.includes(UNKNOWN)
      ? UNKNOWN
      : rules.flatMap((list) => (list === UNKNOWN ? [] : list.map(inboundRule))),
    volumeProtected: all(volumes.map(({ protect }) => protect ?? UNKNOWN)),
  };
}

function inboundRule(rule: Readonly<Record<string, Planned>>): InboundRule {
  const sources = texts(rule, "sourceAddresses");
  return {
    protocol: String(rule.protocol),
    ports: typeof rule.portRange === "string" ? rule.portRange : "all",
    sources: sources === UNKNOWN ? ["(not known yet)"] : sources,
  };
}

function bucket(buckets: readonly PlannedResource[]): BucketFacts {
  return {
    // Private is the provider's default.
    private: all(buckets.map(({ props }) => mapKnown(text(props, "acl"), (acl) => (acl ?? "private") === "private"))),
    versioned: all(buckets.map(({ props }) => mapKnown(object(props, "versioning"), (on) => flag(on, "enabled")))),
    protected: all(
      buckets.map(({ props, protect = UNKNOWN }) =>
        mapKnown(flag(props, "forceDestroy"), (force) => (force ? false : protect)),
      ),
    ),
  };
}

function all(values: readonly Known<boolean>[]): Known<boolean> {
  if (values.includes(false)) return false;
  return values.includes(UNKNOWN) ? UNKNOWN : true;
}

function everyMissing<F extends object>(facts: F): F {
  return Object.fromEntries(Object.keys(facts).map((name) => [name, NOT_PLANNED])) as F;
}
