// Two sides of the triangle: what a wish promises is what the planned resources are. Does not prove the third side, the
// running topology: tests/e2e/ does.
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { DockerTopology } from "../../../components/docker/docker-topology.ts";
import { factsFromDockerPlan } from "../../../facts/from-plan/docker.ts";
import { CONTAINER_TYPE } from "../../../facts/from-plan/docker-container.ts";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { factsFromSpec } from "../../../facts/from-spec.ts";
import { byTopology } from "../../../policies/by-topology.ts";
import { judgeResource, judgeWhole } from "../../../policies/judge-plan.ts";
import { planFindings } from "../../../policies/plan-findings.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import { FLOORS } from "../../../requirements/floors.ts";
import { judgeAll } from "../../../requirements/judge.ts";
import { levelOf } from "../../../requirements/levels.ts";
import { isKnown, UNKNOWN } from "../../../requirements/known.ts";
import { ROLE_KEYS } from "../../../topology/names.ts";
import { IN_A_CLOUD_ONLY, OF_A_VPC } from "../requirements/good-digitalocean-facts.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { databasesOf, type ResolvedDocker } from "../../../topology/resolved-docker.ts";
import { certificateParts, readStackSecrets, type TopologySecrets } from "../../../topology/secrets.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { validDockerSpec } from "../../support/valid-docker-specs.ts";
import { recordResources } from "../../support/planned-resources.ts";

/** Facts that a wish has and a plan does not show. */
const NOT_IN_A_PLAN = ["access.administrator", "protection.dataKept"];

const SPECS: Readonly<Record<string, SpecOf<"docker">>> = {
  "the default": { target: "docker" },
  "two replicas": { target: "docker", replicas: { "far-east": {}, west: { port: 5544 } } },
  "no pooler": { target: "docker", replicas: { a: {} }, pooling: { enabled: false } },
  "no backups": { target: "docker", replicas: { a: {} }, backup: { enabled: false } },
  "sizes of its own": {
    target: "docker",
    database: "shop",
    size: { memoryGiB: 2 },
    storage: { maxSlotWalKeepMiB: 128 },
    pooling: { mode: "session", writerPoolSize: 7, readerPoolSize: 3, maxClients: 50, maxPreparedStatements: 9 },
    backup: { retentionDays: 7, archiveTimeoutSeconds: 30 },
  },
  "parameters, address and TLS of its own": {
    target: "docker",
    replicas: { a: {} },
    ports: { address: "192.0.2.7", primary: 6001, pooler: 6002 },
    tls: { minProtocolVersion: "TLSv1.2" },
    parameters: {
      max_connections: 321,
      shared_buffers: "64MB",
      idle_in_transaction_session_timeout: 1500,
      log_lock_waits: false,
    },
  },
};

function secretsOf(topology: ResolvedDocker): TopologySecrets<pulumi.Output<string>> {
  const secret = (name: string) => pulumi.secret(`secret ${name}`);
  return {
    passwords: Object.fromEntries(ROLE_KEYS.map((role) => [role, secret(role)])) as Record<
      (typeof ROLE_KEYS)[number],
      pulumi.Output<string>
    >,
    repositoryPassphrase: secret("repository"),
    caCertificate: "CA",
    certificates: Object.fromEntries(
      certificateParts(topology).map((part) => [part, { certificate: part, key: secret(part) }]),
    ),
  };
}

/** The resources that the component plans. */
async function planOf(topology: ResolvedDocker): Promise<readonly PlannedResource[]> {
  const imageId = `sha256:${"0a".repeat(32)}`;
  const recording = await recordResources(
    () => new DockerTopology(topology.name, { topology, secrets: secretsOf(topology), imageId }),
  );
  return recording.resources;
}

/** The resources that the component plans for a stack with a data database. */
async function planOfSplit(
  stack: ResolvedDocker,
  secret: (key: string) => pulumi.Output<string>,
): Promise<readonly PlannedResource[]> {
  const secrets = readStackSecrets(stack, { plain: (key) => key, secret });
  const imageId = `sha256:${"0a".repeat(32)}`;
  const { resources } = await recordResources(() => new DockerTopology(stack.name, { ...secrets, imageId }));
  return resources.filter(({ type }) => type === CONTAINER_TYPE);
}

