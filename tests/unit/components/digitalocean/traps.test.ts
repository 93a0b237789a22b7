// What is known to bite with DigitalOcean's resources, by the numbers of the list of traps that the project keeps. Those
// that a program can't meet are left to validation and to `pgt`: 30, 36, 40, 42. Does not prove that the provider still
// behaves so.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parameterArgs } from "../../../../components/digitalocean/server-config-args.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { openPlaces, type RecordedResource, resourceOf, valueOf } from "../../../support/planned-resources.ts";
import { CLUSTER, planOf, SPLIT, STAGING, typeOf } from "./example-topologies.ts";

const EVERY_WISH: readonly SpecOf<"digitalocean">[] = [
  STAGING,
  SPLIT,
  { ...SPLIT, mode: "single", storage: { autoscale: false, diskGiB: 80 } },
  { ...SPLIT, access: { ...SPLIT.access, sources: [] }, protection: { keepData: false, deletion: false } },
  { ...STAGING, access: { network: { existing: "5a7f1d62-0000-4000-8000-00000000a1b2" } }, replicas: { a: {} } },
  { ...STAGING, backup: { enabled: false }, pooling: { enabled: false }, version: 16 },
];

interface Rule {
  readonly type: string;
  readonly value: string;
}

function keysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...keysIn(item)]);
}

