import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { mistakesIn } from "../../../config/mistakes.ts";
import { judgePermissions } from "../../../config/permissions.ts";

const GOOD = { id: "change/database", reason: "moved", owner: "data team", expires: "2026-11-28" };

function messageFor(value: unknown): string {
  const judged = judgePermissions(value);
  assert.ok("mistakes" in judged, "it was accepted");
  return mistakesIn([judged.mistakes], "Pulumi.local.yaml").message;
}

describe("judgePermissions", () => {
  it("takes a list, and no list for none", () => {
    assert.deepEqual(judgePermissions([GOOD]), { value: [GOOD] });
    assert.deepEqual(judgePermissions(undefined), { value: [] });
    assert.deepEqual(judgePermissions([]), { value: [] });
  });

  it("shows every mistake at once, with its place in the list", () => {
    assert.equal(
      messageFor([
        { id: "database", reason: "<why it may happen>", owner: " ", expires: "2026-02-30" },
        { ...GOOD, expires: 2026, ower: "me" },
        GOOD,
        GOOD,
      ]),
      `6 mistakes in Pulumi.local.yaml, below pgtopology:permissions:
  0.id
    got: "database"
    want: what is permitted, as in change/database
    fix: correct 0.id; docs/reference/configuration.md says what it means
  0.reason
    got: "<why it may happen>"
    want: why it may happen
    fix: correct 0.reason; docs/reference/configuration.md says what it means
  0.owner
    got: " "
    want: who answers for it
    fix: correct 0.owner; docs/reference/configuration.md says what it means
  0.expires
    got: "2026-02-30"
    want: a day as YYYY-MM-DD
    fix: correct 0.expires; docs/reference/configuration.md says what it means
  1.expires
    got: 2026
    want: a day as YYYY-MM-DD
    fix: correct 1.expires; docs/reference/configuration.md says what it means
  1.ower
    got: an unknown key
    want: one of id, reason, owner, expires
    fix: did you mean owner?`,
    );
  });

  it("refuses two permissions for one thing", () => {
    assert.equal(
      messageFor([GOOD, GOOD]),
      `1 mistake in Pulumi.local.yaml, below pgtopology:permissions:
  1.id
    got: "change/database"
    want: an id that no other permission has
    fix: correct 1.id; docs/reference/configuration.md says what it means`,
    );
  });

  it("refuses what is no list", () => {
    assert.equal(
      messageFor({ ...GOOD }),
      `1 mistake in Pulumi.local.yaml, below pgtopology:permissions:
  (the value itself)
    got: {"id":"change/database","reason":"moved","owner":"data team"…
    want: a list of permissions
    fix: write [ { id: change/database, reason: moved, owner: data team, expires: "2026-11-28" } ]`,
    );
  });
});
