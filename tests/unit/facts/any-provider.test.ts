// What an exported state tells beside what the engine tells its policies: which properties are secrets. And this project's
// own stacks on DigitalOcean, by the rules for every provider. Does not prove that a state is read rightly:
// tests/unit/policies has that.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { factsOfAnyProvider } from "../../../facts/from-plan/any-provider/any-provider.ts";
import { GCP_TYPES } from "../../../facts/from-plan/gcp/resource-types.ts";
import type { PlannedResource } from "../../../facts/from-plan/planned-resource.ts";
import { judgeResource, judgeWhole } from "../../../policies/judge-plan.ts";
import { planFindings } from "../../../policies/plan-findings.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import { FLOORS } from "../../../requirements/floors.ts";
import type { Topic, Verdict } from "../../../requirements/requirement.ts";
import type { SpecOf } from "../../../topology/spec.ts";
import { planOf } from "../components/digitalocean/example-topologies.ts";

const ROOT = join(import.meta.dirname, "../../..");
const NOW = new Date("2026-11-21T12:00:00Z");
const CANARY = "canary-77ab";
const OWN_TOPICS: readonly Topic[] = ["alerts", "bucket", "lifecycle", "secrets", "stack", "users"];

function planned(type: string, name: string, props: PlannedResource["props"], secretProps?: string[]): PlannedResource {
  return { type, urn: `urn:${name}`, name, props, ...(secretProps && { secretProps: new Set(secretProps) }) };
}

function verdictOf(id: string, resource: PlannedResource): Verdict {
  const requirement = CATALOGUE.find((one) => one.id === id);
  assert.ok(requirement);
  const facts = factsOfAnyProvider([resource], { wishedAddresses: [] });
  return requirement.check(facts[requirement.topic], FLOORS.prod);
}

describe("a state, which does not tell the order of a replacement", () => {
  const bucket = planned(GCP_TYPES.bucket, "exports", { name: "exports-x" });

  it("is no pass", () => {
    assert.equal(verdictOf("lifecycle/replacement-first", bucket).status, "unknown");
    const told = { ...bucket, deleteBeforeReplace: false };
    assert.equal(verdictOf("lifecycle/replacement-first", told).status, "pass");
  });
});

describe("a state, which tells what is secret", () => {
  const user = (secretProps?: string[]) =>
    verdictOf("users/password-secret", planned(GCP_TYPES.user, "user", { name: "app", password: CANARY }, secretProps));
  const output = (props: PlannedResource["props"], secretProps?: string[]) =>
    verdictOf("stack/no-secret-in-outputs", planned("pulumi:pulumi:Stack", "app-prod", props, secretProps));

  it("passes a password that is a secret, fails one that is not, and else does not know", () => {
    assert.equal(user(["password"]).status, "pass");
    assert.deepEqual(user([]), {
      status: "fail",
      message: "user: got a password as plain text, want a secret",
      findings: [{ where: "user", message: "got a password as plain text, want a secret" }],
    });
    assert.equal(user().status, "unknown");
  });

  for (const [title, props] of Object.entries({
    "a URL with a password": { url: `postgres://app:${CANARY}@db/app` },
    "a password by its name": { dbPassword: CANARY },
    "a key deep inside": { all: { list: [{ API_KEY: CANARY }] } },
  })) {
    it(`finds ${title} in an output, unless it is a secret`, () => {
      const [name = ""] = Object.keys(props);
      const told = output(props, []);
      assert.equal(told.status, "fail");
      assert.ok(JSON.stringify(told).includes(`app-prod: got a secret as plain text in the output ${name}`));
      assert.ok(!JSON.stringify(told).includes(CANARY));
      assert.equal(output(props, [name]).status, "pass");
      assert.equal(output(props).status, "unknown");
    });
  }

  it("has nothing to say of outputs without secrets", () => {
    assert.equal(output({ url: "postgres://app@db/app", passwordFile: "/run/x", port: 5432 }, []).status, "pass");
  });
});

describe("this project's stacks on DigitalOcean, by the rules for every provider", function () {
  this.timeout(60_000);

  for (const stack of ["split", "split-staging"]) {
    it(`${stack} breaks nothing that stops a deployment`, async () => {
      const file = parse(await readFile(join(ROOT, `Pulumi.${stack}.yaml`), "utf8")) as {
        config: Record<string, SpecOf<"digitalocean">>;
      };
      const spec = file.config["pgtopology:topology"];
      assert.equal(spec?.target, "digitalocean");
      const { resources } = await planOf(spec);
      const seen = resources.map((one) => ({ ...one, protect: one.options.protect }));
      const settings = { environment: spec.environment ?? "staging" };
      const judged = [...seen.map((one) => judgeResource(one, settings)), ...judgeWhole(seen, settings)];
      const own = judged
        .flatMap((one) => planFindings(one, settings, NOW))
        .filter(({ level, requirement }) => level === "mandatory" && OWN_TOPICS.includes(requirement.topic));
      assert.deepEqual(
        own.map(({ message }) => message),
        [],
      );
      const checked = judged.flatMap(({ judged: all }) => all).filter(({ verdict }) => verdict.status === "pass");
      for (const id of ["bucket/private", "bucket/removal-refused", "secrets/none-at-first-boot"]) {
        assert.ok(
          checked.some(({ requirement }) => requirement.id === id),
          id,
        );
      }
    });
  }
});
