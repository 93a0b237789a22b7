import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  CLOUD_SQL_VERSIONS,
  POSTGRESQL_VERSIONS,
  supportedMajors,
  versionSupport,
} from "../../../../topology/limits/postgresql-versions.ts";

describe("versions of PostgreSQL", () => {
  it("follow each other: one a year, five years of fixes each, the newest first", () => {
    const majors = POSTGRESQL_VERSIONS.map(({ major }) => major);
    assert.deepEqual(majors, [18, 17, 16, 15, 14, 13]);
    for (const { major, releasedOn, endOfLifeOn } of POSTGRESQL_VERSIONS) {
      assert.equal(Number(releasedOn.slice(0, 4)), 2007 + major);
      assert.equal(Number(endOfLifeOn.slice(0, 4)), 2012 + major);
    }
  });

  it("cost extra on Cloud SQL after their end, where the day is known", () => {
    for (const { major, deprecatedOn, extendedSupportOn } of CLOUD_SQL_VERSIONS.slice(1)) {
      const endOfLife = POSTGRESQL_VERSIONS.find((version) => version.major === major)?.endOfLifeOn ?? "";
      assert.equal(endOfLife < (extendedSupportOn ?? ""), true, String(major));
      assert.equal((extendedSupportOn ?? "") < (deprecatedOn ?? ""), true, String(major));
    }
  });

  it("are run by the targets that have them, with the reason where one has not", () => {
    assert.deepEqual(supportedMajors("docker"), [17]);
    assert.deepEqual(supportedMajors("gcp"), [18, 17, 16, 15, 14, 13]);
    assert.deepEqual(versionSupport("docker", 18), {
      supported: false,
      reason: "the image carries PostgreSQL 17 only",
    });
    assert.equal(versionSupport("gcp", 12).supported, false);
  });
});
