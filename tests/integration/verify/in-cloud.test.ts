// The program of the job that verifies, run as the planned job says: its command, its variables and its file of passwords,
// in a folder with what the image has, with the credentials of a metadata server, against real servers and a server that
// speaks the API's shapes. Does not prove that Cloud Run starts it so, that its network lets it in, or that its line comes
// into the log; nor that the image can be built, for which it takes a base of one's own choice and a registry.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import { EXIT } from "../../../kernel/errors.ts";
import { wantedOnCloudSql } from "../../../roles/wanted-on-cloud-sql.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { topologyDigest, topologyText } from "../../../topology/verification-job.ts";
import { awaitRoute } from "../../../verify/await-route.ts";
import { type JobOutcome, readOutcome } from "../../../verify/job-outcome.ts";
import { verifyByJob } from "../../../verify/run-job.ts";
import { verifyCloud } from "../../../verify/run-cloud.ts";
import { answerOf } from "../../support/cloud-sql-answers.ts";
import { type CloudSqlServers, startCloudSqlServers } from "../../support/cloud-sql-server.ts";
import { type ForwardedPort, forwardPort } from "../../support/forward-port.ts";
import { VERIFICATION } from "../../support/gcp-cases.ts";
import { verificationImageFolder } from "../../support/image-folder.ts";
import { type RecordedResource, resourceOf } from "../../support/planned-resources.ts";
import { INSTANCE } from "../../support/pretend-cloud.ts";
import { type PretendCloudSql, startPretendCloudSql } from "../../support/pretend-cloud-sql.ts";
import { startPretendJobApi } from "../../support/pretend-job-api.ts";
import { type PretendMetadata, startPretendMetadata } from "../../support/pretend-metadata.ts";
import { planOf } from "../../unit/components/gcp/example-topologies.ts";

const MINUTE = 60_000;
const TOKEN = "token-93d0";
const PARTS = ["primary", "replica-reader"];
/** Certificates without names: the job reaches the servers by addresses, which a test can have of its own. */
const WISH: SpecOf<"gcp"> = {
  target: "gcp",
  // The floors of a busy machine.
  environment: "local",
  region: "europe-west1",
  replicas: { reader: {} },
  access: { certificateAuthority: "per-instance", verification: VERIFICATION },
  parameters: { work_mem: "8MB" },
  expected: { tables: ["shop.orders"] },
};
const TOPOLOGY = resolveTopology(WISH, "local");
const DIGEST = topologyDigest(topologyText(TOPOLOGY));

