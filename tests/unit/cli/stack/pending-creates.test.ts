// What is made of a state that a killed run has left, without an engine: tests/e2e/clouds kills one.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type ExportedState, withPendingAdopted } from "../../../../cli/stack/pending-creates.ts";
import { planOf, PROD_SERVICE } from "../../components/gcp/example-topologies.ts";

const NAMED = { project: "p", name: "n", region: "r", location: "l", instance: "i", service: "s", network: "x/y" };
const MADE_AGAIN = ["BucketIAMMember", "IAMMember", "SecretIamMember", "SecretVersion"];
const URN = "urn:pulumi:prod::pgtopology::pgtopology:gcp:Topology$";

function state(type: string, operation = "creating", inputs: Record<string, unknown> = NAMED): ExportedState {
  const resource = { urn: `${URN}${type}::pgtopology-prod-it`, type, inputs };
  return {
    version: 3,
    deployment: { resources: [{ urn: "first", type: "t" }], pending_operations: [{ type: operation, resource }] },
  };
}

describe("withPendingAdopted", () => {
  it("takes an instance that was in the making for made, by the name that it was to have", () => {
    const { adopted, state: after } = withPendingAdopted(state("gcp:sql/databaseInstance:DatabaseInstance"));
    assert.deepEqual(adopted, ["pgtopology-prod-it"]);
    const [first, made] = after.deployment.resources ?? [];
    assert.equal(first?.urn, "first");
    assert.equal(made?.id, "projects/p/instances/n");
    assert.deepEqual(made.inputs, NAMED);
    assert.deepEqual(after.deployment.pending_operations, []);
    assert.equal(after.version, 3);
  });

  const ids: readonly (readonly [string, Record<string, unknown>, string])[] = [
    [
      "gcp:serviceaccount/account:Account",
      { project: "p", accountId: "a" },
      "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com",
    ],
    [
      "gcp:servicenetworking/connection:Connection",
      { network: "projects/p/global/networks/n", service: "s.com" },
      "projects%2Fp%2Fglobal%2Fnetworks%2Fn:s.com",
    ],
    ["gcp:sql/user:User", { project: "p", instance: "i", name: "a@p.iam" }, "p/i/a@p.iam"],
    ["gcp:secretmanager/secret:Secret", { project: "p", secretId: "s" }, "projects/p/secrets/s"],
    [
      "gcp:dns/recordSet:RecordSet",
      { project: "p", managedZone: "z", name: "h.goog.", type: "A" },
      "projects/p/managedZones/z/rrsets/h.goog./A",
    ],
    ["gcp:storage/bucket:Bucket", { name: "b" }, "b"],
  ];
  for (const [type, inputs, id] of ids) {
    it(`finds a ${type.split(":").at(-1) ?? ""} by ${id}`, () => {
      const { state: after } = withPendingAdopted(state(type, "creating", inputs));
      assert.equal(after.deployment.resources?.at(-1)?.id, id);
    });
  }

  it("finds every resource of a full topology, but grants and versions of secrets", async () => {
    const { resources } = await planOf(PROD_SERVICE);
    const notFound = resources
      .filter(({ type }) => type.startsWith("gcp:"))
      .filter(({ type, props }) => {
        const { state: after } = withPendingAdopted(state(type, "creating", props));
        const made = after.deployment.resources?.[1];
        assert.doesNotMatch(made?.id ?? "", /undefined|\[object/, type);
        return made === undefined;
      });
    assert.deepEqual([...new Set(notFound.map(({ type }) => type.split(":").at(-1)))].sort(), MADE_AGAIN);
  });

  it("forgets a grant and a secret's version, which are made again", () => {
    for (const type of ["gcp:projects/iAMMember:IAMMember", "gcp:secretmanager/secretVersion:SecretVersion"]) {
      const { adopted, state: after } = withPendingAdopted(state(type));
      assert.equal(adopted.length, 1);
      assert.equal(after.deployment.resources?.length, 1);
      assert.deepEqual(after.deployment.pending_operations, []);
    }
  });

  it("leaves alone what was being changed or removed", () => {
    for (const operation of ["updating", "deleting"]) {
      const before = state("gcp:sql/databaseInstance:DatabaseInstance", operation);
      const { adopted, state: after } = withPendingAdopted(before);
      assert.deepEqual(adopted, []);
      assert.deepEqual(after, before);
    }
  });

  it("finds nothing in a state without operations", () => {
    assert.deepEqual(withPendingAdopted({ version: 3, deployment: {} }).adopted, []);
  });
});
