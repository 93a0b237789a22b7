// The names of accounts and their users, for stacks of any name. Does not prove that IAM takes them.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { instancesAndBackups, onlyInstances } from "../../../../components/gcp/service-account.ts";
import { accountId, iamUserName } from "../../../../topology/service-accounts.ts";

const stackName = fc.stringMatching(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);

describe("the id of a service account", () => {
  it("is the name of what it is for, where that is short", () => {
    assert.equal(accountId("staging", "service", "k3x9"), "staging-service-k3x9");
  });

  it("loses the end of a long stack's name, and no hyphen is doubled", () => {
    assert.equal(accountId("customer-acceptance-tests", "service", "k3x9"), "customer-accept-service-k3x9");
    assert.equal(accountId("customer-accep-tests", "service", "k3x9"), "customer-accep-service-k3x9");
  });

  it("is always one that IAM takes, and a user that PostgreSQL takes", () => {
    fc.assert(
      fc.property(stackName, fc.constantFrom("service", "export", "timer", "verification"), (stack, role) => {
        const id = accountId(stack, role, "k3x9");
        assert.match(id, /^[a-z]([-a-z0-9]*[a-z0-9])$/);
        assert.ok(id.length >= 6 && id.length <= 30 && id.endsWith(`-${role}-k3x9`), id);
        const longestProject = "p".repeat(30);
        assert.ok(iamUserName(`${id}@${longestProject}.iam.gserviceaccount.com`).length <= 63);
      }),
    );
  });
});

describe("PostgreSQL's name of a service account", () => {
  it("is its address without the part that all share (trap 16)", () => {
    assert.equal(iamUserName("svc@example.iam.gserviceaccount.com"), "svc@example.iam");
    assert.equal(iamUserName("svc@gserviceaccount.com.example"), "svc@gserviceaccount.com.example");
  });
});

describe("a role for some instances", () => {
  it("names each of them", () => {
    assert.deepEqual(onlyInstances("p", ["a", "b"]), {
      title: "instances of the topology",
      expression:
        'resource.service == "sqladmin.googleapis.com" && (resource.name == "projects/p/instances/a" || resource.name == "projects/p/instances/b")',
    });
  });

  it("may go for their backups, too, and for no instance whose name begins alike", () => {
    assert.deepEqual(instancesAndBackups("p", ["a"]), {
      title: "instances of the topology and their backups",
      expression:
        'resource.service == "sqladmin.googleapis.com" && (resource.name == "projects/p/instances/a" || resource.name.startsWith("projects/p/instances/a/"))',
    });
  });
});
