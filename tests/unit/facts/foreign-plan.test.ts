// Facts of containers that somebody else's program makes. Does not prove what the images do with their inputs.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { factsFromDockerPlan } from "../../../facts/from-plan/docker.ts";
import { CONTAINER_TYPE } from "../../../facts/from-plan/docker-container.ts";
import type { ContainerFacts } from "../../../requirements/facts/containers.ts";
import type { EndpointFacts } from "../../../requirements/facts/encryption.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import type { NodeSettings } from "../../../requirements/facts/settings.ts";
import { Missing, UNKNOWN } from "../../../requirements/known.ts";

const DIGEST = `sha256:${"0a".repeat(32)}`;

function plan(...props: Record<string, unknown>[]): FactsByTopic {
  const resources = props.map((one, at) => ({
    type: CONTAINER_TYPE,
    urn: `urn:${at}`,
    name: `c${at}`,
    props: { image: "postgres:17", ...one },
  }));
  return factsFromDockerPlan(resources, { wishedAddresses: [] });
}

function only(props: Record<string, unknown>): ContainerFacts {
  const [container] = plan(props).containers.containers as ContainerFacts[];
  assert.ok(container);
  return container;
}

describe("a planned container", () => {
  it("has the provider's defaults where it says nothing, and is unknown where image or engine decide", () => {
    const { restart, networks, memoryMiB, privileged, hostNamespaces, healthcheck, ...rest } = only({});
    assert.deepEqual(
      { restart, networks, memoryMiB, privileged, hostNamespaces, healthcheck },
      { restart: "no", networks: ["bridge"], memoryMiB: 0, privileged: false, hostNamespaces: [], healthcheck: false },
    );
    for (const name of ["user", "stopSignal", "logLimited", "part", "condition"] as const) {
      assert.equal(rest[name], UNKNOWN, name);
    }
  });

  const cases: readonly (readonly [string, Record<string, unknown>, Partial<ContainerFacts>])[] = [
    ["an image id is pinned", { image: DIGEST }, { imagePinned: true }],
    ["a digest is pinned", { image: `postgres@${DIGEST}` }, { imagePinned: true }],
    ["a tag is not", {}, { imagePinned: false }],
    ["an image that is not built yet is unknown", { image: UNKNOWN }, { imagePinned: UNKNOWN }],
    ["a health check that is switched off is none", { healthcheck: { tests: ["NONE"] } }, { healthcheck: false }],
    ["a memory limit may be text", { memory: "512" }, { memoryMiB: 512 }],
    ["capabilities lose their prefix", { capabilities: { drops: ["CAP_all"] } }, { capabilitiesDropped: ["ALL"] }],
    [
      "a network takes it off the bridge",
      { networkMode: "bridge", networksAdvanced: [{ name: "n" }] },
      { networks: ["n"] },
    ],
    ["a network without a name yet is unknown", { networksAdvanced: [{ name: UNKNOWN }] }, { networks: UNKNOWN }],
    ["the host's network is no network", { networkMode: "host" }, { networks: [], hostNamespaces: ["network"] }],
    ["log options limit the log", { logOpts: { "max-size": "10m" } }, { logLimited: true }],
    ["json-file alone does not", { logDriver: "json-file" }, { logLimited: false }],
    ["the local driver does", { logDriver: "local" }, { logLimited: true }],
    [
      "a variable may hold a secret",
      { envs: ["A=1", "DB_PASSWORD=x", "X=postgres://u:p@h/"] },
      { secretVariables: ["DB_PASSWORD", "X"] },
    ],
    ["a file's name is none", { envs: ["DB_PASSWORD_FILE=/x", "PASSWORD="] }, { secretVariables: [] }],
    ["an unknown variable may be one", { envs: ["A=1", UNKNOWN] }, { secretVariables: UNKNOWN }],
    ["a known secret beside an unknown is told", { envs: ["TOKEN=1", UNKNOWN] }, { secretVariables: ["TOKEN"] }],
  ];
  for (const [title, props, want] of cases) {
    it(title, () => {
      const container = only(props);
      const got = Object.fromEntries(Object.keys(want).map((key) => [key, container[key as keyof ContainerFacts]]));
      assert.deepEqual(got, want);
    });
  }

  it("has mounts of every kind, by both of the provider's words", () => {
    const { mounts } = only({
      volumes: [
        { containerPath: "/a", volumeName: "v" },
        { containerPath: "/b", hostPath: "/etc", readOnly: true },
      ],
      mounts: [
        { type: "volume", target: "/c", source: "w" },
        { type: "volume", target: "/d" },
      ],
      tmpfs: { "/tmp": "" },
    });
    assert.deepEqual(mounts, [
      { kind: "volume", source: "v", target: "/a", readOnly: false },
      { kind: "bind", source: "/etc", target: "/b", readOnly: true },
      { kind: "volume", source: "w", target: "/c", readOnly: false },
      { kind: "anonymous", source: "", target: "/d", readOnly: false },
      { kind: "tmpfs", source: "", target: "/tmp", readOnly: false },
    ]);
  });
});