/** Where the plan does not say what the wish says. */
function disagreements(wish: unknown, plan: unknown, path: string): string[] {
  if (wish === UNKNOWN || NOT_IN_A_PLAN.includes(path)) return [];
  if (Array.isArray(wish) && Array.isArray(plan) && wish.length === plan.length) {
    const [left, right] = [ordered(wish), ordered(plan)];
    return left.flatMap((item, at) => disagreements(item, right[at], `${path}[${at}]`));
  }
  if (isObject(wish) && isObject(plan)) {
    return Object.keys(wish).flatMap((key) =>
      disagreements(wish[key], plan[key], path === "" ? key : `${path}.${key}`),
    );
  }
  if (Object.is(wish, plan)) return [];
  return [`${path}: wish ${show(wish)}, plan ${show(plan)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Resources are registered in no certain order. */
function ordered(list: readonly unknown[]): unknown[] {
  const name = (item: unknown) => (isObject(item) ? show(item.part ?? item.key ?? item.container) : show(item));
  return [...list].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

function show(value: unknown): string {
  return typeof value === "symbol" ? "UNKNOWN" : JSON.stringify(value);
}

describe("the triangle of facts", function () {
  this.timeout(120_000);

  for (const [title, spec] of Object.entries(SPECS)) {
    it(`${title}: the plan keeps what the wish promises, and every requirement judges both alike`, async () => {
      const topology = resolveTopology(spec, "unit");
      const wish = factsFromSpec(topology);
      const plan = factsFromDockerPlan(await planOf(topology), { wishedAddresses: [topology.address] });
      assert.deepEqual(disagreements(wish, plan, ""), []);
      assert.deepEqual(verdicts(plan, "plan"), { ...verdicts(plan, "plan"), ...verdicts(wish, "spec") });
    });
  }

  it("of any wish the plan keeps what it promises", async () => {
    await fc.assert(
      fc.asyncProperty(validDockerSpec, async (spec) => {
        const stack = resolveTopology(spec, "unit");
        const databases = byTopology(await planOfSplit(stack, (key) => pulumi.secret(`secret ${key}`)));
        for (const { topology } of databasesOf(stack)) {
          const own = databases.find((one) => one.some(({ name }) => name === `${topology.name}-primary`)) ?? [];
          const plan = factsFromDockerPlan(own, { wishedAddresses: [topology.address] });
          assert.deepEqual(disagreements(factsFromSpec(topology), plan, ""), []);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("the stack in the repository breaks nothing that would stop it", async () => {
    const spec = parse(await readFile(join(import.meta.dirname, "../../../Pulumi.local.yaml"), "utf8")) as {
      config: Record<string, SpecOf<"docker">>;
    };
    const topology = resolveTopology(spec.config["pgtopology:topology"] ?? assert.fail("no topology"), "local");
    const component: PlannedResource = {
      type: "pgtopology:docker:Topology",
      urn: "urn:t",
      name: "t",
      props: { outputs: { environment: topology.environment }, address: topology.address },
    };
    const all = [component, ...(await planOf(topology))];
    const judged = [...all.map((one) => judgeResource(one, {})), ...judgeWhole(all, {})];
    const stopping = judged.flatMap((one) => planFindings(one, {}, new Date("2026-11-21T12:00:00Z")));
    assert.deepEqual(
      stopping.filter(({ level }) => level === "mandatory").map(({ message }) => message),
      [],
    );
  });

  it("each database of a split is planned as it is wished for, and nothing of one is the other's", async () => {
    const stack = resolveTopology(
      { target: "docker", replicas: { a: {} }, data: { parameters: { work_mem: "8MB" } } },
      "unit",
    );
    const secret = (key: string): pulumi.Output<string> => pulumi.secret(`secret ${key}`);
    const databases = byTopology(await planOfSplit(stack, secret));
    assert.equal(databases.length, 2);
    for (const [at, { topology }] of databasesOf(stack).entries()) {
      const [own = [], others = []] = at === 0 ? databases : databases.toReversed();
      const plan = factsFromDockerPlan(own, { wishedAddresses: [topology.address], others });
      assert.deepEqual(disagreements(factsFromSpec(topology), plan, ""), []);
      assert.deepEqual(plan.access.takenElsewhere, []);
    }
  });

  it("a password that both databases of a split are given is found in the plan, and not shown", async () => {
    const stack = resolveTopology({ target: "docker", data: {} }, "unit");
    const databases = byTopology(await planOfSplit(stack, (key) => pulumi.secret(key.replace("data-", ""))));
    const [own = [], others = []] = databases;
    const { takenElsewhere } = factsFromDockerPlan(own, { wishedAddresses: [], others }).access;
    assert.ok(isKnown(takenElsewhere));
    assert.deepEqual(takenElsewhere.toSorted(), [
      "administrator-password of pgtopology-unit-primary",
      "pgpass of pgtopology-unit-pooler",
      "userlist of pgtopology-unit-pooler",
    ]);
  });

  it("the default passes everything that a plan can be judged on, and nothing is unknown", async () => {
    const topology = resolveTopology({ target: "docker", replicas: { a: {} } }, "unit");
    const plan = factsFromDockerPlan(await planOf(topology), { wishedAddresses: [] });
    const judged = judgeAll(CATALOGUE, plan, "plan", FLOORS.prod);
    const others = judged.filter(
      ({ requirement, verdict }) =>
        verdict.status !== "pass" &&
        levelOf(requirement, "prod") !== "off" &&
        !IN_A_CLOUD_ONLY.has(requirement.topic) &&
        !OF_A_VPC.includes(requirement.id),
    );
    assert.deepEqual(
      others.map(({ requirement, verdict }) => `${requirement.id} ${verdict.status}`),
      [
        "access/databases-isolated not-applicable",
        "containers/major-as-managed not-applicable",
        "replication/slots-not-shared not-applicable",
      ],
    );
  });
});

/** By the ids of the requirements that both can be judged on. */
function verdicts(facts: FactsByTopic, witness: "spec" | "plan"): Record<string, string> {
  const both = CATALOGUE.filter(({ witnesses }) => witnesses.includes("spec") && witnesses.includes("plan"));
  const judged = judgeAll(both, facts, witness, FLOORS.prod);
  return Object.fromEntries(judged.map(({ requirement, verdict }) => [requirement.id, verdict.status]));
}
