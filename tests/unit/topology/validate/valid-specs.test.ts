// That the cloud takes what is valid here is not proven; nor that every mistake has a rule: only these have.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { issueText } from "../../../../topology/issue.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { GCP_RULES } from "../../../../topology/validate/gcp.ts";
import { APP } from "../../../support/gcp-cases.ts";
import { type Around, issuesOf, mutated } from "../../../support/spec-mutations.ts";
import { validDockerSpec } from "../../../support/valid-docker-specs.ts";
import { shortStackName, validGcpSpec } from "../../../support/valid-specs.ts";

type Spec = SpecOf<"gcp">;

function tierOf(edition: Spec["edition"], cpus: number): string {
  return edition === "enterprise" ? `db-custom-${cpus}-${cpus * 4096}` : `db-perf-optimized-N-${cpus}`;
}

/** One field to a value just past its limit, by the field's path. */
const MUTATIONS: Readonly<Record<string, (spec: Spec) => unknown>> = {
  "region: nothing": () => undefined,
  "region: misspelt": ({ region }) => `${region ?? ""}9`,
  "version: of yesterday": () => 14,
  "edition: of another product": () => "enterprise-max",
  "database: PostgreSQL's own": () => "template0",
  "size.cpus: odd": (spec) => (spec.size?.cpus ?? 2) + 1,
  "size.tier: of the other edition": ({ edition }) =>
    tierOf(edition === "enterprise" ? "enterprise-plus" : "enterprise", 8),
  "size.tier: none": () => "db-custom-98-65536",
  "storage.diskGiB: too small": () => 9,
  "storage.maxDiskGiB: too large": () => 65_537,
  "storage.maxDiskGiB: below the beginning": (spec) => (spec.storage?.diskGiB ?? 20) - 1,
  "storage.maxSlotWalKeepMiB: Docker's": () => 1024,
  "ports: Docker's": () => ({ primary: 5432 }),
  "replicas.primary: the primary's name": () => ({}),
  [`replicas.${"r".repeat(60)}: too long`]: () => ({}),
  "replicas.near.region: elsewhere": ({ region }) => (region === "us-east1" ? "us-east4" : "us-east1"),
  "replicas.far.region: not named": () => undefined,
  "replicas.small.size: smaller than the primary": ({ edition }) => ({ tier: tierOf(edition, 4) }),
  "pooling.kind: Docker's": () => "container",
  "pooling.image: by tag": () => "registry.example/pgbouncer:1.24",
  "backup.pointInTimeDays: past the window": ({ edition }) => (edition === "enterprise" ? 8 : 36),
  "backup.retentionDays: past the most": () => 366,
  "backup.retentionDays: none": () => 0,
  "backup.location: nowhere": () => "atlantis",
  "backup.schedule: no time": () => "24:00",
  "backup.secondCopy.location: the primary's": ({ region }) => region,
  "backup.secondCopy.softDeleteDays: too short": () => 6,
  "backup.secondCopy.encryptionKey: in another place": () =>
    "projects/shop/locations/global/keyRings/main/cryptoKeys/backup",
  "access.certificateAuthorityPool: without its authority": ({ region }) =>
    `projects/shop/locations/${region ?? ""}/caPools/main`,
  "access.network.subnet: in another region": ({ region }) =>
    `projects/shop/regions/${region === "us-east1" ? "us-east4" : "us-east1"}/subnetworks/run`,
  "access.network.subnetCidr: with bits of a host": () => "10.1.0.1/24",
  "access.network.subnetCidr: Docker's bridge": () => "172.17.0.0/24",
  "access.network.subnetCidr: public": () => "8.8.8.0/24",
  "access.network.servicesPrefixLength: too long": () => 25,
  "service.minInstances: more than the most": (spec) => (spec.service?.maxInstances ?? 5) + 1,
  "service.maxInstances: more than Cloud Run's": () => 1001,
  "service.cpus: three": () => 3,
  "service.concurrency: more than Cloud Run's": () => 1001,
  "service.memoryMiB: more than the processors'": (spec) => 4096 * (spec.service?.cpus ?? 1) + 1,
  "service.environment.PORT: Cloud Run's": () => "8080",
  "service.environment.POSTGRES_HOST: the topology's": () => "localhost",
  "maintenance.hour: none": () => 24,
  "maintenance.freeze: two": () => [
    { from: "2027-01-01", to: "2027-01-31" },
    { from: "2027-03-01", to: "2027-03-31" },
  ],
  "maintenance.freeze.0.from: of every year": () => "01-01",
  "maintenance.freeze.0.to: after 91 days": () => "2027-04-01",
  "protection.finalBackupDays: past the most": () => 366,
  "observability.labels.goog-x: the cloud's": () => "x",
  "parameters.wal_level: the cloud's": () => "logical",
  "parameters.max_connections: too few": () => 13,
  "parameters.max_conections: misspelt": () => 100,
  "objectives.rtoSeconds: sooner than any failover": () => 59,
};

/** Fields that are refused together with others, under the name of all. */
const PLACES: Readonly<Record<string, string>> = { "size.cpus": "size" };

const AROUND: Around<Spec> = {
  "size.tier": () => ({ size: {} }),
  replicas: () => ({ replicas: {} }),
  "replicas.far.region": ({ replicas = {} }) => ({
    replicas: { ...replicas, far: { purpose: "disaster-recovery" } },
  }),
  "replicas.small.size": ({ edition }) => ({ size: { tier: tierOf(edition, 8) } }),
  "backup.secondCopy": ({ backup, region }) => ({
    backup: { ...backup, secondCopy: { location: region === "us-east1" ? "us-east4" : "us-east1" } },
  }),
  "access.network": ({ access }) => ({ access: { ...access, network: {} } }),
  service: ({ service = APP }) => ({ service }),
  "maintenance.freeze.0": () => ({ maintenance: { freeze: [{ from: "2027-01-01", to: "2027-01-02" }] } }),
};

describe("any valid wish for Cloud SQL", () => {
  it("has the shape of the document, and no issue", () => {
    fc.assert(
      fc.property(validGcpSpec, shortStackName, (spec, stack) => {
        assert.deepEqual(issuesOf(spec, stack).map(issueText), []);
      }),
      { numRuns: 500 },
    );
  });

  for (const [title, mutate] of Object.entries(MUTATIONS)) {
    const path = title.slice(0, title.indexOf(":"));
    it(`is refused with ${title}`, () => {
      fc.assert(
        fc.property(validGcpSpec, shortStackName, (spec, stack) => {
          const issues = issuesOf(mutated(spec, path, mutate(spec), AROUND), stack);
          const places = issues.map(({ where }) => where);
          assert.equal(
            places.includes(path) || places.includes(PLACES[path] ?? path),
            true,
            issues.map(issueText).join("\n"),
          );
        }),
        { numRuns: 30 },
      );
    });
  }
});

describe("any valid wish for Docker", () => {
  it("has the shape of the document, and no issue", () => {
    fc.assert(
      fc.property(validDockerSpec, shortStackName, (spec, stack) => {
        assert.deepEqual(issuesOf(spec, stack).map(issueText), []);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the rules about Cloud SQL", () => {
  it("are many, each with a case of its own by the types of these tests", () => {
    assert.equal(Object.keys(GCP_RULES).length >= 60, true, String(Object.keys(GCP_RULES).length));
  });
});
