// What the cloud would say to a name is not proven: the tables of limits stand for it. A project's name is not known
// here: the longest stands for it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NAME_RULES } from "../../../../topology/validate/gcp-names.ts";
import { APP, type GcpCase, gcpIssues, type GcpWish, testRules } from "../../../support/gcp-cases.ts";

const labels = (count: number): GcpWish => ({
  observability: { labels: Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, ""])) },
});

/** Certificates of this kind have no names, and so there are no zones. */
const NAMELESS: GcpWish = { access: { certificateAuthority: "per-instance" } };

/** A network whose range is somebody else's to name. */
const ELSEWHERE = { existing: "projects/shop/global/networks/main" };

const CASES: Record<keyof typeof NAME_RULES, readonly GcpCase[]> = {
  stackIsAName: [
    {
      title: "a stack whose name the cloud does not take",
      good: {},
      bad: {},
      stack: "Prod_EU",
      text: `stack
    got: Prod_EU
    want: lower-case letters, digits and hyphens, a letter first and no hyphen last
    because: everything in the cloud is named after it
    fix: choose another name for the stack, such as prod`,
    },
  ],
  serviceFits: [
    {
      title: "a stack whose name is too long for the service",
      good: { service: APP },
      bad: { service: APP },
      stack: "s".repeat(37),
      text: `stack
    got: a name of 37 characters
    want: at most 36 characters
    because: its service is named ${"s".repeat(37)}-service-…, in at most 49
    fix: choose a shorter name`,
    },
  ],
  secondCopyFits: [
    {
      title: "a stack whose name is too long for the bucket of the second copy",
      good: { ...NAMELESS, backup: { secondCopy: { location: "eu" } } },
      bad: { access: { ...NAMELESS.access, network: ELSEWHERE }, backup: { secondCopy: { location: "eu" } } },
      stack: "s".repeat(51),
      text: `stack
    got: a name of 51 characters
    want: at most 50 characters
    because: its bucket of exports is named ${"s".repeat(51)}-exports-…, in at most 63
    fix: choose a shorter name`,
    },
  ],
  servicesRangeFits: [
    {
      title: "a stack whose name is too long for the range of its own network",
      good: { access: { network: ELSEWHERE } },
      bad: {},
      stack: "s".repeat(44),
      text: `stack
    got: a name of 44 characters
    want: at most 43 characters
    because: its range of the servers' addresses is named ${"s".repeat(44)}-services-range-…, in at most 63
    fix: choose a shorter name`,
    },
  ],
  serversFit: [
    {
      title: "a replica's name that is too long for the zone of its name",
      good: { replicas: { ["a".repeat(40)]: {} } },
      bad: { replicas: { ["a".repeat(41)]: {} } },
      text: `replicas.${"a".repeat(41)}
    got: a name of 41 characters
    want: at most 40 characters
    because: its DNS zone is named prod-zone-replica-${"a".repeat(41)}-…, in at most 63
    fix: choose a shorter name`,
    },
    {
      title: "a replica's name that is too long where servers have no names",
      good: { ...NAMELESS, replicas: { ["a".repeat(49)]: {} } },
      bad: { ...NAMELESS, replicas: { ["a".repeat(50)]: {} } },
      text: `replicas.${"a".repeat(50)}
    got: a name of 50 characters
    want: at most 49 characters
    because: its instance is named prod-replica-${"a".repeat(50)}-…, in at most 67
    fix: choose a shorter name`,
    },
    {
      title: "a stack's name that is too long for the primary",
      good: { access: { network: ELSEWHERE } },
      bad: { access: { network: ELSEWHERE } },
      stack: "s".repeat(46),
      text: `stack
    got: a name of 46 characters
    want: at most 45 characters
    because: its DNS zone is named ${"s".repeat(46)}-zone-primary-…, in at most 63
    fix: choose a shorter name`,
    },
  ],
  databaseHasItsOwnName: [
    {
      title: "a database that is PostgreSQL's",
      good: { database: "shop" },
      bad: { database: "template1" },
      text: `database
    got: template1
    want: a name of the application's own
    because: that name is taken by PostgreSQL, PgBouncer or a role of the topology
    fix: choose another name, such as app`,
    },
    {
      title: "a database whose role PostgreSQL would refuse",
      good: { database: "pgshop" },
      bad: { database: "pg_shop" },
      text: `database
    got: pg_shop
    want: a name of the application's own
    because: PostgreSQL keeps roles that begin with pg_
    fix: choose another name, such as app`,
    },
    {
      title: "a database that is the service's",
      good: { database: "cloud_sql" },
      bad: { database: "cloudsqladmin" },
      text: `database
    got: cloudsqladmin
    want: a name of the application's own
    because: Cloud SQL keeps names that begin with cloudsql
    fix: choose another name, such as app`,
    },
  ],
  labelsFit: [
    {
      title: "more labels than a resource has",
      good: labels(60),
      bad: labels(61),
      text: `observability.labels
    got: 61 labels
    want: at most 60
    because: a resource has 64, and the stack and the provider add theirs
    fix: remove the ones that nobody asks for`,
    },
  ],
  labelsAreTheUsers: [
    {
      title: "a label that the cloud keeps",
      good: { observability: { labels: { owner: "shop" } } },
      bad: { observability: { labels: { "goog-owner": "shop" } } },
      text: `observability.labels.goog-owner
    got: goog-owner
    want: a name of your own
    because: the cloud keeps labels that begin with goog
    fix: choose another name`,
    },
    {
      title: "a label that the stack sets",
      good: { observability: { labels: { stack: "shop" } } },
      bad: { observability: { labels: { "pgtopology-stack": "shop" } } },
      text: `observability.labels.pgtopology-stack
    got: pgtopology-stack
    want: a name of your own
    because: the stack sets it itself
    fix: choose another name`,
    },
  ],
};

describe("the names on Cloud SQL", () => {
  it("may be as long as what is made of them has room for, be the service's account shorter or not", () => {
    assert.deepEqual(gcpIssues({ service: APP }, "s".repeat(36)), []);
    assert.deepEqual(gcpIssues({}, "s".repeat(43)), []);
    assert.deepEqual(gcpIssues({ access: { network: ELSEWHERE } }, "s".repeat(45)), []);
    const copied = { access: { ...NAMELESS.access, network: ELSEWHERE }, backup: { secondCopy: { location: "eu" } } };
    assert.deepEqual(gcpIssues(copied, "s".repeat(50)), []);
  });

  testRules(NAME_RULES, CASES);
});
