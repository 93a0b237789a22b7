// That the cloud takes what is valid here is not proven; nor that every mistake has a rule: only these have.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { issueText } from "../../../../topology/issue.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { DIGITALOCEAN_RULES } from "../../../../topology/validate/digitalocean.ts";
import { SSH } from "../../../support/digitalocean-cases.ts";
import { type Around, issuesOf, mutated } from "../../../support/spec-mutations.ts";
import { validDigitalOceanSpec } from "../../../support/valid-digitalocean-specs.ts";
import { shortStackName } from "../../../support/valid-specs.ts";

type Spec = SpecOf<"digitalocean">;

/** One field to a value just past its limit, by the field's path. */
const MUTATIONS: Readonly<Record<string, (spec: Spec) => unknown>> = {
  "region: nothing": () => undefined,
  "region: misspelt": ({ region }) => `${region ?? ""}9`,
  "region: without the product": () => "ric1",
  "version: that nobody has tried": () => 16,
  "edition: Cloud SQL's": () => "enterprise",
  "database: every cluster's": () => "defaultdb",
  "project: no id": () => "shop",
  "size.tier: none": () => "db-s-3vcpu-4gb",
  "size.tier: none with a standby": () => "db-s-1vcpu-1gb",
  "storage.diskGiB: between two steps": () => 65,
  "storage.diskGiB: too large": () => 150,
  "storage.maxDiskGiB: Cloud SQL's": () => 100,
  "storage.diskType: Cloud SQL's": () => "ssd",
  "ports: Docker's": () => ({ primary: 5432 }),
  "replicas.primary: the primary's name": () => ({}),
  [`replicas.${"r".repeat(60)}: too long`]: () => ({}),
  "replicas.far.purpose: that nothing promotes": () => "disaster-recovery",
  "replicas.far.region: that nobody reaches": ({ region }) => (region === "fra1" ? "ams3" : "fra1"),
  "replicas.small.size: smaller than the cluster": () => ({ tier: "db-s-1vcpu-1gb" }),
  "pooling.kind: Docker's": () => "container",
  "pooling.writerPoolSize: more than any machine gives": () => 7000,
  "backup.pointInTimeDays: that nobody can set": () => 8,
  "backup.retentionDays: none": () => 0,
  "backup.location: nowhere": () => "atlantis",
  "backup.location: without Spaces": () => "nyc2",
  "backup.schedule: that is not sent": () => "00:00",
  "backup.schedule: no time": () => "24:00",
  "backup.repository: Docker's": () => ({ type: "volume" }),
  "data.database: taken": () => "postgres",
  "data.database: the primary's": ({ database }) => database ?? "app",
  "data.size.tier: a cluster's": () => "db-s-1vcpu-1gb",
  "data.diskGiB: too large": () => 16_385,
  "data.ports: Docker's": () => ({ primary: 5442 }),
  "data.parameters.archive_mode: the topology's": () => false,
  "access.sources.0: the world": () => "0.0.0.0/0",
  "access.sources.0: of IPv6": () => "2001:db8::/64",
  "access.ssh.keys: none": () => [],
  "access.ssh.keys.0: no fingerprint": () => "ssh-ed25519 AAAA",
  "access.ssh.sources: none": () => [],
  "access.ssh.sources.0: the world": () => "0.0.0.0/0",
  "access.network.subnetCidr: with bits of a host": () => "10.1.0.1/24",
  "access.network.subnetCidr: public": () => "8.8.8.0/24",
  "access.network.subnetCidr: too small": () => "10.1.0.0/29",
  "access.network.subnetCidr: the platform's": () => "10.244.0.0/24",
  "access.network.existing: Google's": () => "projects/hub/global/networks/main",
  "maintenance.hour: none": () => 24,
  "maintenance.freeze: Cloud SQL's": () => [{ from: "2027-01-01", to: "2027-01-02" }],
  "observability.alertEmails.0: no address": () => "somebody",
  "parameters.max_connections: the machine's": () => 100,
  "parameters.statement_timeout: that nobody can set": () => "1min",
  "parameters.log_min_duration_statement: that is not sent": () => 0,
  "parameters.max_wal_senders: too few": () => 19,
  "parameters.max_wal_sender: misspelt": () => 20,
  "objectives.rtoSeconds: sooner than any failover": () => 59,
  "service: Cloud SQL's": () => ({ image: "registry.example/app" }),
};

const small = { tier: "db-s-2vcpu-4gb" };
const withDataHost = ({ data = {}, access }: Spec): Partial<Spec> => ({
  data,
  access: { ...access, ssh: access?.ssh ?? SSH },
});

/** Fields that are refused under the name of another one. */
const PLACES: Readonly<Record<string, string>> = { "size.tier": "highAvailability" };

const AROUND: Around<Spec> = {
  "size.tier": () => ({ highAvailability: true, storage: {}, replicas: {} }),
  "storage.diskGiB": () => ({ size: small, replicas: {} }),
  replicas: ({ access }) => ({ replicas: {}, access: { ...access, sources: [] } }),
  // A data host reaches it from outside.
  "replicas.far.region": () => ({
    environment: "staging",
    data: undefined,
    mode: undefined,
    backup: {},
    pooling: {},
    access: { sources: [] },
  }),
  "replicas.small.size": () => ({ size: small, storage: {} }),
  "pooling.writerPoolSize": ({ pooling }) => ({ pooling: { ...pooling, enabled: true } }),
  "backup.location": withDataHost,
  data: withDataHost,
  "access.ssh": withDataHost,
  "access.network": ({ access }) => ({ access: { ...access, network: {} } }),
  "access.sources": ({ access }) => ({ access: { ...access, sources: [] } }),
  "observability.alertEmails": () => ({ observability: { alertEmails: [] } }),
};

describe("any valid wish for DigitalOcean", () => {
  it("has the shape of the document, and no issue", () => {
    fc.assert(
      fc.property(validDigitalOceanSpec, shortStackName, (spec, stack) => {
        assert.deepEqual(issuesOf(spec, stack).map(issueText), []);
      }),
      { numRuns: 500 },
    );
  });

  for (const [title, mutate] of Object.entries(MUTATIONS)) {
    const path = title.slice(0, title.indexOf(":"));
    it(`is refused with ${title}`, () => {
      fc.assert(
        fc.property(validDigitalOceanSpec, shortStackName, (spec, stack) => {
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

describe("the rules about DigitalOcean", () => {
  it("are many, each with a case of its own by the types of these tests", () => {
    assert.equal(Object.keys(DIGITALOCEAN_RULES).length >= 40, true, String(Object.keys(DIGITALOCEAN_RULES).length));
  });
});