/** What the planned job is started with. */
interface PlannedJob {
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Roles in its file of passwords. */
  readonly logins: readonly string[];
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let api: PretendCloudSql;
let metadata: PretendMetadata;
let servers: CloudSqlServers;
let folder: string;
let job: PlannedJob;
const addresses = new Map<string, ForwardedPort>();

function plannedJob(resources: readonly RecordedResource[]): PlannedJob {
  const { props } = resourceOf(resources, "gcp:cloudrunv2/job:Job", "pgtopology-local-verification-job");
  const { template } = (props as { template: { template: JobTask } }).template;
  const [container] = template.containers;
  const [volume] = template.volumes;
  assert.ok(container && volume);
  const variables = Object.fromEntries(container.envs.map(({ name, value }) => [name, value]));
  const [mount] = container.volumeMounts;
  assert.equal(
    join(mount?.mountPath ?? "", volume.secret.items[0]?.path ?? ""),
    variables.PGTOPOLOGY_PASSWORDS_FILE,
    "the file is where the variable says",
  );
  const version = resourceOf(
    resources,
    "gcp:secretmanager/secretVersion:SecretVersion",
    "pgtopology-local-secret-verification-passwords-version",
  );
  const kept = JSON.parse(String(version.props.secretData)) as object;
  return { command: container.commands, variables, logins: Object.keys(kept) };
}

interface JobTask {
  readonly containers: readonly {
    readonly commands: readonly string[];
    readonly envs: readonly { readonly name: string; readonly value: string }[];
    readonly volumeMounts: readonly { readonly mountPath: string }[];
  }[];
  readonly volumes: readonly { readonly secret: { readonly items: readonly { readonly path: string }[] } }[];
}

/** Runs the job's command in the image's folder, with nothing in its environment but what the platform and the job have. */
async function runJob(more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const [program, ...args] = job.command;
  assert.equal(program, "node");
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      CLOUD_RUN_JOB: "local-verification-k3x9",
      GCE_METADATA_HOST: metadata.host,
      HOME: folder,
      GOOGLE_SQL_CUSTOM_ENDPOINT: `${api.baseUrl}sql/v1beta4/`,
      ...job.variables,
      PGTOPOLOGY_PASSWORDS_FILE: join(folder, "passwords.json"),
      ...more,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

function outcomeOf({ stdout, stderr }: Ended): JobOutcome {
  assert.match(stdout, /^[^\n]+\n$/, `one line: ${stdout}${stderr}`);
  return readOutcome(JSON.parse(stdout), DIGEST);
}

function failureOf(ended: Ended): string {
  const outcome = outcomeOf(ended);
  assert.ok("failure" in outcome, ended.stdout);
  assert.equal(ended.code, EXIT.couldNotCheck);
  return outcome.failure.message;
}

describe("the program of the job that verifies", function () {
  this.timeout(5 * MINUTE);

  before(async () => {
    const parameters = Object.fromEntries(
      Object.entries(TOPOLOGY.parameters).filter(([name]) => !name.startsWith("cloudsql.")),
    );
    [api, metadata, servers, folder] = await Promise.all([
      startPretendCloudSql("example"),
      startPretendMetadata(TOKEN),
      startCloudSqlServers({
        database: "app",
        parameters,
        poolSize: 3,
        wanted: wantedOnCloudSql(TOPOLOGY, { project: "example", suffix: "k3x9" }),
      }),
      verificationImageFolder(),
    ]);
    for (const part of PARTS) addresses.set(part, await forwardPort(5432, servers.portOf(part, 5432)));
    const { resources } = await planOf(WISH);
    job = plannedJob(resources);
    for (const resource of resources.filter(({ type }) => type === INSTANCE)) {
      const name = String(resource.props.name);
      const part = PARTS.find((one) => name === `local-${one}-k3x9`) ?? "";
      const privateAddress = addresses.get(part)?.host ?? "";
      const answer = answerOf(resource, { host: servers.host, caCertificate: servers.caCertificate, privateAddress });
      api.instances.set(name, { ...answer, dnsNames: [] });
    }
    api.backupRuns.push({ status: "SUCCESSFUL", endTime: new Date(Date.now() - 60 * MINUTE).toISOString() });
    const logins = job.logins.map((role) => [role, servers.passwords[role as keyof typeof servers.passwords]]);
    await writeFile(join(folder, "passwords.json"), JSON.stringify(Object.fromEntries(logins)));
  });
  after(async () => {
    api.end();
    metadata.end();
    for (const { end } of addresses.values()) end();
    await rm(folder, { recursive: true });
    await servers.remove();
  });
  afterEach(() => {
    api.next.length = 0;
  });

  it("reports what a verification on a machine inside the VPC reports, in one line, by the platform's credentials", async () => {
    const ended = await runJob();
    const outcome = outcomeOf(ended);
    assert.ok("report" in outcome, ended.stdout);
    assert.equal(ended.code, EXIT.ok);
    assert.equal(api.authorization(), `Bearer ${TOKEN}`);
    const own = await verifyCloud({
      topology: TOPOLOGY,
      project: "example",
      suffix: "k3x9",
      api: { baseUrl: api.baseUrl, accessToken: TOKEN },
      vantage: "inside",
      passwords: servers.passwords,
      signal: AbortSignal.timeout(2 * MINUTE),
    });
    const judged = (lines: typeof own.judged): string[] => lines.map(({ id, status }) => `${id}: ${status}`);
    assert.deepEqual(judged(outcome.report.judged), judged(own.judged));
    const passed = outcome.report.judged.filter(({ status }) => status === "pass").map(({ id }) => id);
    for (const id of ["encryption/plaintext-refused", "replication/row-arrives", "schema/expected-tables"] as const) {
      assert.ok(passed.includes(id), `${id}: ${ended.stdout}`);
    }

    // The other half: what it wrote comes back through the log as the same report.
    const name = "projects/example/locations/europe-west1/jobs/local-verification-k3x9";
    const google = await startPretendJobApi(name);
    try {
      const completed = [{ type: "Completed", state: "CONDITION_SUCCEEDED" }];
      google.executions.push({ completionTime: new Date().toISOString(), conditions: completed });
      google.pages.push({ entries: [{ jsonPayload: JSON.parse(ended.stdout) as unknown }] });
      const read = await verifyByJob({
        topology: TOPOLOGY,
        project: "example",
        suffix: "k3x9",
        api: { accessToken: TOKEN, cloudRunUrl: google.baseUrl, loggingUrl: google.baseUrl },
        signal: AbortSignal.timeout(MINUTE),
        say: () => undefined,
        waits: { intervalMs: 5 },
      });
      assert.deepEqual(read, outcome.report);
    } finally {
      google.end();
    }
  });

  it("ends well with a report that says that something is broken", async () => {
    await servers.sql("ALTER TABLE shop.orders RENAME TO old_orders");
    try {
      const ended = await runJob();
      const outcome = outcomeOf(ended);
      assert.ok("report" in outcome, ended.stdout);
      assert.equal(ended.code, EXIT.ok);
      const failed = outcome.report.judged.filter(({ status }) => status === "fail").map(({ id }) => id);
      assert.ok(failed.includes("schema/expected-tables"), ended.stdout);
    } finally {
      await servers.sql("ALTER TABLE shop.old_orders RENAME TO orders");
    }
  });

  it("has no password in its command, its variables and what it says, whether all is well or not", async () => {
    const garbled = join(folder, "garbled.json");
    await writeFile(garbled, `{"administrator": "${servers.passwords.administrator}", "readWrite"`);
    const wrong = join(folder, "wrong.json");
    const swapped = { administrator: servers.passwords.readOnly, readWrite: "", readOnly: servers.passwords.readOnly };
    await writeFile(wrong, JSON.stringify(swapped));
    const runs = [
      await runJob(),
      await runJob({ PGTOPOLOGY_PASSWORDS_FILE: garbled }),
      await runJob({ PGTOPOLOGY_PASSWORDS_FILE: wrong }),
    ];
    const said = JSON.stringify([job, runs]);
    for (const [role, password] of Object.entries(servers.passwords)) assert.ok(!said.includes(password), role);
    assert.ok(!said.includes(TOKEN));
    assert.match(failureOf(runs[1] ?? assert.fail()), /the passwords of the job: not JSON/);
    assert.match(failureOf(runs[2] ?? assert.fail()), /the passwords of the job: not as expected at readWrite/);
  });

  it("says what its account may not do, and fails", async () => {
    api.next.push(...Array.from({ length: 4 }, () => ({ status: 403 })));
    assert.match(failureOf(await runJob()), /cloudsql\.instances\.get was refused in project example/);
  });

  it("says which of its variables is missing, and where its passwords are not", async () => {
    assert.match(failureOf(await runJob({ PGTOPOLOGY_SUFFIX: "" })), /the variable PGTOPOLOGY_SUFFIX is not set/);
    const nowhere = await runJob({ PGTOPOLOGY_PASSWORDS_FILE: join(folder, "nowhere.json") });
    assert.match(failureOf(nowhere), /the passwords can't be read: ENOENT/);
  });
});

describe("a way through the VPC", () => {
  const signal = new AbortController().signal;
  const open = async (port: number): Promise<Server> => {
    const server = createServer((socket) => socket.destroy()).listen(port, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  const portOf = (server: Server): number => (server.address() as { port: number }).port;

  it("is waited for until it is there", async () => {
    const first = await open(0);
    const port = portOf(first);
    first.close();
    await once(first, "close");
    const later = new Promise<Server>((resolve) => setTimeout(() => resolve(open(port)), 300));
    const began = performance.now();
    await awaitRoute({ host: "127.0.0.1", port, part: "primary" }, { signal, timeoutMs: 4000 });
    assert.ok(performance.now() - began > 250);
    (await later).close();
  });

  it("is given up with a name when it does not come", async () => {
    const server = await open(0);
    const port = portOf(server);
    server.close();
    await once(server, "close");
    await assert.rejects(awaitRoute({ host: "127.0.0.1", port, part: "primary" }, { signal, timeoutMs: 50 }), {
      message: /^gave up waiting for a way through the VPC to primary after 0\.05 s: connect ECONNREFUSED/,
    });
  });
});
