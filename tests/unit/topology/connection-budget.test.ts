// What the arithmetic comes to for topologies of every kind. It does not prove that a server gives what the tables of
// limits say, nor that clients keep to their pools: `pgt verify` and a load test do.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { budgetIssues, budgetTable, connectionBudget } from "../../../topology/connection-budget.ts";
import { issueText } from "../../../topology/issue.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf, TopologySpec } from "../../../topology/spec.ts";

type GcpWish = Omit<SpecOf<"gcp">, "target">;

const service = { image: "registry/app" };

function gcp(wish: GcpWish): TopologySpec {
  return { target: "gcp", region: "europe-west1", ...wish };
}

function digitalocean(wish: Omit<SpecOf<"digitalocean">, "target">): TopologySpec {
  return { target: "digitalocean", region: "nyc3", ...wish };
}

/** Title, wish, and place · gives · needed · arithmetic of each row. */
const CASES: readonly [title: string, spec: TopologySpec, rows: readonly [string, number, number, string][]][] = [
  [
    "docker without a replica: both pools lead to the primary",
    { target: "docker" },
    [
      ["primary", 100, 70, "2 users × 20 writerPoolSize; 2 users × 15 readerPoolSize"],
      ["clients of pooler", 500, 50, "1 process × (20 poolSize + 30 maxOverflow)"],
    ],
  ],
  [
    "docker without a pooler: one process of the application",
    { target: "docker", replicas: { a: {} }, pooling: { enabled: false } },
    [
      ["primary", 100, 50, "1 process × (20 poolSize + 30 maxOverflow)"],
      ["replica-a", 100, 35, "1 process × (15 replicaPoolSize + 20 replicaMaxOverflow)"],
    ],
  ],
  [
    "docker whose application does not read from the replica",
    {
      target: "docker",
      replicas: { a: {} },
      pooling: { enabled: false },
      application: { useReadReplica: false },
      parameters: { max_connections: 80, superuser_reserved_connections: 5, reserved_connections: 2 },
    },
    [
      ["primary", 80, 50, "1 process × (20 poolSize + 30 maxOverflow)"],
      ["replica-a", 80, 0, ""],
    ],
  ],
  [
    "gcp without pooling: every instance of the service has pools of its own",
    gcp({ service, replicas: { reports: {} } }),
    [
      ["primary", 400, 250, "5 maxInstances × (20 poolSize + 30 maxOverflow)"],
      ["replica-reports", 400, 175, "5 maxInstances × (15 replicaPoolSize + 20 replicaMaxOverflow)"],
    ],
  ],
  [
    "gcp without a service: one process somewhere else; the flag instead of the tier's default",
    gcp({ parameters: { max_connections: 120 } }),
    [["primary", 120, 50, "1 process × (20 poolSize + 30 maxOverflow)"]],
  ],
  [
    "gcp with a replica that takes over: it must bear the primary's clients",
    gcp({ service, replicas: { far: { purpose: "disaster-recovery", region: "europe-west4" } } }),
    [
      ["primary", 400, 250, "5 maxInstances × (20 poolSize + 30 maxOverflow)"],
      ["replica-far", 400, 250, "5 maxInstances × (20 poolSize + 30 maxOverflow)"],
    ],
  ],
  [
    "gcp with a larger replica of a small primary: each by its own memory, and not below the primary's",
    gcp({
      size: { cpus: 2, memoryGiB: 7.5 },
      replicas: { large: { size: { cpus: 4, memoryGiB: 16 } }, small: { size: { cpus: 1, memoryGiB: 3.75 } } },
    }),
    [
      ["primary", 400, 50, "1 process × (20 poolSize + 30 maxOverflow)"],
      ["replica-large", 500, 35, "1 process × (15 replicaPoolSize + 20 replicaMaxOverflow)"],
      ["replica-small", 400, 35, "1 process × (15 replicaPoolSize + 20 replicaMaxOverflow)"],
    ],
  ],
  [
    "gcp with managed pooling: a pool for each user in each pooler, however many instances the service has",
    gcp({ edition: "enterprise-plus", size: { cpus: 16, memoryGiB: 128 }, service, replicas: { reports: {} } }),
    [
      ["primary", 1000, 160, "2 users × 4 poolers × 20 writerPoolSize"],
      ["replica-reports", 1000, 120, "2 users × 4 poolers × 15 readerPoolSize"],
      ["clients of primary's pooler", 500, 250, "5 maxInstances × (20 poolSize + 30 maxOverflow)"],
      [
        "clients of replica-reports's pooler",
        500,
        175,
        "5 maxInstances × (15 replicaPoolSize + 20 replicaMaxOverflow)",
      ],
    ],
  ],
  [
    "gcp with sidecars: their pools multiply by instances; without a replica both lead to the primary",
    gcp({ service: { ...service, maxInstances: 8 }, pooling: { kind: "sidecar" }, access: { path: "socket" } }),
    [
      ["primary", 400, 160, "8 maxInstances × 2 users × 5 writerPoolSize; 8 maxInstances × 2 users × 5 readerPoolSize"],
      ["clients of each sidecar", 500, 50, "20 poolSize + 30 maxOverflow"],
      ["each service instance's socket", 100, 20, "2 users × 5 writerPoolSize; 2 users × 5 readerPoolSize"],
    ],
  ],
  [
    "gcp through the socket: each instance of the service gets a hundred",
    gcp({ service: { ...service, maxInstances: 2 }, access: { path: "socket" } }),
    [
      ["primary", 400, 100, "2 maxInstances × (20 poolSize + 30 maxOverflow)"],
      ["each service instance's socket", 100, 50, "20 poolSize + 30 maxOverflow"],
    ],
  ],
  [
    "digitalocean's smallest plan: one pool with one user, beside a data host with pools of its own",
    digitalocean({ data: {} }),
    [
      ["primary", 25, 15, "1 user × 15 writerPoolSize"],
      ["clients of the cluster's pool", 5000, 50, "1 process × (20 poolSize + 30 maxOverflow)"],
      ["data host", 100, 60, "2 users × 15 writerPoolSize; 2 users × 15 readerPoolSize"],
      ["clients of data host's pooler", 500, 50, "1 process × (20 poolSize + 30 maxOverflow)"],
    ],
  ],
  [
    "digitalocean with replicas: they have no pooler in front of them",
    digitalocean({ size: { memoryGiB: 4 }, replicas: { reports: {}, large: { size: { memoryGiB: 8 } } } }),
    [
      ["primary", 100, 15, "1 user × 15 writerPoolSize"],
      ["replica-large", 200, 35, "1 process × (15 replicaPoolSize + 20 replicaMaxOverflow)"],
      ["replica-reports", 100, 35, "1 process × (15 replicaPoolSize + 20 replicaMaxOverflow)"],
      ["clients of the cluster's pool", 5000, 50, "1 process × (20 poolSize + 30 maxOverflow)"],
    ],
  ],
  [
    "digitalocean without pooling: the application on both databases",
    digitalocean({
      size: { memoryGiB: 4 },
      pooling: { enabled: false },
      data: { parameters: { max_connections: 80 } },
    }),
    [
      ["primary", 100, 50, "1 process × (20 poolSize + 30 maxOverflow)"],
      ["data host", 80, 50, "1 process × (20 poolSize + 30 maxOverflow)"],
    ],
  ],
  [
    "digitalocean with a size that does not exist: another rule's to say",
    digitalocean({ size: { tier: "db-none" }, pooling: { enabled: false } }),
    [],
  ],
  ["gcp with a size that does not exist: another rule's to say", gcp({ size: { tier: "db-none" } }), []],
];

