// What a topology on DigitalOcean hands to others, and what `pgt` needs to configure it. Does not prove that anybody
// answers there.
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { valueOf } from "../../../support/planned-resources.ts";
import { platformSecret } from "../../../support/pretend-digitalocean.ts";
import { planOf, SPLIT, STAGING } from "./example-topologies.ts";

/** What both databases of the split have alike. */
const COMMON = { target: "digitalocean", environment: "prod", version: 17, tlsMode: "verify-full", pending: [] };

const CONTRACT = {
  ...COMMON,
  name: "pgtopology-split",
  database: "shop",
  writer: { host: "private-split-primary-k3x9.db.test", port: 25_060 },
  readers: {
    reports: { host: "private-split-replica-reports-k3x9.db.test", port: 25_060 },
    far: { host: "split-replica-far-k3x9.db.test", port: 25_060 },
  },
  pooled: { host: "private-primary.db.test", port: 25_061, writerPool: "shop_pool", readerPool: undefined },
  caCertificate: "authority of the cluster",
  data: {
    ...COMMON,
    name: "pgtopology-split-data",
    database: "archive",
    writer: { host: "10.100.0.7", port: 5432 },
    readers: {},
    pooled: { host: "10.100.0.7", port: 6432, writerPool: "archive", readerPool: "archive_readers" },
    caCertificate: "authority of the stack",
  },
};

describe("the contract of a topology on DigitalOcean", () => {
  it("has both databases by their private addresses, and a replica elsewhere by its public one", async () => {
    assert.deepEqual(await valueOf((await planOf(SPLIT)).result.outputs), CONTRACT);
  });

  it("is the same in either mode, which changes what applications are told of it", async () => {
    assert.deepEqual(await valueOf((await planOf({ ...SPLIT, mode: "single" })).result.outputs), CONTRACT);
  });

  it("has neither a second database nor a pool where there is none", async () => {
    const { data, pooled, readers } = await valueOf(
      (await planOf({ ...STAGING, pooling: { enabled: false } })).result.outputs,
    );
    assert.deepEqual([data, pooled, readers], [undefined, undefined, {}]);
  });

  it("is no secret", async () => {
    assert.equal(await pulumi.isSecret((await planOf(SPLIT)).result.outputs), false);
  });

  it("keeps in a preview what is known: the policies ask for the environment", async () => {
    const { registered } = await planOf(SPLIT, { preview: true });
    const { outputs } = registered["pgtopology-split"] as { outputs: typeof CONTRACT };
    assert.equal(outputs.environment, "prod");
    assert.equal(outputs.pooled.writerPool, "shop_pool");
    assert.equal(outputs.data.writer.port, 5432);
    assert.equal(outputs.data.caCertificate, "authority of the stack");
  });
});

describe("what is delivered", () => {
  it("has the platform's ids, every password, the data host's addresses and the key of its bucket", async () => {
    const { delivery } = (await planOf(SPLIT)).result;
    assert.equal(await pulumi.isSecret(delivery), true);
    assert.deepEqual(await valueOf(delivery), {
      clusterId: "pgtopology-split-primary",
      replicaIds: {
        far: "uuid of split-replica-far-k3x9",
        reports: "uuid of split-replica-reports-k3x9",
      },
      passwords: {
        administrator: platformSecret("doadmin"),
        owner: platformSecret("shop_owner"),
        readWrite: platformSecret("shop"),
        readOnly: platformSecret("shop_readonly"),
        monitoring: platformSecret("monitor"),
      },
      dataHost: {
        dropletId: "4711",
        publicAddress: "198.51.100.77",
        privateAddress: "10.100.0.7",
        bucket: {
          name: "split-backups-k3x9",
          region: "nyc3",
          endpoint: "nyc3.spaces.test",
          accessKey: platformSecret("access-key"),
          secretKey: platformSecret("secret-key"),
        },
      },
    });
  });

  it("has no data host where there is none, and no bucket without backups", async () => {
    assert.equal((await valueOf((await planOf(STAGING)).result.delivery)).dataHost, undefined);
    const without = await planOf({ ...SPLIT, backup: { enabled: false } });
    assert.deepEqual((await valueOf(without.result.delivery)).dataHost, {
      dropletId: "4711",
      publicAddress: "198.51.100.77",
      privateAddress: "10.100.0.7",
      bucket: undefined,
    });
  });

  it("is not what the component registers, which policies read", async () => {
    const { registered } = await planOf(SPLIT);
    assert.deepEqual(Object.keys(registered["pgtopology-split"] as object), ["outputs"]);
  });
});

describe("the program", () => {
  for (const [title, spec] of Object.entries({ STAGING, SPLIT })) {
    it(`${title}: asks for the same resources in a preview as in an update`, async () => {
      const urns = async (preview: boolean): Promise<string[]> =>
        (await planOf(spec, { preview })).resources.map(({ urn }) => urn);
      assert.deepEqual(await urns(true), await urns(false));
    });
  }

  it("asks for the same resources in either mode, to the last option", async () => {
    const [split, single] = [await planOf(SPLIT), await planOf({ ...SPLIT, mode: "single" })];
    assert.deepEqual(single.resources, split.resources);
  });
});
