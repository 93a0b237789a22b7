// Where the passwords of a topology stand: in secret values alone, each in those that need it. Does not prove that the
// cloud or a driver keeps them out of a log.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CLOUD_ROLE_KEYS } from "../../../../topology/secrets.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { openPlaces } from "../../../support/planned-resources.ts";
import { planOf, PROD_SERVICE, secretMarker, STAGING_SERVICE } from "./example-topologies.ts";

const IMAGE = `example/pgbouncer@sha256:${"0a".repeat(32)}`;
const WISHES: Readonly<Record<string, SpecOf<"gcp">>> = {
  "a login with tokens": STAGING_SERVICE,
  "the cloud's pooler and an export": PROD_SERVICE,
  "a login with a password": { ...STAGING_SERVICE, access: { login: "password" } },
  "a sidecar": { ...STAGING_SERVICE, pooling: { kind: "sidecar", image: IMAGE } },
  "a socket and a password": {
    ...STAGING_SERVICE,
    access: { path: "socket", login: "password", certificateAuthority: "per-instance" },
  },
};

/** Names of the resources that have a password of a role in them, secret or not. */
async function holders(spec: SpecOf<"gcp">, role: string): Promise<string[]> {
  const { resources } = await planOf(spec);
  return resources
    .filter(({ props }) => JSON.stringify(props).includes(secretMarker(role)))
    .map(({ name }) => name.replace("pgtopology-staging-", ""));
}

describe("the passwords of a topology on Cloud SQL", () => {
  for (const [title, spec] of Object.entries(WISHES)) {
    it(`stand in the open nowhere, with ${title} (trap 15)`, async () => {
      const { resources, registered } = await planOf(spec);
      for (const role of CLOUD_ROLE_KEYS) {
        const places = resources.flatMap(({ name, sent }) => openPlaces(sent, secretMarker(role), name));
        assert.deepEqual([...places, ...openPlaces(registered, secretMarker(role))], [], role);
      }
    });

    it(`are nowhere in the service, its workflow and its labels, with ${title}`, async () => {
      const { resources } = await planOf(spec);
      const others = resources.filter(({ type }) => !/:(User|SecretVersion)$/.test(type));
      assert.ok(others.length > 5);
      assert.doesNotMatch(JSON.stringify(others), /marker-of/);
    });

    it(`asks for the same resources in a preview as in an update, with ${title}`, async () => {
      const urns = async (preview: boolean): Promise<string[]> =>
        (await planOf(spec, { preview })).resources.map(({ urn }) => urn);
      assert.deepEqual(await urns(true), await urns(false));
    });
  }

  it("are in their users, and in the lines and files of those who log in with them", async () => {
    const spec: SpecOf<"gcp"> = { ...STAGING_SERVICE, pooling: { kind: "sidecar", image: IMAGE } };
    assert.deepEqual(await holders(spec, "administrator"), ["user-administrator"]);
    assert.deepEqual(await holders(spec, "owner"), ["secret-migration-url-version", "user-owner"]);
    assert.deepEqual(await holders(spec, "readOnly"), ["user-read-only"]);
    assert.deepEqual(await holders(spec, "monitoring"), ["user-monitoring"]);
    assert.deepEqual(await holders(spec, "readWrite"), [
      "secret-pgbouncer-users-version",
      "secret-reader-url-version",
      "secret-service-password-version",
      "secret-writer-url-version",
      "user-read-write",
    ]);
  });

  it("are none of the service's where it shows tokens", async () => {
    assert.deepEqual(await holders(STAGING_SERVICE, "readWrite"), ["user-read-write"]);
  });

  it("are kept as secrets of the state, too, as is everything else that is kept", async () => {
    const { resources } = await planOf({ ...STAGING_SERVICE, pooling: { kind: "sidecar", image: IMAGE } });
    const versions = resources.filter(({ type }) => type.endsWith(":SecretVersion"));
    assert.equal(versions.length, 7);
    for (const part of [
      "postgresql://",
      "authority of europe-west1",
      "[databases]",
      '"app" "',
      secretMarker("owner"),
    ]) {
      assert.ok(
        JSON.stringify(versions.map(({ props }) => props.secretData)).includes(JSON.stringify(part).slice(1, -1)),
      );
      assert.deepEqual(
        versions.flatMap(({ name, sent }) => openPlaces(sent, part, name)),
        [],
      );
    }
  });
});
