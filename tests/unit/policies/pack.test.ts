// The pack through the SDK's own request handlers. Does not prove that an engine starts it, or stops because of it:
// tests/integration/policies/ does.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { packContext } from "../../../policies/pack-context.ts";
import { UNKNOWN } from "../../../requirements/known.ts";
import { LABELS } from "../../../topology/names.ts";
import { container } from "./cases/good-container.ts";
import { analyze, analyzeStack, LEVEL, secret, UNKNOWN_TEXT } from "./policy-rpc.ts";

const CANARY = "canary-4b1d";

const names = (diagnostics: readonly { policyname: string }[]) => diagnostics.map(({ policyname }) => policyname);

describe("the pack on one container", () => {
  it("has nothing to say about a good one", async () => {
    assert.deepEqual(await analyze(container({})), []);
  });

  it("reports a critical violation as mandatory, with where, got, want and fix", async () => {
    const [violation, ...others] = await analyze(container({ privileged: true }));
    assert.deepEqual(others, []);
    assert.equal(violation?.policyname, "containers/not-privileged");
    assert.equal(violation.enforcementlevel, LEVEL.mandatory);
    assert.match(violation.message, /^db: got privileged, want not\n.*\nFix: .*\nSee https:/);
    assert.match(violation.urn, /::db$/);
  });

  it("reports a medium violation as advice", async () => {
    const [violation, ...others] = await analyze(container({ restart: "no" }));
    assert.deepEqual(others, []);
    assert.deepEqual([violation?.policyname, violation?.enforcementlevel], ["containers/restarts", LEVEL.advisory]);
  });

  it("judges what is known when something else is not, and counts what it could not tell", async () => {
    const violations = await analyze(container({ image: UNKNOWN_TEXT, privileged: true }));
    assert.deepEqual(names(violations), ["containers/not-privileged", "not-yet-known"]);
    assert.match(violations[1]?.message ?? "", /^1 of \d+ requirements not yet known: containers\/image-pinned/);
    assert.equal(violations[1]?.enforcementlevel, LEVEL.advisory);
  });

  it("judges around what is unknown deep inside a property", async () => {
    const envs = ["PGDATA=/x", UNKNOWN_TEXT];
    const violations = await analyze(container({ envs, healthcheck: { tests: [UNKNOWN_TEXT], retries: 3 } }));
    assert.deepEqual(names(violations), ["not-yet-known"]);
    assert.match(violations[0]?.message ?? "", /health-check \(healthcheck of db\), .*no-secret-in-environment/);
  });

  it("has no opinion of anything else", async () => {
    assert.deepEqual(await analyze({ type: "docker:index/network:Network", name: "n", props: {} }), []);
  });

  it("never shows a secret, only the name of the variable that holds it", async () => {
    const envs = [secret(`DB_PASSWORD=${CANARY}`), `URL=postgres://u:${CANARY}@h/db`];
    const uploads = [{ file: "/x/postgresql.conf", content: secret(`ssl = '${CANARY}'`) }];
    const resource = container({ envs, uploads });
    const told = [...(await analyze(resource)), ...(await analyzeStack([resource]))];
    assert.match(JSON.stringify(told), /got one in: DB_PASSWORD, URL/);
    assert.ok(!JSON.stringify(told).includes(CANARY));
  });
});