describe("connectionBudget", () => {
  for (const [title, spec, expected] of CASES) {
    it(title, () => {
      const { rows } = connectionBudget(resolveTopology(spec, "s"));
      assert.deepEqual(
        rows.map(({ place, gives, needed, demand }) => [
          place,
          gives,
          needed,
          demand.map(({ arithmetic }) => arithmetic).join("; "),
        ]),
        expected,
      );
    });
  }

  it("adds up: left is what is given without the reserved and the administrative, free is left without the needed", () => {
    for (const [, spec] of CASES) {
      for (const row of connectionBudget(resolveTopology(spec, "s")).rows) {
        assert.equal(row.left, row.gives - row.reserved - row.administrative, row.place);
        assert.equal(row.free, row.left - row.needed, row.place);
        const isManaged = spec.target === "digitalocean" && row.place !== "data host";
        assert.equal(row.administrative, row.kind === "server" ? (isManaged ? 7 : 10) : 0, row.place);
      }
    }
    const reserved = (spec: TopologySpec) => connectionBudget(resolveTopology(spec, "s")).rows[0]?.reserved;
    assert.equal(reserved({ target: "docker" }), 3);
    assert.equal(reserved({ target: "docker", parameters: { reserved_connections: 4 } }), 7);
    assert.equal(reserved(gcp({})), 7);
  });

  it("has room for the defaults of each target, with and without pooling, service and replicas", () => {
    const wishes: TopologySpec[] = [
      { target: "docker" },
      { target: "docker", replicas: { a: {} } },
      { target: "docker", replicas: { a: {} }, pooling: { enabled: false } },
      gcp({}),
      gcp({ service, replicas: { a: {} } }),
      gcp({ service, replicas: { a: {} }, access: { path: "socket" } }),
      gcp({ service, replicas: { a: {} }, pooling: { kind: "sidecar" } }),
      gcp({ service, replicas: { a: {} }, edition: "enterprise-plus", environment: "prod" }),
      digitalocean({}),
      digitalocean({ data: {} }),
      digitalocean({ environment: "prod", data: {} }),
    ];
    for (const wish of wishes) {
      const budget = connectionBudget(resolveTopology(wish, "s"));
      assert.ok(budget.fits, budgetTable(budget));
      assert.deepEqual(budgetIssues(resolveTopology(wish, "s")), []);
    }
  });

  it("judges pools on docker as 2 × pool + 10 against what superusers leave", () => {
    const sizes = fc.integer({ min: 1, max: 70 });
    const given = fc.integer({ min: 20, max: 200 });
    fc.assert(
      fc.property(sizes, sizes, given, fc.boolean(), (writerPoolSize, readerPoolSize, maxConnections, hasReplica) => {
        const topology = resolveTopology(
          {
            target: "docker",
            pooling: { writerPoolSize, readerPoolSize },
            parameters: { max_connections: maxConnections },
            ...(hasReplica ? { replicas: { a: {} } } : {}),
          },
          "s",
        );
        const most = hasReplica ? Math.max(writerPoolSize, readerPoolSize) : writerPoolSize + readerPoolSize;
        assert.equal(connectionBudget(topology).fits, 2 * most + 10 <= maxConnections - 3);
      }),
    );
  });
});

