import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parseDocument } from "yaml";
import { judgePermissions } from "../../../config/permissions.ts";
import { issueText } from "../../../topology/issue.ts";
import { type Permission, permissionFor, permissionProblems, permissionYaml } from "../../../topology/permission.ts";

const GIVEN: Permission = {
  id: "change/database",
  reason: "the old rows were moved",
  owner: "data team",
  expires: "2026-11-28",
};

const at = (moment: string): Date => new Date(moment);
const isKnown = (id: string): boolean => id.startsWith("change/");

describe("permissionFor", () => {
  it("finds the permission of an id until its last day has passed, in UTC", () => {
    assert.equal(permissionFor([GIVEN], GIVEN.id, at("2026-11-28T23:59:59Z")), GIVEN);
    assert.equal(permissionFor([GIVEN], GIVEN.id, at("2026-11-29T00:00:00Z")), undefined);
    assert.equal(permissionFor([GIVEN], "change/address", at("2026-11-01T00:00:00Z")), undefined);
  });
});

describe("permissionProblems", () => {
  const problems = (permissions: readonly Permission[], needed: readonly string[], moment: string): string[] =>
    permissionProblems(permissions, { isKnown, needed: new Set(needed), now: at(moment) }).map(
      ({ kind, issue }) => `${kind}: ${issueText(issue)}`,
    );

  it("are none for a permission that is needed and holds", () => {
    assert.deepEqual(problems([GIVEN], [GIVEN.id], "2026-11-28T12:00:00Z"), []);
  });

  it("tell of an id that nothing has", () => {
    assert.deepEqual(problems([{ ...GIVEN, id: "chnage/database" }], [], "2026-11-28T12:00:00Z"), [
      `unknown: chnage/database
    got: an unknown id
    want: the id of something that can be refused, as in change/database
    fix: correct or remove it`,
    ]);
  });

  it("take an id that is needed for known", () => {
    assert.deepEqual(problems([{ ...GIVEN, id: "other/x" }], ["other/x"], "2026-11-28T12:00:00Z"), []);
  });

  it("tell of a permission whose day has passed", () => {
    assert.deepEqual(problems([GIVEN], [GIVEN.id], "2026-12-01T12:00:00Z"), [
      `expired: change/database
    got: expired on 2026-11-28
    want: a last day that is not before 2026-12-01
    fix: remove it; if it is still needed, data team has to give it again`,
    ]);
  });

  it("tell of a permission that nothing needs", () => {
    assert.deepEqual(problems([GIVEN], ["change/address"], "2026-11-28T12:00:00Z"), [
      `unused: change/database
    got: nothing that needs it
    want: permissions for what happens now
    because: it would let the same happen again, unseen
    fix: remove it`,
    ]);
  });
});

describe("permissionYaml", () => {
  const now = at("2026-11-21T12:00:00Z");

  it("is a permission with blanks that no reader accepts, and with a week's time", () => {
    const text = permissionYaml("change/parameters.pg_stat_statements.max", now).join("\n");
    assert.equal(
      text,
      `- id: change/parameters.pg_stat_statements.max
  reason: <why it may happen>
  owner: <who answers for it>
  expires: "2026-11-28"`,
    );
    const judged = judgePermissions(parseDocument(text).toJS());
    assert.deepEqual("mistakes" in judged ? judged.mistakes.issues.map(({ where }) => where) : [], [
      "0.reason",
      "0.owner",
    ]);
  });

  it("is accepted once the blanks are filled", () => {
    const text = permissionYaml("change/database", now).join("\n").replaceAll(/<.*>/g, "because");
    assert.deepEqual(judgePermissions(parseDocument(text).toJS()), {
      value: [{ id: "change/database", reason: "because", owner: "because", expires: "2026-11-28" }],
    });
  });
});
