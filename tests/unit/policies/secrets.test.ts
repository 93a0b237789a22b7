// A marker of its own in everything that can hold a secret, of every type that has requirements: none of them comes out,
// whatever is found. Does not prove what the engine itself prints.
import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { CONTAINER_TYPE } from "../../../facts/from-plan/docker-container.ts";
import { DIGITALOCEAN_TYPES } from "../../../facts/from-plan/digitalocean.ts";
import { GCP_TYPES } from "../../../facts/from-plan/gcp/resource-types.ts";
import { judgePlanFile } from "../../../policies/plan-file-report.ts";
import { planFileText } from "../../../policies/plan-file-text.ts";
import { analyze, analyzeStack, remediate, type SentResource, secret, tell } from "./policy-rpc.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
let count = 0;
/** Some are wrapped as the engine wraps secrets, and some are plain text that nobody marked. */
const marker = (): string => `marker-${++count}-9e1d`;
const hidden = (): object => secret(marker());
const uri = (): string => `postgres://app:${marker()}@10.0.0.3:5432/app?password=${marker()}`;
const script = (): string => `#!/bin/sh\nexport PGPASSWORD='${marker()}'\npsql "${uri()}"\n`;
const conf = (): string => `ssl_passphrase_command = 'echo ${marker()}'\nprimary_conninfo = 'password=${marker()}'\n`;

const of = (type: string, name: string, props: object): SentResource => ({ type, name, props });
const container = {
  name: "db",
  image: "postgres:17",
  envs: [`POSTGRES_PASSWORD=${marker()}`, hidden(), `DATABASE_URL=${uri()}`],
  command: ["postgres", "-c", `primary_conninfo=password=${marker()}`],
  uploads: [
    { file: "/etc/postgresql.conf", content: conf() },
    { file: "/etc/pgbouncer.ini", content: `[databases]\napp = host=db password=${marker()}\n` },
    { file: "/etc/userlist", content: secret(`"app" "${marker()}"`) },
    {
      file: "/etc/pgbackrest.conf",
      content: `[global]\nrepo1-cipher-pass=${marker()}\nrepo1-s3-key-secret=${marker()}\n`,
    },
    { file: "/etc/pg_hba.conf", content: `host all all 0.0.0.0/0 ldap ldapbindpasswd="${marker()}"\n` },
  ],
  healthcheck: { tests: ["CMD", `PGPASSWORD=${marker()}`, "psql"] },
  labels: [{ label: "note", value: marker() }],
};

const RESOURCES: readonly SentResource[] = [
  of("pulumi:pulumi:Stack", "s", { url: uri(), plain: hidden(), nested: { deep: uri() } }),
  of(GCP_TYPES.instance, "db", {
    databaseVersion: "POSTGRES_17",
    rootPassword: hidden(),
    rootPasswordWo: marker(),
    replicaConfiguration: { password: marker(), clientKey: marker() },
    settings: { tier: "db-f1-micro", activeDirectoryConfig: { domain: "d", adminCredentialSecretName: marker() } },
  }),
  of(GCP_TYPES.user, "app", { name: "app", instance: "db", password: marker(), passwordWo: hidden() }),
  of("gcp:secretmanager/secretVersion:SecretVersion", "v", {
    secret: "s",
    secretData: marker(),
    secretDataWo: hidden(),
  }),
  of("gcp:cloudrunv2/service:Service", "web", {
    location: "europe-west1",
    template: {
      containers: [
        {
          image: "web",
          args: ["--password", marker()],
          envs: [
            { name: "DB_PASSWORD", value: marker() },
            { name: "DATABASE_URL", value: uri() },
            { name: "TOKEN", value: hidden() },
          ],
        },
      ],
    },
  }),
  of(GCP_TYPES.workflow, "drill", { sourceContents: script() }),
  of(DIGITALOCEAN_TYPES.cluster, "do", { name: "do", engine: "pg", region: "nyc3", password: marker(), uri: uri() }),
  of(DIGITALOCEAN_TYPES.user, "do-app", { clusterId: "do", name: "app", password: marker() }),
  of(DIGITALOCEAN_TYPES.pool, "pool", { clusterId: "do", mode: "session", size: 900, uri: uri(), password: hidden() }),
  of(DIGITALOCEAN_TYPES.droplet, "host", { name: "host", region: "fra1", userData: script() }),
  of(DIGITALOCEAN_TYPES.bucketPolicy, "policy", { bucket: "b", policy: `{"Id":"${marker()}","Statement":[]}` }),
  of(CONTAINER_TYPE, "db-container", container),
].map((resource) => ({
  ...resource,
  provider: { type: "pulumi:providers:any", name: "default", props: { token: marker(), credentials: hidden() } },
}));

function assertNoMarker(told: unknown): void {
  const text = JSON.stringify(told);
  for (let number = 1; number <= count; number++) assert.ok(!text.includes(`marker-${number}-9e1d`), text);
}

describe("secrets in what is judged", () => {
  afterEach(() => {
    tell();
  });

  it("do not come out of the pack, of a resource or of a stack", async () => {
    const told = await analyzeStack(RESOURCES);
    for (const resource of RESOURCES) told.push(...(await analyze(resource)));
    assert.ok(told.length > 30, `${told.length} findings`);
    assert.ok(count > 35, `${count} markers`);
    assertNoMarker(told);
  });

  it("do not come out of the words of a remediation", async () => {
    tell({ remediate: ["labels", "loopback-ports", "encrypted-only"], labels: { owner: "data" } });
    for (const resource of RESOURCES) {
      const mended = await remediate(resource);
      assertNoMarker(mended.map(({ policyname }) => policyname));
    }
  });

  it("do not come out of the report on a state, for people or for programs", () => {
    const resources = RESOURCES.map(({ name, props, type }) => ({
      urn: `urn:pulumi:s::p::${type}::${name}`,
      type,
      custom: type !== "pulumi:pulumi:Stack",
      inputs: props,
      outputs: props,
    }));
    const report = judgePlanFile(JSON.stringify({ version: 3, deployment: { resources } }), "state.json", {}, NOW);
    assert.ok(report.findings.length > 30);
    assertNoMarker([report, planFileText(report)]);
  });
});
