import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { BUGS } from "../../../provider-bugs/catalogue.ts";
import {
  affectedText,
  type VersionVerdict,
  versionVerdict,
  worstVerdict,
} from "../../../provider-bugs/version-verdict.ts";

const AS_OF = "2026-11-22";

describe("versionVerdict", () => {
  const settings = BUGS.find(({ id }) => id === "gcp-settings-not-updated");
  const boundaries: [string, VersionVerdict][] = [
    ["9.34.0", "free"],
    ["9.34.99", "free"],
    // It may have the bug already.
    ["9.35.0-alpha.1", "affected"],
    ["9.34.0-alpha.1", "free"],
    ["9.35.0", "affected"],
    ["v9.36.0", "affected"],
    ["9.36.0+dirty", "affected"],
    // What comes before the fix may not have it.
    ["9.36.1-alpha.1", "affected"],
    ["9.36.1", "free"],
    ["9.36.2-alpha.1", "free"],
    ["9.37.0", "free"],
    ["10.5.0", "free"],
  ];
  for (const [version, verdict] of boundaries) {
    it(`is ${verdict} for ${version} by a range with a fix`, () => {
      assert.ok(settings);
      assert.equal(versionVerdict(settings.affected, version), verdict);
    });
  }

  it("does not know of versions that nobody looked at", () => {
    const unfixed = { seenIn: "9.37.0", unfixedAsOf: AS_OF } as const;
    assert.equal(versionVerdict(unfixed, "9.37.0"), "affected");
    for (const version of ["9.36.1", "9.37.1", "9.37.0-alpha.1", "10.5.0"]) {
      assert.equal(versionVerdict(unfixed, version), "unknown", version);
    }
  });

  it("knows of no version where nothing is known", () => {
    assert.equal(versionVerdict({ notKnown: "nobody says" }, "1.0.0"), "unknown");
  });

  it("is the worst of versions side by side", () => {
    const fixed = { range: "<2.0.0", fixedIn: "2.0.0" };
    assert.equal(worstVerdict(fixed, ["2.0.0", "1.9.9"]), "affected");
    assert.equal(worstVerdict(fixed, ["2.0.0", "2.1.0"]), "free");
    const unfixed = { seenIn: "2.0.0", unfixedAsOf: AS_OF } as const;
    assert.equal(worstVerdict(unfixed, ["2.1.0", "2.0.0"]), "affected");
    assert.equal(worstVerdict(unfixed, ["2.1.0", "2.2.0"]), "unknown");
  });

  it("is told in words", () => {
    assert.equal(affectedText({ range: "<2.0.0", fixedIn: "2.0.0" }), "<2.0.0, fixed in 2.0.0");
    assert.equal(
      affectedText({ range: "<2.0.0", fixedIn: "2.0.0", inferred: "by its date" }),
      "<2.0.0, fixed in 2.0.0 (by its date)",
    );
    assert.equal(affectedText({ seenIn: "1.0.0", unfixedAsOf: AS_OF }), "seen in 1.0.0, unfixed as of 2026-11-22");
    assert.equal(affectedText({ notKnown: "nobody says" }), "not known which: nobody says");
  });
});
