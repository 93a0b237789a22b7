// The real engine previews small programs with the pack. Does not prove the facts of our own components: the triangle
// in tests/unit/facts/ does; nor that `pgt up` previews first.
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyEvent } from "@pulumi/pulumi/automation/index.js";
import { randomBytes } from "node:crypto";
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { after, before, describe, it } from "mocha";
import { POLICIES_KEY } from "../../../config/keys.ts";
import { makeStandInStack, type StandInStack } from "../docker-provider/stand-in-stack.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const MARKER = `marker-${randomBytes(8).toString("hex")}`;
const IMAGE = `sha256:${"0a".repeat(32)}`;

/** What the next preview's last container differs in. */
let change: Partial<docker.ContainerArgs> = {};

/** Tells the pack that it is a local topology, as this project's own component does. */
class LocalTopology extends pulumi.ComponentResource {
  constructor() {
    super("pgtopology:test:Topology", "topology", {});
    this.registerOutputs({ environment: "local" });
  }
}

/** Of each of the two servers, which nothing says to be one topology. */
const NOT_YET_KNOWN = ["not-yet-known: advisory", "not-yet-known: advisory"];

const program = (): Promise<void> => {
  const parent = new LocalTopology();
  const network = new docker.Network("network", { name: "pgt-test-policies" }, { parent });
  for (const name of ["first", "last"]) {
    const volume = new docker.Volume(`${name}-data`, { name: `pgt-test-policies-${name}` }, { parent });
    const args: docker.ContainerArgs = {
      name: `pgt-test-policies-${name}`,
      image: IMAGE,
      user: "postgres",
      memory: 512,
      shmSize: 128,
      cpus: "1.0",
      restart: "unless-stopped",
      logDriver: "local",
      networksAdvanced: [{ name: network.name }],
      securityOpts: ["no-new-privileges"],
      capabilities: { drops: ["ALL"] },
      healthcheck: { tests: ["CMD", "pg_isready"] },
      ports: [{ internal: 5432, external: name === "first" ? 45432 : 45433, ip: "127.0.0.1" }],
      volumes: [{ containerPath: "/var/lib/postgresql/data", volumeName: volume.name }],
      envs: ["PGDATA=/var/lib/postgresql/data"],
      stopSignal: "SIGINT",
      stopTimeout: 60,
      ...(name === "last" ? change : {}),
    };
    new docker.Container(name, args, { parent });
  }
  return Promise.resolve();
};

interface Preview {
  readonly passed: boolean;
  readonly output: string;
  readonly violations: readonly PolicyEvent[];
}

describe("the policy pack in the engine", function () {
  this.timeout(180_000);
  const pathBefore = process.env.PATH ?? "";
  const nodeBefore = process.env.PGT_NODE;
  let made: StandInStack;

  before(async () => {
    process.env.PATH = [join(ROOT, "tools/policy-analyzer"), pathBefore].join(delimiter);
    process.env.PGT_NODE = process.execPath;
    made = await makeStandInStack(program);
  });

  after(async () => {
    await made.remove();
    process.env.PATH = pathBefore;
    if (nodeBefore === undefined) delete process.env.PGT_NODE;
    else process.env.PGT_NODE = nodeBefore;
  });

  async function preview(with_: Partial<docker.ContainerArgs>, settings?: object): Promise<Preview> {
    change = with_;
    if (settings === undefined) await made.stack.removeConfig(POLICIES_KEY);
    else await made.stack.setConfig(POLICIES_KEY, { value: JSON.stringify(settings) });
    const violations: PolicyEvent[] = [];
    let output = "";
    const passed = await made.stack
      .preview({
        policyPacks: [join(ROOT, "policies")],
        onOutput: (text) => (output += text),
        onError: (text) => (output += text),
        onEvent: (event) => {
          // The SDK's own debug messages hold every property in plain text; the engine prints them when asked to only.
          if ((event.diagnosticEvent?.severity as string | undefined) !== "debug") output += JSON.stringify(event);
          if (event.policyEvent) violations.push(event.policyEvent);
        },
      })
      .then(
        () => true,
        (error: unknown) => {
          output += String(error);
          return false;
        },
      );
    return { passed, output, violations };
  }

  const told = ({ violations }: Preview) =>
    violations.map(({ policyName, enforcementLevel }) => `${policyName}: ${enforcementLevel}`).sort();

  it("lets a good stack pass, and says what the plan alone cannot tell", async () => {
    const result = await preview({});
    assert.ok(result.passed, result.output);
    assert.deepEqual(told(result), [...NOT_YET_KNOWN]);
    assert.match(result.output, /requirements not yet known/);
  });

  it("fails the preview by a rule for the whole stack that the last resource violates", async () => {
    const result = await preview({ ports: [{ internal: 5432, external: 45433 }] });
    assert.ok(!result.passed, result.output);
    assert.deepEqual(told(result), ["network/loopback-ports: mandatory", ...NOT_YET_KNOWN]);
    assert.match(result.output, /\blast: got a port on 0\.0\.0\.0, want 127\.0\.0\.1/);
  });

  it("lets a stack pass that only an advisory rule is not content with, and says so", async () => {
    const result = await preview({ restart: "no" });
    assert.ok(result.passed, result.output);
    assert.deepEqual(told(result), ["containers/restarts: advisory", ...NOT_YET_KNOWN]);
  });

  it("fails by a secret in the environment without showing it anywhere", async () => {
    const envs = [pulumi.secret(`DB_PASSWORD=${MARKER}`), "PGDATA=/var/lib/postgresql/data"];
    const result = await preview({ envs });
    assert.ok(!result.passed, result.output);
    assert.ok(told(result).includes("containers/no-secret-in-environment: mandatory"));
    assert.match(result.output, /DB_PASSWORD/);
    assert.ok(!result.output.includes(MARKER));
  });

  it("takes levels and waivers from the stack's configuration", async () => {
    const restart = { restart: "no" };
    const strict = await preview(restart, { levels: { "containers/restarts": "mandatory" } });
    assert.ok(!strict.passed, strict.output);
    const waiver = { id: "containers/restarts", reason: "a trial", owner: "tests", expires: "2999-01-01" };
    const waived = await preview(restart, { levels: { "containers/restarts": "mandatory" }, waivers: [waiver] });
    assert.ok(waived.passed, waived.output);
    assert.match(waived.output, /waived until 2999-01-01 by tests \(a trial\)/);
    const unused = await preview({}, { waivers: [waiver] });
    assert.ok(!unused.passed, unused.output);
    assert.match(unused.output, /nothing needs the waiver for containers\/restarts/);
  });

  it("is stopped by settings that are wrong, in words that say what is allowed", async () => {
    const result = await preview({}, { levels: { "containers/restarts": "loud" } });
    assert.ok(!result.passed, result.output);
    assert.match(result.output, /loud/);
    assert.match(result.output, /mandatory/);
  });

  it("mends what it is asked to mend before it judges", async () => {
    const ports = [{ internal: 5432, external: 45433 }];
    const result = await preview({ ports }, { remediate: ["loopback-ports"] });
    assert.ok(result.passed, result.output);
    assert.match(result.output, /remediate-loopback-ports/);
    assert.deepEqual(told(result), [...NOT_YET_KNOWN]);
  });

  it("makes nothing in all of that", async () => {
    const files = await readdir(made.stateFolder, { recursive: true });
    assert.deepEqual(
      files.filter((file) => file.includes("history") && file.endsWith(".json")),
      [],
    );
  });
});
