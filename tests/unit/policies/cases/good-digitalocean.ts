import { DIGITALOCEAN_TYPES } from "../../../../facts/from-plan/digitalocean.ts";
import { type SentResource, UNKNOWN_TEXT } from "../policy-rpc.ts";

type Kind = keyof typeof DIGITALOCEAN_TYPES;
type Change = Partial<Omit<SentResource, "type" | "name" | "props">> & { readonly props?: object };

/** What is being made has no id yet: what names it is told by its dependencies. */
function of(name: string, property = "clusterId") {
  return { props: { [property]: UNKNOWN_TEXT }, dependencies: { [property]: [name] } };
}

function sent(kind: Kind, name: string, good: Change, change: Change): SentResource {
  const { dependencies: own, props, ...options } = change;
  const all = Object.entries({ ...good.props, ...props }).filter(([, value]) => value !== undefined);
  return {
    ...good,
    ...options,
    type: DIGITALOCEAN_TYPES[kind],
    name,
    props: Object.fromEntries(all),
    dependencies: { ...good.dependencies, ...own },
  };
}

/** Two nodes in a network of their own. */
export function cluster(change: Change = {}, name = "main"): SentResource {
  const props = {
    name,
    engine: "pg",
    version: "17",
    region: "nyc3",
    size: "db-s-2vcpu-4gb",
    nodeCount: 2,
    privateNetworkUuid: "vpc-1",
    storageAutoscale: { enabled: true, thresholdPercent: 80, incrementGib: 10 },
    maintenanceWindows: [{ day: "sunday", hour: "03:00:00" }],
  };
  return sent("cluster", name, { props, protect: true }, change);
}

export function replica(change: Change = {}, name = "reader", follows = "main"): SentResource {
  const { dependencies, props } = of(follows);
  const good = { ...props, name, region: "nyc3", size: "db-s-2vcpu-4gb", privateNetworkUuid: "vpc-1" };
  return sent("replica", name, { props: good, dependencies, protect: true }, change);
}

/** The list of who may connect to a server. */
export function sources(change: Change = {}, server = "main"): SentResource {
  const { dependencies, props } = of(server);
  const rules = [
    { type: "droplet", value: UNKNOWN_TEXT },
    { type: "ip_addr", value: "198.51.100.7" },
  ];
  return sent("sources", `sources-of-${server}`, { props: { ...props, rules }, dependencies }, change);
}

export function pool(change: Change = {}, name = "pool", server = "main"): SentResource {
  const { dependencies, props } = of(server);
  const good = { ...props, name, mode: "transaction", size: 15, dbName: "app", user: "app" };
  return sent("pool", name, { props: good, dependencies }, change);
}

export function user(name: string, server = "main"): SentResource {
  const { dependencies, props } = of(server);
  return sent("user", `user-${name}`, { props: { ...props, name }, dependencies }, {});
}

export function database(name: string, server = "main"): SentResource {
  const { dependencies, props } = of(server);
  return sent("database", `database-${name}`, { props: { ...props, name }, dependencies }, {});
}

export function droplet(change: Change = {}, name = "host"): SentResource {
  const props = { name, region: "nyc3", size: "s-2vcpu-4gb", image: "debian-13-x64", vpcUuid: "vpc-1", sshKeys: ["1"] };
  return sent("droplet", name, { props, protect: true }, change);
}

export function firewall(change: Change = {}, host = "host"): SentResource {
  const good = {
    props: {
      name: "wall",
      dropletIds: [UNKNOWN_TEXT],
      inboundRules: [
        { protocol: "tcp", portRange: "5432", sourceAddresses: ["10.100.0.0/24"] },
        { protocol: "tcp", portRange: "22", sourceTags: ["office"] },
      ],
      outboundRules: [{ protocol: "tcp", portRange: "443", destinationAddresses: ["203.0.113.0/24"] }],
    },
    dependencies: { dropletIds: [host] },
  };
  return sent("firewall", "wall", good, change);
}

export function volume(change: Change = {}): SentResource {
  return sent("volume", "data", { props: { name: "data", region: "nyc3", size: 50 }, protect: true }, change);
}
