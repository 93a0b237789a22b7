import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readSplitStatus, type StatusAccess } from "../../../cli/data-host/split-status.ts";
import type { DigitalOceanWorld } from "../../../cli/stack/open-digitalocean.ts";
import { placeOf } from "../../../cli/stack/place.ts";
import type { DigitalOceanPlace } from "../../../facts/from-live/digitalocean/platform-access.ts";
import type { ResolvedDigitalOcean } from "../../../topology/resolved-digitalocean.ts";
import { digitalOceanApi } from "../../../verify/digitalocean-api.ts";
import type { CloudSqlServers } from "../../support/cloud-sql-server.ts";
import { digitalOceanWorld } from "../../support/digitalocean-world.ts";
import { listen } from "../../support/listening-context.ts";
import type { PretendDigitalOcean } from "../../support/pretend-digitalocean-api.ts";
import type { RunningTopology } from "../../support/running-topology.ts";

const MINUTE = 60_000;

/** A split that runs, and a server that speaks as the platform's API. */
interface RunningSplit extends Pick<StatusAccess, "way" | "world"> {
  readonly api: PretendDigitalOcean;
  /** The API's path of the cluster. */
  readonly cluster: string;
  readonly token: string;
  readonly secrets: readonly string[];
}

/** What stands for a managed cluster and a data host. */
interface SplitServers {
  readonly topology: ResolvedDigitalOcean;
  readonly servers: CloudSqlServers;
  readonly data: RunningTopology;
  readonly place: DigitalOceanPlace;
}

/** What applications are told. */
function outputsOf({ data, servers }: SplitServers): DigitalOceanWorld["outputs"] {
  const at = (part: string, port: number) => ({ host: "localhost", port: servers.portOf(part, port) });
  const { pooling, primary } = data.topology;
  const shared = {
    target: "digitalocean",
    environment: "local",
    version: 17,
    tlsMode: "verify-full",
    pending: [],
  } as const;
  return {
    ...shared,
    name: "app",
    database: "app",
    writer: at("primary", 5432),
    readers: { reader: at("replica-reader", 5432) },
    pooled: { ...at("primary", 6432), writerPool: "app_pool", readerPool: "" },
    caCertificate: servers.caCertificate,
    data: {
      ...shared,
      name: "data",
      database: "data",
      writer: { host: "localhost", port: primary.port },
      readers: {},
      pooled: { host: "localhost", port: pooling?.port ?? 0, writerPool: "data", readerPool: "data_readers" },
      caCertificate: data.secrets.caCertificate,
    },
  };
}

/** The stack as an `up` would have left it. */
export function worldOf(of: SplitServers): DigitalOceanWorld {
  const world = digitalOceanWorld(placeOf(listen().context, { stack: "split" }));
  const { dataHost } = world.delivery;
  return {
    ...world,
    topology: of.topology,
    outputs: outputsOf(of),
    delivery: { ...of.place, passwords: of.servers.passwords, dataHost },
    dataSecrets: world.dataSecrets && { ...world.dataSecrets, passwords: of.data.secrets.passwords },
  };
}

/** `pgt status` of a managed primary with a replica, a pool, and a data database beside it. */
export function describeStatus(splitNow: () => RunningSplit): void {
  describe("the status of both databases", () => {
    const look = (more: Partial<StatusAccess> = {}) => {
      const { api, token, way, world } = splitNow();
      const signal = AbortSignal.timeout(MINUTE);
      return readSplitStatus({
        world,
        // systemd's, of the host's own test.
        units: [],
        api: () => digitalOceanApi({ token, baseUrl: api.baseUrl, signal }),
        way,
        signal,
        ...more,
      });
    };

    it("is of every server and pool, by the platform and by SQL", async () => {
      const { databases, healthy, parts, unseen } = await look();
      assert.deepEqual([healthy, unseen], [true, []]);
      assert.deepEqual(
        parts.map(({ health, part, state }) => `${part}: ${state}, ${health}`),
        [
          ...["primary: online, healthy", "replica-reader: online, healthy", "pooler: made, healthy"],
          "data-host: active, healthy",
        ],
      );
      assert.deepEqual(
        databases.flatMap(({ servers }) => servers.map(({ part, role, tls }) => [part, role, tls])),
        [
          ["primary", "primary", "TLSv1.3"],
          ["replica-reader", "replica", "TLSv1.3"],
          ["data-primary", "primary", "TLSv1.3"],
        ],
      );
      const { lagBytes, lagSeconds, streaming } = databases[0]?.servers[1]?.replication ?? {};
      assert.ok(streaming === true && typeof lagBytes === "number" && typeof lagSeconds === "number");
      assert.deepEqual(
        databases.map(({ pool }) => [pool?.part, pool?.name, pool?.reachable]),
        [
          ["pooler", "app_pool", true],
          ["data-pooler", "data", true],
        ],
      );
      assert.deepEqual(
        databases.map(({ lastBackup }) => lastBackup && "type" in lastBackup && lastBackup.type),
        ["platform", "full"],
      );
    });

    it("says which replica is not there, and which pool", async () => {
      const { api, cluster } = splitNow();
      api.answers.set(`${cluster}/replicas`, { replicas: [] });
      api.answers.set(`${cluster}/pools`, { pools: [] });
      const { databases, healthy, parts } = await look();
      assert.deepEqual(
        parts.filter(({ state }) => state === "missing").map(({ health, part }) => [part, health]),
        [
          ["replica-reader", "none"],
          ["pooler", "none"],
        ],
      );
      assert.deepEqual([healthy, databases.map((one) => one.healthy)], [false, [false, true]]);
    });

    it("says why a server was not reached", async () => {
      const { outputs, ...world } = splitNow().world;
      const closed = { ...outputs, writer: { host: "localhost", port: 1 } };
      const { databases, healthy, unseen } = await look({ world: { ...world, outputs: closed } });
      const [server] = databases[0]?.servers ?? [];
      assert.deepEqual([healthy, unseen, server?.reachable], [false, [], false]);
      assert.match(server?.why ?? "", /^no way from the data host to localhost:1: /);
    });

    it("says what the API does not tell, and what it was asked with nowhere", async () => {
      const { api, secrets } = splitNow();
      api.next.push(...Array.from({ length: 12 }, () => ({ status: 401 })));
      const found = await look();
      assert.deepEqual(found.unseen, ["could not ask the DigitalOcean API: it did not take the token (401)"]);
      assert.deepEqual(
        found.parts.map(({ health, part, state }) => [part, state, health]),
        [
          ["primary", "unknown", "healthy"],
          ["replica-reader", "unknown", "healthy"],
          ["pooler", "unknown", "healthy"],
          ["data-host", "unknown", "healthy"],
        ],
      );
      const text = JSON.stringify(found);
      for (const secret of secrets) assert.ok(!text.includes(secret));
    });
  });
}
