import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { changesBetween } from "../../../topology/change.ts";
import { issueText } from "../../../topology/issue.ts";
import type { Permission } from "../../../topology/permission.ts";
import { needsPermission, refusedChanges } from "../../../topology/refuse-change.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";

type Wish = Omit<SpecOf<"docker">, "target">;

const NOW = new Date("2026-11-21T12:00:00Z");
const PERMISSION: Permission = {
  id: "change/database",
  reason: "the old rows were moved",
  owner: "data team",
  expires: "2026-11-28",
};

function refused(from: Wish, to: Wish, permissions: readonly Permission[] = []): string[] {
  const changes = changesBetween(
    resolveTopology({ target: "docker", ...from }, "local"),
    resolveTopology({ target: "docker", ...to }, "local"),
  );
  return refusedChanges(changes, permissions, NOW).map(issueText);
}

describe("refusedChanges", () => {
  it("refuses what loses data, says what would happen, and prints the permission for it", () => {
    assert.deepEqual(refused({}, { database: "shop" }), [
      `database
    got: app → shop (replace)
    want: app, or a permission
    because: an empty database is made beside the old one, which stays: the application no longer reaches its rows
    fix:
        take it back, or permit it:
        - id: change/database
          reason: <why it may happen>
          owner: <who answers for it>
          expires: "2026-11-28"`,
    ]);
  });

  it("refuses what exposes data", () => {
    assert.deepEqual(refused({}, { ports: { address: "0.0.0.0" } }), [
      `address
    got: 127.0.0.1 → 0.0.0.0 (exposure)
    want: 127.0.0.1, or a permission
    because: every server and the pooler restart; whoever reaches 0.0.0.0 reaches their ports
    fix:
        take it back, or permit it:
        - id: change/address
          reason: <why it may happen>
          owner: <who answers for it>
          expires: "2026-11-28"`,
    ]);
  });

  it("names both where data is lost and exposed", () => {
    const from = { protection: { keepData: false } };
    const [issue = ""] = refused(from, { ...from, backup: { enabled: false } });
    assert.match(issue, /^backup\n {4}got: set → not set \(data loss, exposure\)\n {4}want: set, or a permission\n/);
  });

  it("lets through what is permitted, and nothing else", () => {
    assert.deepEqual(refused({}, { database: "shop" }, [PERMISSION]), []);
    assert.equal(refused({}, { database: "shop", version: 18 }, [PERMISSION]).length, 1);
  });

  it("does not let through what was permitted until yesterday, and says so", () => {
    const [issue = ""] = refused({}, { database: "shop" }, [{ ...PERMISSION, expires: "2026-11-20" }]);
    assert.match(issue, /reaches its rows; the permission of data team expired on 2026-11-20\n/);
  });

  it("lets through what restarts or rebuilds", () => {
    assert.deepEqual(refused({ replicas: { a: {} } }, { size: { memoryGiB: 2, cpus: 2 } }), []);
  });
});

describe("refusedChanges on Cloud SQL", () => {
  type CloudWish = Omit<SpecOf<"gcp">, "target">;
  const resolved = (wish: CloudWish) => resolveTopology({ target: "gcp", region: "europe-west1", ...wish }, "shop");
  const changes = (from: CloudWish, to: CloudWish) => changesBetween(resolved(from), resolved(to));
  const permission = (id: string): Permission => ({ ...PERMISSION, id });

  it("says what to do instead of moving a replica, whatever is permitted", () => {
    const moved = changes(
      { replicas: { far: { region: "europe-west4" } } },
      { replicas: { far: { region: "us-east1" } } },
    );
    assert.deepEqual(refusedChanges(moved, [permission("change/replicas.far.region")], NOW).map(issueText), [
      `replicas.far.region
    got: europe-west4 → us-east1 (no permission allows it)
    want: europe-west4
    because: a server is deleted before the next one of its name is made, and the cloud may hold the name back
    fix: take it back; instead, remove replicas.far, and add a replica by another name in us-east1`,
    ]);
    assert.deepEqual(moved.filter(needsPermission), []);
  });

  it("says what to do instead of moving the second copy, whatever is permitted", () => {
    const backup = (location: string) => ({ backup: { secondCopy: { location } } });
    const moved = changes(backup("eu"), backup("us"));
    assert.deepEqual(refusedChanges(moved, [permission("change/backup.secondCopy.location")], NOW).map(issueText), [
      `backup.secondCopy.location
    got: eu → us (no permission allows it)
    want: eu
    because: the bucket there would have the name of the one that is there already, with its exports in it
    fix: take it back; instead, remove backup.secondCopy and run \`pgt up\`; delete the old bucket when nobody needs its exports; then set the other place`,
    ]);
    assert.deepEqual(moved.filter(needsPermission), []);
  });

  it("has the protection of a replica lifted before it goes", () => {
    const gone = changes({ replicas: { far: {}, near: {} } }, { replicas: { near: {} } });
    assert.deepEqual(refusedChanges(gone, [permission("change/replicas.far")], NOW).map(issueText), [
      `replicas.far
    got: set → not set (no permission allows it)
    want: set
    because: the provider refuses to delete the replica as long as protection.deletion was true at the last update
    fix: take it back; instead, set protection.deletion: false and run \`pgt up\`, then remove replicas.far`,
    ]);
    const lifted = { protection: { deletion: false } };
    const after = changes({ ...lifted, replicas: { far: {}, near: {} } }, { ...lifted, replicas: { near: {} } });
    assert.deepEqual(refusedChanges(after, [], NOW), []);
  });

  it("wants a permission for a replica of prod, which nothing but a hand deletes", () => {
    const gone = changes(
      { environment: "prod", replicas: { far: {}, near: {} } },
      { environment: "prod", replicas: { near: {} } },
    );
    assert.deepEqual(refusedChanges(gone, [], NOW).map(issueText), [
      `replicas.far
    got: set → not set (exposure)
    want: set, or a permission
    because: the provider refuses to delete the replica, and prod is always protected: delete it by hand, and run \`pulumi refresh\`, before this
    fix:
        take it back, or permit it:
        - id: change/replicas.far
          reason: <why it may happen>
          owner: <who answers for it>
          expires: "2026-11-28"`,
    ]);
    assert.deepEqual(refusedChanges(gone, [permission("change/replicas.far")], NOW), []);
  });
});

describe("needsPermission", () => {
  for (const [label, needed] of [
    ["none", false],
    ["reload", false],
    ["restart", false],
    ["failover", false],
    ["rebuild", false],
    ["replace", true],
    ["data loss", true],
  ] as const) {
    it(`${needed ? "is" : "is not"} so for ${label}, and always with exposure`, () => {
      assert.equal(needsPermission({ label, exposure: false }), needed);
      assert.equal(needsPermission({ label, exposure: true }), true);
    });
  }
});
