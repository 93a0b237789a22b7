// That a suggested value is the one that was meant, nobody can know; that it would be taken, is asserted.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { shapeIssues } from "../../../config/shape-issues.ts";
import type { Issue } from "../../../topology/issue.ts";
import { topologySpec } from "../../../topology/spec.ts";

function issuesOf(value: unknown): Issue[] {
  const parsed = topologySpec.safeParse(value);
  return shapeIssues(parsed.error?.issues ?? [], value, topologySpec);
}

/** Wrong values, what they should be, and what is proposed. */
const CASES: readonly [wish: object, want: string, fix: string][] = [
  [{ version: "17" }, "one of 15, 16, 17, 18", "write 17, without quotes"],
  [{ version: 14 }, "one of 15, 16, 17, 18", "write 15"],
  [{ version: 17.2 }, "one of 15, 16, 17, 18", "write 17"],
  [{ version: null }, "one of 15, 16, 17, 18", "give it a value, or remove version"],
  [{ edition: "Enterprise_Plus" }, "one of enterprise, enterprise-plus", "write enterprise-plus"],
  [{ environment: "production" }, "one of local, staging, prod", "write prod"],
  [
    { maintenance: { day: "sun" } },
    "one of monday, tuesday, wednesday, thursday, friday, saturday, sunday",
    "write sunday",
  ],
  [{ maintenance: { hour: 24 } }, "at most 23", "write 23"],
  [{ maintenance: { hour: "04:00" } }, "a number", "write 4"],
  [{ maintenance: { freeze: { from: "12-20", to: "12-25" } } }, "a list", "write [ { from: 12-20, to: 12-25 } ]"],
  [
    { maintenance: { freeze: ["christmas"] } },
    "a map of from, to",
    "correct maintenance.freeze.0; docs/reference/configuration.md says what it means",
  ],
  [{ highAvailability: "on" }, "true or false", "write true"],
  [{ highAvailability: "No" }, "true or false", "write false"],
  [{ size: null }, "a map; {} takes every default", "write {}"],
  [{ size: { cpus: "2" } }, "a number", "write 2, without quotes"],
  [{ size: { memoryGiB: "8 GiB" } }, "a number", "write 8"],
  [{ size: { cpus: NaN } }, "a number", "correct size.cpus; docs/reference/configuration.md says what it means"],
  [{ size: { cpus: 0 } }, "more than 0", "correct size.cpus; docs/reference/configuration.md says what it means"],
  [{ storage: { diskGiB: 20.5 } }, "a whole number", "write 21"],
  [{ storage: { diskGiB: "1_000" } }, "a number", "write 1000"],
  [
    { storage: { diskGiB: 1e20 } },
    "a smaller number",
    "correct storage.diskGiB; docs/reference/configuration.md says what it means",
  ],
  [{ backup: { schedule: "2:00" } }, "a time of day as HH:MM, UTC", 'write "02:00"'],
  [
    { backup: { secondCopy: {} } },
    "a region such as europe-west4 or nyc3, or a multi-region such as eu",
    "add backup.secondCopy.location; docs/reference/configuration.md says what it means",
  ],
  [{ region: "Europe-West1" }, "a region such as europe-west1 or nyc3; `pgt limits` lists them", "write europe-west1"],
  [
    { region: "europe-west1-b" },
    "a region such as europe-west1 or nyc3; `pgt limits` lists them",
    "write europe-west1",
  ],
  [{ replicas: ["reports"] }, "a map; {} takes every default", "write { reports: {} }"],
  [
    { replicas: { Rèports_2: {} } },
    "a name of lower-case letters, digits and single hyphens, a letter first",
    "name it reports-2",
  ],
  [
    { replicas: { "1": {} } },
    "a name of lower-case letters, digits and single hyphens, a letter first",
    "choose another name",
  ],
  [{ service: { image: "a", healthPath: "healthz" } }, "a path, such as /healthz", "write /healthz"],
  [
    { service: { image: "a b" } },
    "an image's name, such as registry/name@sha256:…",
    "correct service.image; docs/reference/configuration.md says what it means",
  ],
  [{ service: { image: "a", environment: { FOO: 5 } } }, "text", 'write "5"'],
  [{ service: { image: "a", environment: { FOO: true } } }, "text", 'write "true"'],
  [{ service: { image: "a", environment: { foo: "x" } } }, "a variable's name in capitals", "name it FOO"],
  [{ expected: { schemas: "app" } }, "a list", "write [ app ]"],
  [
    { parameters: { work_mem: [1] } },
    "text, or a number, or true or false",
    "correct parameters.work_mem; docs/reference/configuration.md says what it means",
  ],
  [
    { backup: { retention: 5 } },
    "one of enabled, schedule, retentionDays, pointInTimeDays, location, archiveTimeoutSeconds, repository, secondCopy",
    "did you mean retentionDays?",
  ],
];

describe("shapeIssues", () => {
  for (const [wish, want, fix] of CASES) {
    it(`says what ${JSON.stringify(wish)} should be`, () => {
      const issues = issuesOf({ target: "gcp", ...wish });
      assert.deepEqual(
        issues.map((issue) => ({ want: issue.want, fix: issue.fix })),
        [{ want, fix }],
      );
    });
  }

  it("never shows zod's own words, whatever stands in a field", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(topologySpec.shape)), fc.anything({ maxDepth: 3 }), (key, value) => {
        for (const { want, fix } of issuesOf({ target: "gcp", [key]: value })) {
          assert.doesNotMatch(want, /Invalid|expected|Too |Unrecognized|received/);
          assert.notEqual(fix, "");
        }
      }),
    );
  });

  it("proposes nothing that would be refused in turn", () => {
    const fields = ["version", "environment", "edition", "region", "database", "highAvailability"] as const;
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.jsonValue(), (key, value) => {
        const [issue] = issuesOf({ target: "gcp", [key]: value });
        const proposed = /^write ("?)(.*?)\1(, without quotes)?$/.exec(issue?.fix ?? "");
        if (proposed?.[2] === undefined) return;
        const texts = [proposed[2], Number(proposed[2]), proposed[2] === "true"];
        assert.ok(texts.some((text) => issuesOf({ target: "gcp", [key]: text }).length === 0));
      }),
    );
  });
});
