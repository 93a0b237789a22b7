// The last screen of an up on Cloud SQL.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type CloudOutcome, formatCloudSummary } from "../../../cli/cloud-summary.ts";
import type { DeployedCloud } from "../../../cli/stack/deploy-cloud.ts";
import { placeOf } from "../../../cli/stack/place.ts";
import type { PlannedChange } from "../../../cli/stack/plan.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { CLOUD_ROLE_KEYS } from "../../../topology/secrets.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import type { VerifyReport } from "../../../verify/report.ts";
import { listen } from "../../support/listening-context.ts";

const SPEC: SpecOf<"gcp"> = {
  target: "gcp",
  environment: "prod",
  edition: "enterprise-plus",
  region: "europe-west1",
  size: { cpus: 4, memoryGiB: 32 },
  replicas: { reports: {}, west: { purpose: "disaster-recovery", region: "europe-west4" } },
};

function deployed(changes: Partial<DeployedCloud> = {}): DeployedCloud {
  return {
    place: placeOf(listen().context, { stack: "prod" }),
    world: {
      topology: resolveTopology(SPEC, "prod"),
      project: "example-prod",
      suffix: "k3x9",
      passwords: Object.fromEntries(CLOUD_ROLE_KEYS.map((role) => [role, `marker of ${role}`])) as never,
    },
    plan: planOf([]),
    designated: undefined,
    notes: [],
    ...changes,
  };
}

const change: PlannedChange = { operation: "create", name: "primary", type: "gcp:sql/user:User", properties: [] };

function planOf(changes: readonly PlannedChange[]): DeployedCloud["plan"] {
  return { changes, findings: [], before: undefined, labelled: { changes: [], leftAlone: [] } };
}

/** Of an up that neither looked at roles nor verified. */
const NOTHING_DONE: CloudOutcome = { roleSteps: undefined, report: undefined, vantage: undefined };

const REPORT = {
  counts: { pass: 40, fail: 1, unknown: 1, "not-applicable": 2 },
  durationMs: 1234,
  judged: [
    { id: "backup/enabled", status: "pass", message: "" },
    { id: "encryption/required", status: "fail", message: "it is not" },
    { id: "access/opening", status: "unknown", message: "from here nobody can tell" },
  ],
} as unknown as VerifyReport;

describe("the last screen of an up on Cloud SQL", () => {
  it("says what runs where, and what to do next, of a run that changed nothing", () => {
    assert.equal(
      formatCloudSummary(deployed(), NOTHING_DONE),
      `No resource changed.

PostgreSQL 17 on Cloud SQL enterprise-plus, database app:
  primary                  europe-west1             db-perf-optimized-N-4
  replica-reports          europe-west1             db-perf-optimized-N-4
  replica-west             europe-west4             db-perf-optimized-N-4

Roles and grants were not looked at: before they are applied, a fresh service can read no table.
Not verified: "./pgt verify --stack prod --vantage inside" proves it by SQL.

Next:
  ./pgt roles --stack prod --vantage inside --apply   from a machine inside the VPC
  ./pgt verify --stack prod --vantage inside   from a machine inside the VPC`,
    );
  });

  it("says what changed, what was designated, and what a user should know of the machine", () => {
    const plan = planOf([change, change, change]);
    const parts = deployed({ plan, designated: "west", notes: ["an old plugin"] });
    const text = formatCloudSummary(parts, { ...NOTHING_DONE, roleSteps: 3 });
    assert.deepEqual(text.split("\n").slice(0, 4), [
      "3 resources changed.",
      "Replica west is designated to take over after a disaster.",
      "Note: an old plugin",
      "",
    ]);
  });

  it("counts what is made, and neither providers nor what only holds others", () => {
    const provider = { ...change, type: "pulumi:providers:gcp" };
    const component = { ...change, type: "pgtopology:gcp:Topology" };
    const first = (...changes: PlannedChange[]) =>
      formatCloudSummary(deployed({ plan: planOf(changes) }), NOTHING_DONE).split("\n")[0];
    assert.equal(first(provider, component, change), "1 resource changed.");
    assert.equal(first(provider, component), "No resource changed.");
  });

  it("says what was verified, and names what failed and what could not be told", () => {
    assert.match(
      formatCloudSummary(deployed(), { roleSteps: 0, report: REPORT, vantage: "inside" }),
      /\n\nRoles and grants are as planned\.\nVerified: 40 pass, 1 fail, 1 unknown, in 1\.2 s\n {2}fail: encryption\/required: it is not\n {2}unknown: access\/opening: from here nobody can tell\n\nNext:/,
    );
  });

  it("does not speak of SQL where nothing was asked by it", () => {
    const text = formatCloudSummary(deployed(), { ...NOTHING_DONE, report: REPORT });
    assert.match(text, /^Verified by the Admin API, without SQL: 40 pass, 1 fail, 1 unknown, in 1\.2 s$/m);
  });

  it("says what was done to roles, and asks for nothing more of them", () => {
    const text = formatCloudSummary(deployed(), { ...NOTHING_DONE, roleSteps: 3 });
    assert.match(text, /^Roles and grants: 3 changed\.$/m);
    assert.doesNotMatch(text, /--apply/);
  });

  it("shows no password", () => {
    assert.doesNotMatch(formatCloudSummary(deployed(), { roleSteps: 0, report: REPORT, vantage: "inside" }), /marker/);
  });
});
