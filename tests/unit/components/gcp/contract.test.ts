// What a topology on Cloud SQL tells others: where it is reached, how it is trusted, and what is still to be done. Does
// not prove that the names resolve, or that the certificates carry them.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as pulumi from "@pulumi/pulumi";
import type { CloudPlace } from "../../../../components/gcp/cloud-place.ts";
import type { GcpInstances } from "../../../../components/gcp/instances.ts";
import { serverHost } from "../../../../components/gcp/server-names.ts";
import { CLOUD_ROLE_KEYS } from "../../../../topology/secrets.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { openPlaces, resourceOf, valueOf } from "../../../support/planned-resources.ts";
import { INSTANCE } from "../../../support/pretend-cloud.ts";
import { planOf, type PlanOptions, PROD, secretMarker, STAGING } from "./example-topologies.ts";

async function contractOf(spec: SpecOf<"gcp">, options?: PlanOptions) {
  const { result, warnings } = await planOf(spec, options);
  return { contract: await valueOf(result.outputs), warnings };
}

describe("the contract of a topology on Cloud SQL", () => {
  it("has the names that certificates carry, and one authority for one region", async () => {
    const { contract, warnings } = await contractOf(STAGING);
    assert.deepEqual(contract, {
      name: "pgtopology-staging",
      target: "gcp",
      environment: "staging",
      version: 17,
      database: "app",
      writer: { host: "staging-primary-k3x9.europe-west1.sql.test", port: 5432 },
      readers: { reports: { host: "staging-replica-reports-k3x9.europe-west1.sql.test", port: 5432 } },
      pooled: undefined,
      caCertificate: "authority of europe-west1\n",
      tlsMode: "verify-full",
      data: undefined,
      pending: [],
    });
    assert.deepEqual(warnings, []);
  });

  it("has the name that follows the primary, the cloud's pooler, and the authorities of both regions", async () => {
    const { contract } = await contractOf(PROD, { designatedReplica: "west" });
    const host = "prod-primary-k3x9.global.sql.test";
    assert.deepEqual(contract.writer, { host, port: 5432 });
    assert.deepEqual(contract.pooled, { host, port: 6432, writerPool: "shop", readerPool: "shop" });
    assert.deepEqual(contract.readers, {
      reports: { host: "prod-replica-reports-k3x9.europe-west1.sql.test", port: 5432 },
      west: { host: "prod-replica-west-k3x9.europe-west4.sql.test", port: 5432 },
    });
    assert.equal(contract.caCertificate, "authority of europe-west1\nauthority of europe-west4\n");
  });

  it("has the primary's own name where nothing takes over from it", async () => {
    const { contract } = await contractOf({ ...PROD, replicas: {} });
    assert.equal(contract.writer.host, "prod-primary-k3x9.europe-west1.sql.test");
  });

  it("has addresses where certificates carry no names, and then checks none", async () => {
    const { contract } = await contractOf({ ...STAGING, access: { certificateAuthority: "per-instance" } });
    assert.equal(contract.tlsMode, "verify-ca");
    assert.equal(contract.writer.host, "address of staging-primary-k3x9");
    assert.equal(contract.readers.reports?.host, "address of staging-replica-reports-k3x9");
  });

  it("is refused where an instance that should have a name has none", async () => {
    const instance = { name: pulumi.output("prod-primary-k3x9"), dnsNames: pulumi.output([]) };
    const place = { topology: { access: { tlsMode: "verify-full" } } } as CloudPlace;
    const host = serverHost(place, instance as unknown as GcpInstances["primary"]);
    await assert.rejects((host as unknown as { promise: () => Promise<string> }).promise(), {
      name: "PgtError",
      message:
        "instance prod-primary-k3x9 has no name of its own, and a certificate is never checked against an address",
    });
  });

  it("has no pooler where it is part of the service", async () => {
    const image = `example/pgbouncer@sha256:${"0a".repeat(32)}`;
    const { contract } = await contractOf({ ...STAGING, pooling: { kind: "sidecar", image } });
    assert.equal(contract.pooled, undefined);
  });

  it("is no secret, although the provider calls authorities one", async () => {
    const { result, registered } = await planOf(PROD);
    assert.equal(await pulumi.isSecret(result.outputs), false);
    assert.deepEqual(openPlaces(registered, "authority of europe-west1"), ["pgtopology-prod.outputs.caCertificate"]);
  });

  it("keeps in a preview what is known: the policies ask for the environment", async () => {
    const { registered } = await planOf(PROD, { preview: true });
    const { outputs } = registered["pgtopology-prod"] as { outputs: Record<string, unknown> };
    assert.equal(outputs.environment, "prod");
    assert.deepEqual((outputs.writer as Record<string, unknown>).port, 5432);
  });
});

describe("the disaster recovery pair", () => {
  const step = (key: string): string =>
    `Replica ${key} is not designated to take over from the primary yet: "./pgt up --stack prod" does that once it runs.`;

  it("is pending, with a warning, until a replica is designated", async () => {
    const { contract, warnings } = await contractOf(PROD);
    assert.deepEqual(contract.pending, [step("west")]);
    assert.deepEqual(warnings, [step("west")]);
  });

  it("is warned of in a preview, too", async () => {
    assert.deepEqual((await planOf(PROD, { preview: true })).warnings, [step("west")]);
  });

  it("is complete once it is designated", async () => {
    const { contract, warnings } = await contractOf(PROD, { designatedReplica: "west" });
    assert.deepEqual([contract.pending, warnings], [[], []]);
  });

  for (const designatedReplica of ["reports", "gone"]) {
    it(`is pending where ${designatedReplica} is designated, which is no replica for that`, async () => {
      const { contract } = await contractOf(PROD, { designatedReplica });
      assert.deepEqual(contract.pending, [step("west")]);
    });
  }

  it("names every replica that could be designated", async () => {
    const east = { purpose: "disaster-recovery", region: "europe-north1" } as const;
    const { contract } = await contractOf({ ...PROD, replicas: { ...PROD.replicas, east } });
    assert.deepEqual(contract.pending, [step("east or west")]);
  });

  it("is not there in enterprise, whose replicas are promoted by hand and whose primary has no name that moves", async () => {
    const spec = { ...STAGING, replicas: PROD.replicas ?? {} };
    const { contract } = await contractOf(spec);
    assert.deepEqual(contract.pending, []);
    assert.equal(contract.writer.host, "staging-primary-k3x9.europe-west1.sql.test");
    const { resources } = await planOf(spec, { designatedReplica: "west" });
    const primary = resourceOf(resources, INSTANCE, "pgtopology-staging-primary");
    assert.equal(primary.props.replicationCluster, undefined);
  });
});

describe("the program", () => {
  const wishes = { STAGING, PROD };
  for (const [title, spec] of Object.entries(wishes)) {
    it(`${title}: asks for the same resources in a preview as in an update`, async () => {
      const urns = async (preview: boolean): Promise<string[]> =>
        (await planOf(spec, { preview })).resources.map(({ urn }) => urn);
      assert.deepEqual(await urns(true), await urns(false));
    });

    it(`${title}: shows no secret in any input or output`, async () => {
      const { resources, registered } = await planOf(spec);
      for (const role of CLOUD_ROLE_KEYS) {
        const places = resources.flatMap(({ name, sent }) => openPlaces(sent, secretMarker(role), name));
        assert.deepEqual([...places, ...openPlaces(registered, secretMarker(role))], []);
      }
    });
  }
});