describe("a plan without our labels", () => {
  it("publishes on every address unless told otherwise, and one unknown list hides no other", () => {
    const { ports } = plan({ ports: [{ internal: 5432, external: 5432 }] }, { ports: UNKNOWN }).network;
    assert.deepEqual(ports, [
      { container: "c0", address: "0.0.0.0", published: 5432 },
      { container: "c1", address: UNKNOWN, published: UNKNOWN },
    ]);
  });

  it("finds data that is in no named volume, and volumes that two servers write to", () => {
    const data = (volumeName: string) => ({ volumes: [{ containerPath: "/var/lib/postgresql", volumeName }] });
    assert.deepEqual(plan({}).protection.unnamedData, ["c0:/var/lib/postgresql/data"]);
    assert.deepEqual(plan({ envs: ["PGDATA=/d"] }).protection.unnamedData, ["c0:/d"]);
    assert.deepEqual(plan(data("v"), data("w")).protection.sharedData, []);
    assert.deepEqual(plan(data("v"), data("v")).protection.sharedData, ["c1:v"]);
    assert.equal(plan({ volumes: [{ containerPath: "/x", volumeName: UNKNOWN }] }).protection.unnamedData, UNKNOWN);
  });

  it("does not know what only a whole topology has, nor what is in the image's own configuration", () => {
    const { backup, pooling, replication, settings } = plan({});
    assert.equal(backup.enabled, UNKNOWN);
    assert.equal(pooling.enabled, UNKNOWN);
    assert.equal(replication.replicas, UNKNOWN);
    assert.equal((settings.nodes as readonly NodeSettings[])[0]?.fsync, UNKNOWN);
  });

  it("reads the configuration that it uploads", () => {
    const uploads = [
      { file: "/etc/postgresql.conf", content: "ssl = on\nfsync = off\n" },
      { file: "/etc/pg_hba.conf", content: "host all all all trust\n" },
    ];
    const { access, encryption, settings } = plan({ uploads });
    assert.deepEqual(access.networkMethods, ["trust"]);
    assert.equal((encryption.endpoints as readonly EndpointFacts[])[0]?.plaintextRefused, false);
    assert.equal((settings.nodes as readonly NodeSettings[])[0]?.fsync, false);
  });

  it("reads the command line, which wins over a file, and knows no more than it says", () => {
    const nodes = (props: Record<string, unknown>) => plan(props).settings.nodes as readonly NodeSettings[];
    for (const command of [["postgres", "-c", "fsync=off"], ["-cfsync=off"], ["postgres", "--fsync=off"], ["-F"]]) {
      const [node] = nodes({ command });
      assert.deepEqual([node?.fsync, node?.fullPageWrites], [false, UNKNOWN], command.join(" "));
    }
    const uploads = [{ file: "/etc/postgresql.conf", content: "fsync = on\n" }];
    const [node] = nodes({ uploads, command: ["postgres", "-c", "fsync=off", "-c", "max_connections=7"] });
    assert.deepEqual([node?.fsync, node?.fullPageWrites, node?.maxConnections], [false, true, 7]);
    assert.equal(nodes({ uploads, command: UNKNOWN })[0]?.fsync, UNKNOWN);
  });

  it("knows the method that the official image is told, and a weak one beside servers of which nothing is known", () => {
    const told = (method: string) => ({ envs: [`POSTGRES_HOST_AUTH_METHOD=${method}`] });
    assert.deepEqual(plan(told("trust")).access.networkMethods, ["trust"]);
    assert.deepEqual(plan(told("trust"), {}).access.networkMethods, ["trust"]);
    assert.deepEqual(plan(told("scram-sha-256")).access.networkMethods, ["scram-sha-256"]);
    assert.equal(plan(told("scram-sha-256"), {}).access.networkMethods, UNKNOWN);
  });

  it("does not take for a server what only speaks to one, nor what exports its numbers", () => {
    const client = { image: "app:1", envs: ["POSTGRES_HOST=db", "POSTGRES_PASSWORD=x"] };
    const exporter = { image: "prometheuscommunity/postgres-exporter:v0.16" };
    const { backup, containers, settings } = plan(client, exporter);
    assert.deepEqual(
      (containers.containers as ContainerFacts[]).map(({ server }) => server),
      [false, false],
    );
    assert.ok(backup.enabled instanceof Missing && settings.nodes instanceof Missing);
    assert.equal(only({ image: DIGEST }).server, UNKNOWN);
    assert.equal(only({ image: "edoburu/pgbouncer:1.23" }).server, false);
  });

  it("takes a file that the machine holds, or that is not known yet, for unknown", () => {
    const uploads = [
      { file: "/etc/postgresql.conf", source: "./postgresql.conf" },
      { file: "/etc/pg_hba.conf", content: UNKNOWN },
    ];
    const { access, backup } = plan({ uploads });
    assert.equal(backup.enabled, UNKNOWN);
    assert.equal(access.networkMethods, UNKNOWN);
  });
});