describe("the budget of a split on Docker", () => {
  const rowsFor = (spec: Partial<SpecOf<"docker">>) =>
    connectionBudget(resolveTopology({ target: "docker", ...spec }, "s")).rows;

  it("has the rows of each database, and leaves those of the first one as they are", () => {
    const rows = rowsFor({ replicas: { a: {} }, data: {} });
    assert.deepEqual(
      rows.map(({ place }) => place),
      ["primary", "replica-a", "clients of pooler", "data-primary", "clients of data-pooler"],
    );
    assert.deepEqual(rows.slice(0, 3), rowsFor({ replicas: { a: {} } }));
    // No replica takes the readers' pool off it.
    assert.equal(rows[3]?.needed, 2 * (20 + 15));
  });

  it("lowers sizes until both fit", () => {
    const spec = { target: "docker", replicas: { a: {} }, data: {}, pooling: { writerPoolSize: 43 } } as const;
    const [issue, ...more] = budgetIssues(resolveTopology(spec, "s"));
    assert.deepEqual(more, []);
    assert.match(issue?.got ?? "", /^data-primary: 116 needed, 87 left$/);
    const largest = /pooling\.writerPoolSize to (\d+)/.exec(issue?.fix ?? "")?.[1];
    const readers = /pooling\.readerPoolSize to (\d+)/.exec(issue?.fix ?? "")?.[1];
    const pooling = { writerPoolSize: Number(largest), ...(readers && { readerPoolSize: Number(readers) }) };
    assert.deepEqual(budgetIssues(resolveTopology({ ...spec, pooling }, "s")), []);
  });
});

