// That a recovery takes as long as it is reckoned is not proven here: drills measure it, and their rate is an input.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { issueText } from "../../../../topology/issue.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { OBJECTIVE_RULES } from "../../../../topology/validate/objectives.ts";
import { gcpRecoveries } from "../../../../topology/validate/recoveries.ts";
import { validateTopology } from "../../../../topology/validate.ts";
import { type GcpCase, type GcpWish, testRules } from "../../../support/gcp-cases.ts";

const HA: GcpWish = { highAvailability: true };
const REGIONAL: GcpWish = {
  ...HA,
  edition: "enterprise-plus",
  replicas: { far: { purpose: "disaster-recovery", region: "europe-west4" } },
};
/** 180 s and 600 s before it, 20 GiB × 1024 / 50 MiB/s = 409.6 s. */
const TWENTY = { diskGiB: 20, maxDiskGiB: 20 };

const CASES: Record<keyof typeof OBJECTIVE_RULES, readonly GcpCase[]> = {
  recoveryTimeIsReached: [
    {
      title: "a single node that is to be back within a minute",
      good: { ...HA, objectives: { rtoSeconds: 60 } },
      bad: { objectives: { rtoSeconds: 60 } },
      text: `objectives.rtoSeconds
    got: 60
    want: at least 2419
    because: after the loss of a zone, a restore into a new instance: 180 s to decide + 600 s for a new instance + 1639 s to restore 80 GiB × 1024 / 50 MiB/s = 2419 s
    fix: set highAvailability: true, or raise it to 2419`,
    },
    {
      title: "a single node that no standby could make fast enough",
      good: { objectives: { rtoSeconds: 2419 } },
      bad: { objectives: { rtoSeconds: 59 } },
      text: `objectives.rtoSeconds
    got: 59
    want: at least 2419
    because: after the loss of a zone, a restore into a new instance: 180 s to decide + 600 s for a new instance + 1639 s to restore 80 GiB × 1024 / 50 MiB/s = 2419 s
    fix: raise it to 2419`,
    },
    {
      title: "a failover that is to be faster than any",
      good: { ...HA, objectives: { rtoSeconds: 60 } },
      bad: { ...HA, objectives: { rtoSeconds: 59 } },
      text: `objectives.rtoSeconds
    got: 59
    want: at least 60
    because: after the loss of a zone, the standby takes over: 60 s to fail over
    fix: raise it to 60`,
    },
    {
      title: "another region that is to take over without anyone",
      good: { ...REGIONAL, objectives: { rtoSeconds: 300 } },
      bad: { ...REGIONAL, objectives: { rtoSeconds: 299 } },
      text: `objectives.rtoSeconds
    got: 299
    want: at least 300
    because: after the loss of the region, replica far becomes the primary: 180 s to decide + 120 s to promote = 300 s
    fix: raise it to 300`,
    },
    {
      title: "any time where nothing comes back",
      good: { environment: "local", objectives: { rtoSeconds: 7200 } },
      bad: { environment: "local", backup: { enabled: false }, objectives: { rtoSeconds: 7200 } },
      text: `objectives.rtoSeconds
    got: 7200
    want: not to be stated without backups
    because: a primary that is lost does not come back
    fix: remove backup.enabled: false, or the objective`,
    },
  ],
  restoreIsFastEnough: [
    {
      title: "a size whose restore takes too long",
      good: { storage: TWENTY, objectives: { rtoSeconds: 1190 } },
      bad: { storage: TWENTY, objectives: { rtoSeconds: 1189 } },
      text: `storage.maxDiskGiB
    got: 20
    want: at most 19 with objectives.rtoSeconds: 1189
    because: after the loss of a zone, a restore into a new instance: 180 s to decide + 600 s for a new instance + 410 s to restore 20 GiB × 1024 / 50 MiB/s = 1190 s
    fix: set highAvailability: true, or lower it, raise objectives.rtoSeconds to 1190, or state a faster restore that was measured as objectives.restoreMiBPerSecond`,
    },
    {
      title: "a restore that was measured to be too slow",
      good: { storage: TWENTY, objectives: { rtoSeconds: 1000, restoreMiBPerSecond: 100 } },
      bad: { storage: TWENTY, objectives: { rtoSeconds: 1000, restoreMiBPerSecond: 90 } },
      text: `storage.maxDiskGiB
    got: 20
    want: at most 19 with objectives.rtoSeconds: 1000
    because: after the loss of a zone, a restore into a new instance: 180 s to decide + 600 s for a new instance + 228 s to restore 20 GiB × 1024 / 90 MiB/s = 1008 s
    fix: set highAvailability: true, or lower it, raise objectives.rtoSeconds to 1008, or state a faster restore that was measured as objectives.restoreMiBPerSecond`,
    },
  ],
  recoveryPointIsReached: [
    {
      title: "a single node that is to lose nothing",
      good: { ...HA, objectives: { rpoSeconds: 0 } },
      bad: { objectives: { rpoSeconds: 0 } },
      text: `objectives.rpoSeconds
    got: 0
    want: at least 300
    because: after the loss of a zone, a restore into a new instance: transaction logs are archived every 300 s or sooner
    fix: set highAvailability: true, or raise it to 300`,
    },
    {
      title: "an asynchronous replica in another region that is to lose nothing",
      good: { ...REGIONAL, objectives: { rpoSeconds: 1 } },
      bad: { ...REGIONAL, objectives: { rpoSeconds: 0 } },
      text: `objectives.rpoSeconds
    got: 0
    want: at least 1
    because: after the loss of the region, replica far becomes the primary: replica far in europe-west4 follows asynchronously
    fix: do without the disaster-recovery replica, or raise it to 1`,
    },
  ],
};

