// Which bugs bite in which stack, by the repository's own stacks, and what a change of versions means. That a workaround
// works is for the tests that each bug names.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { judgeConfiguration } from "../../../config/judge-configuration.ts";
import type { PackageName, ProviderBug } from "../../../provider-bugs/bug.ts";
import { type BugChanges, bugsBetween } from "../../../provider-bugs/bugs-between.ts";
import { BUGS } from "../../../provider-bugs/catalogue.ts";
import { doesNotApply } from "../../../provider-bugs/detect.ts";
import { type InstalledVersions, installedIn } from "../../../provider-bugs/installed.ts";
import { isUnguarded, knownBugs } from "../../../provider-bugs/known-bugs.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { ResolvedTopology } from "../../../topology/resolved.ts";
import { PROD } from "../components/gcp/example-topologies.ts";

const ROOT = join(import.meta.dirname, "../../..");
const LOCK = installedIn(readFileSync(join(ROOT, "package-lock.json"), "utf8"), "package-lock.json");

/** What the stack's file in the repository means. */
function stack(name: string): ResolvedTopology {
  const { config } = parse(readFileSync(join(ROOT, `Pulumi.${name}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  return judgeConfiguration(config, name, `Pulumi.${name}.yaml`).topology;
}

function biting(topology: ResolvedTopology, installed: InstalledVersions = LOCK): string[] {
  return knownBugs(installed, topology)
    .filter(({ applicability }) => applicability?.status === "applies")
    .map(({ bug, verdict }) => (verdict === "unknown" ? `${bug.id} perhaps` : bug.id));
}

const EVERY_CLOUD_SQL = [
  "gcp-network-removal-replaces",
  "gcp-identity-replaces",
  "gcp-wrong-promotion-replaces",
  "gcp-require-ssl-gone",
  "gcp-peering-not-waited-for",
  "gcp-peering-removal-refused",
  "gcp-deletion-protection-here-only",
  "gcp-owning-user-not-removed",
  "gcp-failed-creation-forgotten",
];
const EVERY_STACK = ["pulumi-state-is-believed", "pulumi-policies-see-no-old-state"];
const EVERY_SPLIT = [
  "do-firewall-emptied",
  "do-two-firewalls-fight",
  "do-pool-made-anew",
  "do-pool-does-not-wait",
  "do-zero-not-sent",
  "do-parameter-kept-on-removal",
  "do-cluster-made-anew",
  "do-region-leaves-others-behind",
  "do-upgrade-not-waited-for",
  "do-maintenance-hour-differs-for-ever perhaps",
  "do-maintenance-removal-panics",
  "do-autoscale-stays-on",
  "do-failed-creation-forgotten",
  "do-administrator-password-in-state",
  "pgbouncer-no-prepared-statements perhaps",
  "pulumi-protect-in-place",
  ...EVERY_STACK,
];

const BITING: Readonly<Record<string, readonly string[]>> = {
  local: [
    "docker-image-by-tag-replaces",
    "docker-network-mode-differs-for-ever",
    "docker-fixed-name-taken",
    "postgresql-standby-limits",
    "postgresql-slots-fill-disk",
    "pgbouncer-no-prepared-statements perhaps",
    ...EVERY_STACK,
  ],
  staging: ["gcp-grown-disk-refused perhaps", ...EVERY_CLOUD_SQL, ...EVERY_STACK],
  prod: [
    "gcp-designation-not-updated",
    "gcp-grown-disk-refused perhaps",
    "gcp-old-zone-sent",
    ...EVERY_CLOUD_SQL,
    "pulumi-protect-in-place",
    ...EVERY_STACK,
  ],
  split: EVERY_SPLIT,
  "split-staging": EVERY_SPLIT,
};

describe("known bugs of what is installed", () => {
  for (const [name, ids] of Object.entries(BITING)) {
    it(`bite in the repository's ${name} where they are, and something is done about each`, () => {
      assert.deepEqual(biting(stack(name)), ids);
      assert.deepEqual(
        knownBugs(LOCK, stack(name)).filter((known) => isUnguarded(known)),
        [],
      );
    });
  }

  it("bite where a part is asked for, and do not where it is left out", () => {
    const extra = (with_: ResolvedTopology, without: ResolvedTopology): string[] => {
      const rest = new Set(biting(without));
      return biting(with_).filter((id) => !rest.has(id));
    };
    const docker = (replicas: Record<string, object>, enabled: boolean) =>
      resolveTopology({ target: "docker", replicas, pooling: { enabled } }, "local");
    assert.deepEqual(extra(docker({ a: {} }, true), docker({}, true)), [
      "postgresql-standby-limits",
      "postgresql-slots-fill-disk",
    ]);
    assert.deepEqual(extra(docker({}, true), docker({}, false)), ["pgbouncer-no-prepared-statements perhaps"]);
    const cloud = resolveTopology(PROD, "prod");
    const plain = resolveTopology({ ...PROD, maintenance: {}, replicas: {} }, "prod");
    assert.deepEqual(extra(cloud, plain), [
      "gcp-designation-not-updated",
      "gcp-one-deny-period",
      "gcp-wrong-promotion-replaces",
    ]);
    const existing = { access: { network: { existing: "projects/h/global/networks/n" } } };
    assert.deepEqual(extra(cloud, resolveTopology({ ...PROD, ...existing }, "prod")), [
      "gcp-peering-not-waited-for",
      "gcp-peering-removal-refused",
    ]);
  });

  it("are the user's to care for where nothing is done here", () => {
    const old: InstalledVersions = new Map([...LOCK, ["@pulumi/gcp", ["9.36.0"]]]);
    const unguarded = (topology?: ResolvedTopology): string[] =>
      knownBugs(old, topology).flatMap((known) => (isUnguarded(known) ? [known.bug.id] : []));
    assert.deepEqual(unguarded(stack("prod")), ["gcp-settings-not-updated"]);
    assert.deepEqual(unguarded(stack("local")), []);
    // Which stack it is for, nobody said.
    assert.deepEqual(unguarded(), ["gcp-settings-not-updated"]);
  });

  it("are none of a package of npm that is not there, and may be of what no lock file tells", () => {
    const names = knownBugs(new Map()).map(({ bug, verdict }) => [bug.package, verdict]);
    assert.deepEqual(new Set(names.map(([name]) => name)), new Set(["pulumi-cli", "postgresql", "pgbouncer"]));
    for (const [, verdict] of names) assert.equal(verdict, "unknown");
  });

  it("include a provider's that speaks SQL once that is installed", () => {
    const installed: InstalledVersions = new Map([...LOCK, ["@pulumi/postgresql", ["3.16.0"]]]);
    const added = biting(stack("prod"), installed).filter((id) => !biting(stack("prod")).includes(id));
    assert.deepEqual(added, ["pulumi-postgresql-wants-the-server perhaps"]);
    assert.ok(!biting(stack("local"), installed).includes("pulumi-postgresql-wants-the-server perhaps"));
  });
});