describe("traps of DigitalOcean's resources", function () {
  this.timeout(20_000);
  const plans: (readonly RecordedResource[])[] = [];
  before(async () => {
    for (const spec of EVERY_WISH) plans.push((await planOf(spec)).resources);
  });

  const all = (word: string): readonly RecordedResource[] =>
    plans.flatMap((resources) => resources.filter(({ type }) => type === typeOf(word)));
  const each = (title: string, word: string, check: (resource: RecordedResource) => void): void => {
    it(title, () => {
      assert.ok(all(word).length > 0);
      for (const resource of all(word)) check(resource);
    });
  };
  /** Arguments that must not be there at all. */
  const never = (title: string, words: readonly string[], ...names: string[]): void => {
    it(title, () => {
      for (const word of words) {
        const there = all(word).flatMap(({ props }) => keysIn(props).filter((key) => names.includes(key)));
        assert.ok(all(word).length > 0);
        assert.deepEqual(there, [], word);
      }
    });
  };

  it("26: each server has one list of sources, and no two lists are of the same", () => {
    for (const resources of plans) {
      const servers = resources.filter(({ type }) => type === CLUSTER || type === typeOf("DatabaseReplica"));
      const lists = resources.filter(({ type }) => type === typeOf("DatabaseFirewall"));
      assert.equal(lists.length, servers.length);
      assert.equal(new Set(lists.map(({ props }) => props.clusterId)).size, servers.length);
    }
  });

  each("26: no list is empty, or lets everybody in", "DatabaseFirewall", ({ props }) => {
    const rules = props.rules as readonly Rule[];
    assert.ok(rules.length > 0);
    for (const { type, value } of rules) {
      assert.ok(["ip_addr", "droplet"].includes(type), type);
      assert.ok(value !== "" && !value.endsWith("/0"), value);
    }
  });

  each("26: a list that is renamed or replaced is never emptied behind the new one", "DatabaseFirewall", (list) => {
    assert.equal(list.options.retainOnDelete, true);
  });

  each("26: nobody but the listed reaches what stands in the cluster, from its beginning", "DatabaseUser", (user) => {
    assert.ok(user.options.dependsOn.some((name) => name.endsWith("-firewall-primary")));
  });

  each("27: sources are IPv4 ranges or the data host", "DatabaseFirewall", ({ props }) => {
    for (const { type, value } of props.rules as readonly Rule[]) {
      assert.match(value, type === "droplet" ? /^\d+$/ : /^\d+(\.\d+){3}\/\d+$/);
    }
  });

  it("28: a replica's list is of the replica, by its uuid", () => {
    for (const resources of plans) {
      for (const replica of resources.filter(({ type }) => type === typeOf("DatabaseReplica"))) {
        const lists = resources.filter(({ type }) => type === typeOf("DatabaseFirewall"));
        assert.equal(
          lists.filter(({ props }) => props.clusterId === `uuid of ${String(replica.props.name)}`).length,
          1,
        );
        assert.equal(lists.filter(({ props }) => props.clusterId === replica.name).length, 0);
      }
    }
  });

  each(
    "29: a pool has a fixed name, goes before its replacement, and waits for its user",
    "DatabaseConnectionPool",
    (pool) => {
      assert.match(String(pool.props.name), /^[a-z]+_pool$/);
      assert.equal(pool.options.deleteBeforeReplace, true);
      for (const part of ["-database", "-user-read-write"]) {
        assert.ok(
          pool.options.dependsOn.some((name) => name.endsWith(part)),
          part,
        );
      }
    },
  );

  never("31: the pooler's block is never set: the provider falls over it", ["DatabasePostgresqlConfig"], "pgbouncers");

  it("32: a zero, which is never sent, is no argument", async () => {
    const at = async (schedule: string): Promise<unknown> => {
      const { resources } = await planOf({ ...STAGING, backup: { schedule } });
      return resources.find(({ type }) => type === typeOf("DatabasePostgresqlConfig"))?.props;
    };
    const always = { clusterId: "pgtopology-staging-primary", idleInTransactionSessionTimeout: 600_000 };
    assert.deepEqual(await at("03:00"), { ...always, backupHour: 3 });
    assert.deepEqual(await at("00:30"), { ...always, backupMinute: 30 });
    assert.deepEqual(await at("00:00"), always);
    assert.throws(() => parameterArgs({ version: 17, parameters: { temp_file_limit: "0" } }), {
      message: 'the provider does not send temp_file_limit = "0"',
    });
  });

  it("33: what the platform fixes by the size is no argument", () => {
    for (const name of ["max_connections", "statement_timeout", "synchronous_commit", "shared_buffers"]) {
      assert.throws(() => parameterArgs({ version: 17, parameters: { [name]: "100" } }), RangeError, name);
    }
  });

  never("34: a project is joined and never written, which would replace the cluster", ["DatabaseCluster"], "projectId");

  it("34: name, engine and network follow from the stack alone", async () => {
    const placeOf = async (spec: SpecOf<"digitalocean">): Promise<unknown[]> => {
      const { props } = resourceOf((await planOf(spec)).resources, CLUSTER, "pgtopology-split-primary");
      return [props.name, props.engine, props.privateNetworkUuid, props.region];
    };
    const other = { version: 16, database: "other", size: { tier: "db-s-8vcpu-32gb" }, mode: "single" } as const;
    assert.deepEqual(await placeOf({ ...SPLIT, ...other, replicas: {} }), await placeOf(SPLIT));
  });

  it("34: what holds data is guarded, and left where it is when it goes from the program", () => {
    const [, split = []] = plans;
    for (const word of ["DatabaseCluster", "DatabaseDb", "SpacesBucket", "Volume", "Vpc"]) {
      for (const { name, options } of split.filter(({ type }) => type === typeOf(word))) {
        assert.deepEqual([options.protect, options.retainOnDelete], [true, true], name);
      }
    }
  });

  it("35: replicas and network name their region, so that none is left behind unseen", () => {
    for (const { name, props } of [...all("DatabaseReplica"), ...all("Vpc")]) assert.ok(props.region, name);
  });

  each("37: the window has seconds, and is always there", "DatabaseCluster", ({ props }) => {
    const [window] = props.maintenanceWindows as readonly { readonly hour: string }[];
    assert.match(window?.hour ?? "", /^\d\d:00:00$/);
  });

  each("38: growth is said to be on or off, and a grown disk is no change", "DatabaseCluster", ({ props, options }) => {
    const { enabled } = props.storageAutoscale as { readonly enabled: boolean };
    assert.equal(typeof enabled, "boolean");
    assert.equal(options.ignoreChanges.includes("storageSizeMib"), enabled);
  });

  never("39: no cluster is made from a backup: that is read at a creation only", ["DatabaseCluster"], "backupRestore");

  never("41: a replica has no tags: one more would replace it", ["DatabaseReplica"], "tags");

  it("41: a replica's name is a cluster's, of its own in the account", () => {
    for (const resources of plans) {
      const names = resources
        .filter(({ type }) => type === CLUSTER || type === typeOf("DatabaseReplica"))
        .map(({ props }) => props.name);
      assert.equal(new Set(names).size, names.length);
      for (const name of names) assert.match(String(name), /-k3x9$/);
    }
  });

  never("43: what a user may do is SQL's to say", ["DatabaseUser"], "settings", "role");

  it("44: no password is in the open in any argument or output", async () => {
    for (const spec of EVERY_WISH) {
      const { registered, resources } = await planOf(spec);
      const places = resources.flatMap(({ name, sent }) => openPlaces(sent, "marker-of", name));
      assert.deepEqual([...places, ...openPlaces(registered, "marker-of")], []);
    }
  });

  it("45: the cluster's authority is handed on, for clients that check names", async () => {
    const { caCertificate, tlsMode } = await valueOf((await planOf(SPLIT)).result.outputs);
    assert.deepEqual([caCertificate, tlsMode], ["authority of the cluster", "verify-full"]);
  });
});
