import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { cluster, database, droplet, firewall, pool, replica, sources, user } from "./good-digitalocean.ts";

const GOOD = [cluster(), sources()];
const MYSQL = cluster(
  { props: { engine: "mysql", version: undefined, nodeCount: 1, size: "db-s-1vcpu-1gb" } },
  "other",
);

/** A rule of a cluster alone. */
function ofCluster(
  id: string,
  sides: readonly (readonly [why: string, props: object, says: RegExp, also?: readonly string[]])[],
  unknown: object,
): PlanCase {
  return {
    id,
    good: [...GOOD, MYSQL],
    bad: sides.map(([why, props, says, also = []]) => ({
      why,
      resources: [cluster({ props }), sources()],
      says,
      also,
    })),
    unknown: [cluster({ props: unknown }), sources()],
  };
}

/** What a managed cluster must be, and what beside it. */
export const CASES: readonly PlanCase[] = [
  {
    id: "clusters/sources-named",
    good: [cluster(), replica(), sources(), sources({}, "reader")],
    bad: [
      { why: "no list", resources: [cluster()], says: /^main: got no trusted source, want one or more/ },
      {
        why: "an empty list",
        resources: [cluster(), sources({ props: { rules: [] } })],
        says: /^main: got no trusted/,
      },
      {
        why: "none of the replica's own",
        resources: [cluster(), replica(), sources()],
        says: /^reader: got no trusted source/,
        at: "reader",
      },
      {
        why: "one of a cluster elsewhere",
        resources: [
          cluster(),
          sources({ props: { clusterId: "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30" }, dependencies: { clusterId: [] } }),
        ],
        says: /^main: got no trusted source/,
      },
      {
        why: "one of another cluster of the stack",
        resources: [cluster({}, "second"), cluster(), sources()],
        says: /^second: got no trusted source/,
      },
    ],
    unknown: [cluster(), sources({ props: { rules: UNKNOWN_TEXT } })],
  },
  {
    id: "clusters/no-world-open-source",
    good: GOOD,
    bad: [
      {
        why: "IPv4",
        resources: [cluster(), sources({ props: { rules: [{ type: "ip_addr", value: "0.0.0.0/0" }] } })],
        says: /^main: open to everybody: ip_addr 0\.0\.0\.0\/0/,
      },
      {
        why: "half of it",
        resources: [cluster(), sources({ props: { rules: [{ type: "ip_addr", value: "128.0.0.0/1" }] } })],
        says: /128\.0\.0\.0\/1/,
      },
      {
        why: "beside an address that is not known yet",
        resources: [
          cluster(),
          sources({
            props: {
              rules: [
                { type: "ip_addr", value: UNKNOWN_TEXT },
                { type: "ip_addr", value: "::/0" },
              ],
            },
          }),
        ],
        says: /open to everybody: ip_addr ::\/0/,
      },
      {
        why: "of a server that is in another stack",
        resources: [
          ...GOOD,
          sources(
            {
              props: {
                clusterId: "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30",
                rules: [{ type: "ip_addr", value: "0.0.0.0/0" }],
              },
              dependencies: { clusterId: [] },
            },
            "another",
          ),
        ],
        says: /^sources-of-another: open to everybody: ip_addr 0\.0\.0\.0\/0/,
        at: "sources-of-another",
      },
    ],
    unknown: [cluster(), sources({ props: { rules: [{ type: "ip_addr", value: UNKNOWN_TEXT }] } })],
  },
  ofCluster(
    "clusters/standby",
    [["one node", { nodeCount: 1 }, /^main: got 1 node, want 2 or more/, ["clusters/copies"]]],
    {
      nodeCount: UNKNOWN_TEXT,
    },
  ),
  ofCluster(
    "clusters/disk-grows",
    [
      ["not set", { storageAutoscale: undefined }, /^main: got a disk that does not grow, want one that does/],
      ["off", { storageAutoscale: { enabled: false } }, /does not grow/],
    ],
    { storageAutoscale: { enabled: UNKNOWN_TEXT } },
  ),
  ofCluster(
    "clusters/maintenance-window",
    [
      ["not set", { maintenanceWindows: undefined }, /^main: got no maintenance window, want one/],
      ["an empty list", { maintenanceWindows: [] }, /got no maintenance window/],
    ],
    { maintenanceWindows: UNKNOWN_TEXT },
  ),
  {
    id: "clusters/removal-refused",
    good: GOOD,
    bad: [
      {
        why: "not protected",
        resources: [cluster({ protect: false }), sources()],
        says: /^main: got protect false, want true/,
      },
    ],
  },
  ofCluster(
    "clusters/network-named",
    [["none", { privateNetworkUuid: undefined }, /^main: got no VPC, which is the account's default one/]],
    { privateNetworkUuid: UNKNOWN_TEXT },
  ),
  ofCluster("clusters/version-named", [["none", { version: undefined }, /^main: got no version, want one by name/]], {
    version: UNKNOWN_TEXT,
  }),
  ofCluster(
    "clusters/version-cared-for",
    [["one that has ended", { version: "13" }, /^main: got PostgreSQL 13 with -\d+ days left, want 180 days or more/]],
    { version: UNKNOWN_TEXT },
  ),
  ofCluster(
    "clusters/size-allowed",
    [
      [
        "one that can have no standby",
        { size: "db-s-1vcpu-1gb" },
        /^main: got db-s-1vcpu-1gb, want one that prod may have/,
      ],
    ],
    { size: UNKNOWN_TEXT },
  ),
  {
    id: "clusters/size-allowed",
    environment: "staging",
    settings: { floors: { clusterSizes: ["db-s-*"] } },
    good: GOOD,
    bad: [
      {
        why: "one that nobody named",
        resources: [cluster({ props: { size: "gd-2vcpu-8gb" } }), sources()],
        says: /got gd-2vcpu-8gb, want one that staging may have/,
      },
    ],
  },
  {
    id: "clusters/replica-as-large",
    good: [cluster(), replica(), sources(), sources({}, "reader")],
    bad: [
      {
        why: "less memory and fewer processors",
        resources: [cluster(), replica({ props: { size: "db-s-1vcpu-2gb" } }), sources(), sources({}, "reader")],
        says: /^reader: got db-s-1vcpu-2gb, want db-s-2vcpu-4gb or more/,
        at: "reader",
      },
      {
        why: "of its own cluster, and not of another's",
        resources: [
          cluster({ props: { size: "db-s-1vcpu-2gb" } }),
          cluster({ props: { size: "db-s-4vcpu-8gb" } }, "second"),
          replica({}, "reader", "second"),
          ...["main", "second", "reader"].map((server) => sources({}, server)),
        ],
        says: /^reader: got db-s-2vcpu-4gb, want db-s-4vcpu-8gb or more/,
        at: "reader",
      },
    ],
    unknown: [cluster(), replica({ props: { size: UNKNOWN_TEXT } }), sources(), sources({}, "reader")],
  },
  {
    id: "clusters/replica-in-network",
    good: [cluster(), replica({ props: { region: undefined } }), sources(), sources({}, "reader")],
    bad: [
      {
        why: "another network",
        resources: [cluster(), replica({ props: { privateNetworkUuid: "vpc-2" } }), sources(), sources({}, "reader")],
        says: /^reader: got the VPC vpc-2, want the VPC vpc-1/,
        at: "reader",
      },
      {
        why: "none",
        resources: [cluster(), replica({ props: { privateNetworkUuid: undefined } }), sources(), sources({}, "reader")],
        says: /^reader: got the region's default VPC, want the VPC vpc-1/,
        at: "reader",
      },
    ],
    unknown: [cluster(), replica({ props: { privateNetworkUuid: UNKNOWN_TEXT } }), sources(), sources({}, "reader")],
  },
  {
    id: "clusters/machines-in-network",
    good: [cluster(), sources(), droplet(), firewall()],
    bad: [
      {
        why: "another network",
        resources: [cluster(), sources(), droplet({ props: { vpcUuid: "vpc-2" } }), firewall()],
        says: /^host: got the VPC vpc-2, want the VPC vpc-1/,
        at: "host",
      },
      {
        why: "none",
        resources: [cluster(), sources(), droplet({ props: { vpcUuid: undefined } }), firewall()],
        says: /^host: got the region's default VPC/,
        at: "host",
      },
    ],
    unknown: [cluster(), sources(), droplet({ props: { vpcUuid: UNKNOWN_TEXT } }), firewall()],
  },
  {
    id: "clusters/machines-aligned",
    good: [cluster(), sources(), droplet(), firewall()],
    bad: [
      {
        why: "over the ocean",
        resources: [cluster(), sources(), droplet({ props: { region: "fra1" } }), firewall()],
        says: /^host: got fra1, want nyc3 like a server/,
        at: "host",
      },
    ],
    unknown: [cluster({ props: { region: UNKNOWN_TEXT } }), sources(), droplet(), firewall()],
  },
  {
    id: "clusters/pools-fit",
    good: [
      ...GOOD,
      user("app"),
      database("app"),
      pool({ props: { size: 47 } }),
      pool({ props: { size: 50 } }, "second"),
    ],
    bad: [
      {
        why: "together too many",
        resources: [
          ...GOOD,
          user("app"),
          database("app"),
          pool({ props: { size: 48 } }),
          pool({ props: { size: 50 } }, "second"),
        ],
        says: /^main: got pools of 98 connections together, want 97 at most/,
      },
      {
        why: "too many already, beside one that is not known yet",
        resources: [
          ...GOOD,
          user("app"),
          database("app"),
          pool({ props: { size: "98" } }),
          pool({ props: { size: UNKNOWN_TEXT } }, "second"),
        ],
        says: /^main: got pools of 98/,
      },
    ],
    unknown: [...GOOD, user("app"), database("app"), pool({ props: { size: UNKNOWN_TEXT } })],
  },
  {
    id: "clusters/pool-logins-made",
    good: [
      ...GOOD,
      user("app"),
      database("app"),
      pool(),
      pool({ props: { user: "doadmin", dbName: "defaultdb" } }, "own"),
    ],
    bad: [
      {
        why: "a user whom nothing makes",
        resources: [...GOOD, database("app"), pool()],
        says: /^pool: got a user that nothing in the stack makes/,
        at: "pool",
      },
      {
        why: "a database that nothing makes",
        resources: [...GOOD, user("app"), pool()],
        says: /^pool: got a database that nothing in the stack makes/,
        at: "pool",
      },
      {
        why: "a user of another cluster",
        resources: [
          ...GOOD,
          cluster({}, "second"),
          sources({}, "second"),
          user("app", "second"),
          database("app"),
          pool(),
        ],
        says: /^pool: got a user/,
        at: "pool",
      },
    ],
    unknown: [...GOOD, database("app"), pool({ props: { user: UNKNOWN_TEXT } })],
  },
  {
    id: "clusters/copies",
    good: [cluster(), sources()],
    bad: [
      {
        why: "one node",
        resources: [cluster({ props: { nodeCount: 1 } }), sources()],
        says: /^main: got 0 standby nodes and replicas, want 1 or more/,
        also: ["clusters/standby"],
      },
      {
        why: "another cluster's replica",
        resources: [
          cluster({ props: { nodeCount: 1 } }),
          cluster({ props: { nodeCount: 1 } }, "second"),
          replica({}, "reader", "second"),
          ...["main", "second", "reader"].map((server) => sources({}, server)),
        ],
        says: /^main: got 0/,
        also: ["clusters/standby", "lifecycle/time-to-copy"],
      },
    ],
    unknown: [cluster({ props: { nodeCount: UNKNOWN_TEXT } }), sources()],
  },
];