describe("bugsBetween", () => {
  const gcp = (...versions: string[]): InstalledVersions => new Map<PackageName, string[]>([["@pulumi/gcp", versions]]);
  const bug = (id: string, affected: ProviderBug["affected"]): ProviderBug => ({
    id,
    traps: [1],
    package: "@pulumi/gcp",
    affected,
    summary: `${id} does nothing`,
    consequence: "nothing is done",
    detect: () => doesNotApply("it is a test"),
    workaround: { inPlace: false, what: "wait" },
    noticedBy: { none: "it is a test" },
    source: "https://example.com/1",
  });
  const FIXED = bug("fixed", { range: ">=2.0.0 <3.0.0", fixedIn: "3.0.0" });
  const UNFIXED = bug("unfixed", { seenIn: "2.0.0", unfixedAsOf: "2026-11-22" });
  const ids = ({ brings, takes, stays }: BugChanges): Record<keyof BugChanges, string[]> => {
    const named = (list: BugChanges["brings"]): string[] => list.map((change) => change.bug.id);
    return { brings: named(brings), takes: named(takes), stays: named(stays) };
  };
  const between = (before: InstalledVersions, after: InstalledVersions) =>
    ids(bugsBetween(before, after, undefined, [FIXED, UNFIXED]));

  it("is brought by a version that has it, and taken by the one that fixes it", () => {
    assert.deepEqual(between(gcp("1.0.0"), gcp("2.0.0")), { brings: ["fixed", "unfixed"], takes: [], stays: [] });
    assert.deepEqual(between(gcp("2.0.0"), gcp("3.0.0")), { brings: [], takes: ["fixed"], stays: ["unfixed"] });
  });

  it("comes and goes with its package", () => {
    assert.deepEqual(between(gcp(), gcp("2.0.0")), { brings: ["fixed", "unfixed"], takes: [], stays: [] });
    assert.deepEqual(between(gcp("2.0.0"), gcp()), { brings: [], takes: ["fixed", "unfixed"], stays: [] });
  });

  it("comes with a second version beside the good one", () => {
    assert.deepEqual(between(gcp("3.0.0"), gcp("2.0.0", "3.0.0")).brings, ["fixed", "unfixed"]);
  });

  it("is neither where nothing changes, and may be with a version that nobody looked at", () => {
    assert.deepEqual(between(gcp("3.0.0"), gcp("3.0.0")), { brings: [], takes: [], stays: ["unfixed"] });
    assert.deepEqual(between(gcp(), gcp("4.0.0")), { brings: ["unfixed"], takes: [], stays: [] });
  });

  it("says each in one line, with what to do and whether it bites", () => {
    const [fixed, unfixed] = bugsBetween(gcp(), gcp("2.0.0"), stack("prod"), [FIXED, UNFIXED]).brings;
    assert.equal(
      fixed?.text,
      "fixed (@pulumi/gcp none → 2.0.0): fixed does nothing. Here it does not apply: it is a test. To do: wait.",
    );
    assert.equal(unfixed?.after, "affected");
    const [gone] = bugsBetween(gcp("2.0.0"), gcp("3.0.0"), undefined, [FIXED]).takes;
    assert.equal(gone?.text, "fixed (@pulumi/gcp 2.0.0 → 3.0.0): gone: fixed does nothing");
    const [perhaps] = bugsBetween(gcp("2.0.0"), gcp("4.0.0"), undefined, [UNFIXED]).stays;
    assert.equal(perhaps?.text, "unfixed (@pulumi/gcp 2.0.0 → 4.0.0): may have it: unfixed does nothing. To do: wait.");
  });

  it("tells of the ledger what an older plugin of Google Cloud would bring", () => {
    const { brings, takes } = ids(bugsBetween(LOCK, new Map([...LOCK, ["@pulumi/gcp", ["9.36.0"]]]), stack("prod")));
    assert.deepEqual({ brings, takes }, { brings: ["gcp-settings-not-updated"], takes: [] });
    const older = ids(bugsBetween(LOCK, new Map([...LOCK, ["@pulumi/gcp", ["9.26.0"]]])));
    assert.deepEqual(older.brings, ["gcp-pooling-off-differs-for-ever", "gcp-disk-type-replaces"]);
    assert.equal(
      BUGS.filter((each) => each.package === "@pulumi/gcp").every(
        ({ id }) =>
          older.stays.includes(id) ||
          older.brings.includes(id) ||
          id === "gcp-settings-not-updated" ||
          id === "gcp-stale-data-412",
      ),
      true,
    );
  });
});