describe("the objectives on Cloud SQL", () => {
  testRules(OBJECTIVE_RULES, CASES);

  it("are not judged by a second copy, which is for the day when nothing else is left", () => {
    const spec: SpecOf<"gcp"> = {
      target: "gcp",
      region: "europe-west1",
      ...HA,
      backup: { secondCopy: { location: "eu" } },
    };
    assert.deepEqual(
      gcpRecoveries(resolveTopology(spec, "prod")).map((recovery) => recovery?.loss),
      ["a zone"],
    );
  });
});

describe("the objectives on Docker", () => {
  const issues = (wish: Omit<SpecOf<"docker">, "target">): string[] => {
    const spec: SpecOf<"docker"> = { target: "docker", ...wish };
    return validateTopology(spec, resolveTopology(spec, "local")).map(issueText);
  };

  it("name a time within which nobody restores anything", () => {
    assert.deepEqual(issues({ objectives: { rtoSeconds: 180 } }), []);
    assert.deepEqual(issues({ replicas: { a: {} }, objectives: { rtoSeconds: 179 } }), [
      `objectives.rtoSeconds
    got: 179
    want: at least 180
    because: after the loss of the primary's data, a restore from the repository: 180 s to decide
    fix: raise it to 180`,
    ]);
  });

  it("name a loss that the archive does not prevent", () => {
    assert.deepEqual(issues({ objectives: { rpoSeconds: 30 }, backup: { archiveTimeoutSeconds: 30 } }), []);
    assert.deepEqual(issues({ objectives: { rpoSeconds: 30 } }), [
      `objectives.rpoSeconds
    got: 30
    want: at least 60
    because: after the loss of the primary's data, a restore from the repository: WAL is archived every 60 s or sooner
    fix: lower backup.archiveTimeoutSeconds, or raise it to 60`,
    ]);
  });

  it("can't be stated without backups", () => {
    assert.deepEqual(issues({ objectives: { rpoSeconds: 9999 }, backup: { enabled: false } }), [
      `objectives.rpoSeconds
    got: 9999
    want: not to be stated without backups
    because: a primary that is lost does not come back
    fix: remove backup.enabled: false, or the objective`,
    ]);
  });
});