describe("the pack on a stack", () => {
  it("finds the last of many resources when that one violates", async () => {
    const good = [1, 2, 3].map((at) => container({ name: `db-${at}`, volumes: volume(`db-${at}`) }, `db-${at}`));
    const open = container(
      { name: "open", volumes: volume("open"), ports: [{ internal: 5432, external: 5440 }] },
      "open",
    );
    const violations = (await analyzeStack([...good, open])).filter(({ policyname }) => policyname !== "not-yet-known");
    assert.deepEqual(names(violations), ["network/loopback-ports"]);
    assert.match(violations[0]?.message ?? "", /^open: got a port on 0\.0\.0\.0, want 127\.0\.0\.1/);
    assert.match(violations[0]?.urn ?? "", /::open$/);
    assert.equal(violations[0]?.enforcementlevel, LEVEL.mandatory);
  });

  it("takes environment and address from the topology's own component, else judges as in production", async () => {
    const topology = {
      type: "pgtopology:docker:Topology",
      name: "t",
      props: { environment: "local", address: "0.0.0.0" },
    };
    const open = container({ ports: [{ internal: 5432, external: 5432, ip: "0.0.0.0" }] });
    const violations = (found: { policyname: string }[]) => names(found).filter((name) => name !== "not-yet-known");
    assert.deepEqual(violations(await analyzeStack([topology, open])), []);
    assert.deepEqual(violations(await analyzeStack([open])), ["network/loopback-ports"]);
  });

  it("takes both from the pack's own configuration before anything else", () => {
    const component = { type: "pgtopology:docker:Topology", name: "t", urn: "t" };
    const resources = [{ ...component, props: { outputs: { environment: "local" }, address: "192.0.2.1" } }];
    const { floors, wishedAddresses } = packContext({}, resources);
    assert.deepEqual([floors.environment, wishedAddresses], ["local", ["192.0.2.1"]]);
    const own = packContext({ environment: "staging", addresses: ["192.0.2.2"] }, resources);
    assert.deepEqual([own.floors.environment, own.wishedAddresses], ["staging", ["192.0.2.2"]]);
    assert.equal(packContext({}, []).floors.environment, "prod");
  });

  it("takes the environment from the label of a resource, which is all that tells when it is judged by itself", () => {
    const instance = (userLabels: unknown) => [{ type: "i", name: "i", urn: "i", props: { settings: { userLabels } } }];
    const bucket = [{ type: "b", name: "b", urn: "b", props: { labels: { "pgtopology-environment": "local" } } }];
    const environmentOf = (resources: PlannedResource[]) => packContext({}, resources).floors.environment;
    assert.equal(environmentOf(instance({ "pgtopology-environment": "staging" })), "staging");
    assert.equal(environmentOf(bucket), "local");
    for (const odd of [
      undefined,
      null,
      "staging",
      { "pgtopology-environment": UNKNOWN },
      { "pgtopology-environment": 1 },
    ])
      assert.equal(environmentOf(instance(odd)), "prod");
  });

  it("judges each topology of a stack by itself, and names the container that is meant", async () => {
    const labelled = (stack: string, part: string, change: object) =>
      container(
        { name: `${stack}-${part}`, labels: labelsOf(stack, part), volumes: volume(`${stack}-data`), ...change },
        `${stack}-${part}`,
      );
    const open = { ports: [{ internal: 5432, external: 5432, ip: "0.0.0.0" }] };
    const topology = { type: "pgtopology:docker:Topology", name: "one", props: { environment: "local" } };
    const two = [topology, labelled("one", "primary", {}), labelled("one_data", "primary", open)];
    const failed = (await analyzeStack(two)).filter(({ policyname }) => policyname !== "not-yet-known");
    assert.deepEqual(
      failed.map(({ policyname, urn }) => [policyname, urn.split("::").at(-1)]),
      [["network/loopback-ports", "one_data-primary"]],
    );
  });

  it("says what nobody knows yet, as advice, once", async () => {
    const violations = await analyzeStack([container({})]);
    assert.deepEqual(names(violations), ["not-yet-known"]);
    assert.match(violations[0]?.message ?? "", /encryption\/plaintext-refused \(plaintextRefused of db\)/);
  });

  it("has no opinion of a stack without containers", async () => {
    assert.deepEqual(await analyzeStack([{ type: "docker:index/volume:Volume", name: "v", props: {} }]), []);
  });
});

function labelsOf(stack: string, part: string): object[] {
  return [
    { label: LABELS.stack, value: stack },
    { label: LABELS.part, value: part },
  ];
}

function volume(volumeName: string): object[] {
  return [{ containerPath: "/var/lib/postgresql/data", volumeName }];
}
