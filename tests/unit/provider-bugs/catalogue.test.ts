// The ledger itself: that each row is whole, and that what it names is there. Not that a provider still has a bug, nor
// that a test would notice it.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import semver from "semver";
import { PACKAGES } from "../../../provider-bugs/bug.ts";
import { BUGS } from "../../../provider-bugs/catalogue.ts";
import { LEFT_OUT } from "../../../provider-bugs/left-out.ts";

const ROOT = join(import.meta.dirname, "../../..");
/** The traps of the project's list are numbered from 1 on. */
const TRAPS = 56;
/** Those that are no bug of a version of anything. */
const NO_BUGS = [3, 4, 12, 13, 17, 24, 25, 27, 30, 33, 40, 43, 45, 53];

function isFile(path: string): boolean {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile() === true;
}

describe("the ledger of provider bugs", () => {
  it("has every trap of the list, or says why not", () => {
    const inLedger = new Set(BUGS.flatMap(({ traps }) => traps));
    const leftOut = Object.keys(LEFT_OUT).map(Number);
    assert.deepEqual(leftOut, NO_BUGS);
    assert.deepEqual(
      leftOut.filter((trap) => inLedger.has(trap)),
      [],
    );
    assert.deepEqual(
      [...inLedger, ...leftOut].sort((a, b) => a - b),
      Array.from({ length: TRAPS }, (_, index) => index + 1),
    );
    for (const why of Object.values(LEFT_OUT)) assert.ok(why.length > 20, why);
  });

  it("has an id of its own for each, that names whose it is", () => {
    assert.equal(new Set(BUGS.map(({ id }) => id)).size, BUGS.length);
    for (const { id } of BUGS) assert.match(id, /^(gcp|do|docker|postgresql|pgbouncer|pulumi)(-[a-z0-9]+)+$/);
  });

  it("knows each package, and each package has a bug", () => {
    assert.deepEqual(new Set(BUGS.map((bug) => bug.package)), new Set(PACKAGES));
  });

  for (const bug of BUGS) {
    it(`${bug.id} is whole`, () => {
      assert.ok(bug.traps.length > 0);
      for (const text of [bug.summary, bug.consequence, bug.workaround.what]) {
        assert.ok(text.length > 10, text);
        assert.doesNotMatch(text, /\.$|\n/, "the reader puts the full stop");
      }
      const { protocol, hostname, pathname } = new URL(bug.source);
      assert.equal(protocol, "https:");
      assert.ok(hostname.includes(".") && pathname.length > 1, bug.source);
      if (bug.workaround.inPlace) assert.ok(isFile(bug.workaround.file), bug.workaround.file);
      if ("none" in bug.noticedBy) assert.ok(bug.noticedBy.none.length > 20);
      else {
        assert.ok(isFile(bug.noticedBy.file), bug.noticedBy.file);
        assert.match(bug.noticedBy.file, /^tests\/.*\.test\.ts$/);
      }
    });

    it(`${bug.id} has versions that can be compared`, () => {
      const { affected } = bug;
      if ("notKnown" in affected) assert.ok(affected.notKnown.length > 20);
      else if ("range" in affected) {
        assert.ok(semver.validRange(affected.range), affected.range);
        assert.ok(semver.valid(affected.fixedIn), affected.fixedIn);
        assert.equal(semver.satisfies(affected.fixedIn, affected.range), false);
        assert.equal(semver.gtr(affected.fixedIn, affected.range), true, "the fix is newer than what it fixes");
      } else {
        assert.ok(semver.validRange(affected.seenIn), affected.seenIn);
        assert.match(affected.unfixedAsOf, /^20\d\d-\d\d-\d\d$/);
      }
    });
  }

  it("tells a server's versions by the major alone, because a topology says no more", () => {
    for (const { affected } of BUGS.filter((bug) => bug.package === "postgresql")) {
      const range = "range" in affected ? affected.range : "seenIn" in affected ? affected.seenIn : "";
      assert.match(range, /^>=\d+\.0\.0 <\d+\.0\.0$/);
    }
  });
});
