// Who the service logs in as, by the names that are planned. Does not prove that the cloud names its users so; the ids of
// accounts are with the components.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { resolveTopology } from "../../../topology/resolve.ts";
import { serviceUser } from "../../../topology/service-accounts.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { planOf } from "../components/gcp/example-topologies.ts";

const STACK = { project: "example", suffix: "k3x9" };
const IMAGE = `example/shop@sha256:${"a".repeat(64)}`;
const WISH: SpecOf<"gcp"> = { target: "gcp", environment: "local", region: "europe-west1", service: { image: IMAGE } };

describe("the user of the service", () => {
  it("is the user of IAM that is planned", async () => {
    const { resources } = await planOf(WISH);
    const users = resources.filter(({ type }) => type === "gcp:sql/user:User").map(({ props }) => props.name);
    const name = serviceUser(resolveTopology(WISH, "local"), STACK);
    assert.equal(name, "local-service-k3x9@example.iam");
    assert.ok(users.includes(name), users.join(", "));
  });

  it("is nobody where it has a password, or there is no service", () => {
    const user = (spec: Partial<SpecOf<"gcp">>) => serviceUser(resolveTopology({ ...WISH, ...spec }, "local"), STACK);
    assert.equal(user({ access: { login: "password" } }), undefined);
    assert.equal(user({ service: undefined }), undefined);
  });
});