describe("budgetIssues", () => {
  const issues = (spec: TopologySpec): string[] => budgetIssues(resolveTopology(spec, "s")).map(issueText);

  it("shows the whole table once, and every way out", () => {
    assert.deepEqual(issues(gcp({ service, size: { cpus: 1, memoryGiB: 3.75 }, replicas: { a: {} } })), [
      `application.poolSize
    got: primary: 250 needed, 83 left; replica-a: 175 needed, 83 left
    want: no more connections than are left after the reserved and the administrative ones
    because:
        place      gives  reserved  administrative  left  needed  free  needed for
        primary    100    7         10              83    250     -167  application: 5 maxInstances × (20 poolSize + 30 maxOverflow)
        replica-a  100    7         10              83    175     -92   application: 5 maxInstances × (15 replicaPoolSize + 20 replicaMaxOverflow)
    fix: set application.poolSize to 6 and application.maxOverflow to 10 and application.replicaPoolSize to 7 and application.replicaMaxOverflow to 9, or set service.maxInstances to 1, or take a size whose max_connections is 267 or more`,
    ]);
  });

  it("leaves alone what fits: only the sizes of the place that is too small are named", () => {
    const [text] = issues(gcp({ edition: "enterprise-plus", service: { ...service, maxInstances: 30 } }));
    assert.match(
      text ?? "",
      /fix: set application\.poolSize to 6 and application\.maxOverflow to 10, or set service\.maxInstances to 10, or raise pooling\.maxClients to 1500$/,
    );
  });

  it("offers no raise of what the platform has fixed", () => {
    const [text] = issues(gcp({ service, application: { poolSize: 90, maxOverflow: 20 }, access: { path: "socket" } }));
    assert.match(text ?? "", /each service instance's socket: 110 needed, 100 left/);
    assert.doesNotMatch(text ?? "", /raise|take a size/);
  });

  it("offers a size only where one gives so many, and no number that no server takes", () => {
    const [many] = issues(gcp({ service, application: { poolSize: 500, maxOverflow: 0 } }));
    assert.match(many ?? "", /, or raise parameters\.max_connections to 2517$/);
    const [endless] = issues(gcp({ service, application: { poolSize: Number.MAX_SAFE_INTEGER, maxOverflow: 0 } }));
    assert.match(endless ?? "", /fix: set application\.poolSize to \d+$/);
  });

  it("names the size where even one connection is too many", () => {
    const [text] = issues(gcp({ service: { ...service, maxInstances: 9 }, size: { tier: "db-f1-micro" } }));
    assert.match(text ?? "", /^size\n {4}got: primary: 450 needed, 8 left\n/);
    assert.match(text ?? "", /\n {4}fix: take a size whose max_connections is 467 or more$/);
    const [docker] = issues({ target: "docker", parameters: { max_connections: 14 } });
    assert.match(docker ?? "", /^parameters\.max_connections\n[^]*fix: raise parameters\.max_connections to 83$/);
  });

  it("bears a pool of 15 on DigitalOcean's smallest plan, and none of 16", () => {
    assert.deepEqual(issues(digitalocean({ pooling: { writerPoolSize: 15 } })), []);
    assert.deepEqual(issues(digitalocean({ pooling: { writerPoolSize: 16 } })), [
      `pooling.writerPoolSize
    got: primary: 16 needed, 15 left
    want: no more connections than are left after the reserved and the administrative ones
    because:
        place                          gives  reserved  administrative  left  needed  free  needed for
        primary                        25     3         7               15    16      -1    writer pool: 1 user × 16 writerPoolSize
        clients of the cluster's pool  5000   0         0               5000  50      4950  application: 1 process × (20 poolSize + 30 maxOverflow)
    fix: set pooling.writerPoolSize to 15, or take a size whose max_connections is 26 or more`,
    ]);
  });

  it("lowers a pool for both of DigitalOcean's servers, or raises what the data host gives", () => {
    const size = { memoryGiB: 16 };
    const [text] = issues(digitalocean({ size, data: {}, pooling: { writerPoolSize: 60 } }));
    assert.match(text ?? "", /^pooling\.writerPoolSize\n {4}got: data host: 150 needed, 87 left\n/);
    assert.match(
      text ?? "",
      /fix: set pooling\.writerPoolSize to 35 and pooling\.readerPoolSize to 8, or raise data\.parameters\.max_connections to 163$/,
    );
    const [small] = issues(digitalocean({ data: { parameters: { max_connections: 14 } } }));
    assert.match(
      small ?? "",
      /^data\.parameters\.max_connections\n[^]*fix: raise data\.parameters\.max_connections to 73$/,
    );
  });

  it("offers no size of DigitalOcean's where none gives so many", () => {
    const [text] = issues(digitalocean({ pooling: { writerPoolSize: 7000 } }));
    assert.match(text ?? "", /fix: set pooling\.writerPoolSize to 15$/);
  });
});
