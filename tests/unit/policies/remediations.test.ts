// What the pack mends by itself, by the SDK's own way for it. Does not prove that an engine takes the answer:
// tests/integration/policies does.
import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { CONTAINER_TYPE } from "../../../facts/from-plan/docker-container.ts";
import { remediate, secret, tell, UNKNOWN_TEXT } from "./policy-rpc.ts";

const instance = (settings: unknown, more: object = {}) => ({
  type: "gcp:sql/databaseInstance:DatabaseInstance",
  name: "main",
  props: { databaseVersion: "POSTGRES_17", settings, ...more },
});
const container = (ports: unknown) => ({ type: CONTAINER_TYPE, name: "db", props: { name: "db", ports } });

describe("remediations", () => {
  afterEach(() => {
    tell();
  });

  it("do nothing unless they are asked for", async () => {
    assert.deepEqual(await remediate(instance({ tier: "db-f1-micro" })), []);
    assert.deepEqual(await remediate(container([{ internal: 5432 }])), []);
  });

  it("publish ports on loopback, and leave an address that is asked for", async () => {
    tell({ remediate: ["loopback-ports"] });
    assert.deepEqual(await remediate(container([{ internal: 5432 }, { internal: 6432, ip: "192.0.2.1" }])), [
      {
        policyname: "remediate-loopback-ports",
        properties: {
          name: "db",
          ports: [
            { internal: 5432, ip: "127.0.0.1" },
            { internal: 6432, ip: "192.0.2.1" },
          ],
        },
      },
    ]);
    assert.equal((await remediate(container([{ internal: 5432, ip: "0.0.0.0" }]))).length, 1);
    tell({ remediate: ["loopback-ports"], addresses: ["0.0.0.0"] });
    assert.deepEqual(await remediate(container([{ internal: 5432, ip: "0.0.0.0" }])), []);
    assert.deepEqual(await remediate({ type: CONTAINER_TYPE, name: "db", props: {} }), []);
  });

  it("refuse connections without TLS, and keep secrets secret and what is not known yet unknown", async () => {
    tell({ remediate: ["encrypted-only"] });
    const rootPassword = secret("marker-root");
    const [mended] = await remediate(
      instance({ tier: UNKNOWN_TEXT, ipConfiguration: { ipv4Enabled: false } }, { rootPassword }),
    );
    assert.deepEqual(mended?.properties, {
      databaseVersion: "POSTGRES_17",
      rootPassword,
      settings: { tier: UNKNOWN_TEXT, ipConfiguration: { ipv4Enabled: false, sslMode: "ENCRYPTED_ONLY" } },
    });
    const strict = { ipConfiguration: { sslMode: "TRUSTED_CLIENT_CERTIFICATE_REQUIRED" } };
    assert.deepEqual(await remediate(instance(strict)), []);
  });

  it("add labels that are missing, and change none", async () => {
    tell({ remediate: ["labels"], labels: { owner: "data", environment: "prod" } });
    const [mended] = await remediate(instance({ userLabels: { owner: "shop" } }));
    assert.deepEqual(mended?.properties, {
      databaseVersion: "POSTGRES_17",
      settings: { userLabels: { owner: "shop", environment: "prod" } },
    });
    assert.deepEqual(await remediate(instance({ userLabels: { owner: "a", environment: "b" } })), []);
  });

  it("leave what is not known yet for the next run, and say so", async () => {
    tell({ remediate: ["encrypted-only"] });
    const [told] = await remediate(instance(UNKNOWN_TEXT));
    assert.equal(told?.policyname, "remediate-encrypted-only");
    assert.equal(told.properties, undefined);
  });
});
