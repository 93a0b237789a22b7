// That the table is complete, and that asking for what a target lacks is refused. It does not prove that a target does
// what the table says it has: the contract and the components' own tests do.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { z } from "zod";
import { capabilitiesOf } from "../../../topology/all-capabilities.ts";
import { capabilityIssues, FEATURES, ON_EVERY_TARGET } from "../../../topology/capabilities.ts";
import type { Ask } from "../../../topology/capabilities/feature.ts";
import { issueText } from "../../../topology/issue.ts";
import { topologySpec, type TopologySpec } from "../../../topology/spec.ts";
import { wishFor } from "../../support/feature-wishes.ts";

const TARGETS = topologySpec.shape.target.options;

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
}

/** Every field of the spec that holds a value, with `*` for names that the user chooses. */
function leaves(schema: JsonSchema, path = ""): Map<string, JsonSchema> {
  const below = Object.entries(schema.properties ?? {});
  if (typeof schema.additionalProperties === "object") below.push(["*", schema.additionalProperties]);
  if (below.length === 0) return new Map([[path, schema]]);
  return new Map(below.flatMap(([key, inner]) => [...leaves(inner, path === "" ? key : `${path}.${key}`)]));
}

const FIELDS = leaves(z.toJSONSchema(topologySpec) as JsonSchema);

function isAtOrBelow(field: string, claimed: string): boolean {
  return field === claimed || field.startsWith(`${claimed}.`);
}

const ASKS: readonly Ask[] = FEATURES.flatMap(({ asks }) => asks);

describe("the table of capabilities", () => {
  it("has every field of the spec exactly once: in a feature, or among those that every target has", () => {
    assert.ok(FIELDS.size > 80, `${FIELDS.size} fields`);
    for (const [field, schema] of FIELDS) {
      const everywhere = ON_EVERY_TARGET.filter((claimed) => isAtOrBelow(field, claimed));
      const asks = ASKS.filter((ask) => isAtOrBelow(field, ask.field));
      const whole = asks.filter(({ values }) => values === undefined);
      const byValue = asks.flatMap(({ values }) => values ?? []);
      assert.equal(everywhere.length + whole.length + Math.min(1, byValue.length), 1, field);
      if (byValue.length > 0) {
        const allowed = schema.enum ?? schema.anyOf?.map((option) => option.const);
        assert.deepEqual([...byValue].sort(), [...(allowed ?? [])].sort(), field);
      }
    }
  });

  it("names no field that the spec does not have", () => {
    for (const claimed of [...ON_EVERY_TARGET, ...ASKS.map(({ field }) => field)]) {
      assert.ok(
        [...FIELDS.keys()].some((field) => isAtOrBelow(field, claimed)),
        claimed,
      );
    }
  });

  it("has an id of its own for each feature, and a word for each target", () => {
    assert.equal(new Set(FEATURES.map(({ id }) => id)).size, FEATURES.length);
    for (const { id, on } of FEATURES) assert.deepEqual(Object.keys(on).sort(), [...TARGETS].sort(), id);
  });
});

describe("capabilityIssues", () => {
  for (const target of TARGETS) {
    it(`refuses on ${target} each feature that it lacks, once and with the reason, and nothing else`, () => {
      let refused = 0;
      for (const { id, asks, on } of FEATURES) {
        for (const ask of asks) {
          const issues = capabilityIssues(wishFor(target, ask));
          const support = on[target];
          if (support.support !== "unsupported") {
            assert.deepEqual(issues, [], id);
            continue;
          }
          refused += 1;
          assert.equal(issues.length, 1, `${id}: ${issues.map(issueText).join("\n")}`);
          assert.equal(issues[0]?.because, support.reason);
          assert.equal(issues[0].where, ask.field.replace("*", "a"));
        }
      }
      assert.ok(refused > 5, `${refused} refused on ${target}`);
    });
  }

  it("names every place of a feature in one issue", () => {
    const spec: TopologySpec = {
      target: "docker",
      replicas: { a: { region: "europe-west1" }, b: {}, c: { region: "europe-west4" } },
    };
    assert.deepEqual(capabilityIssues(spec).map(issueText), [
      `replicas.a.region, replicas.c.region
    got: europe-west1, europe-west4
    want: nothing that the target docker lacks: region of a replica
    because: everything runs on this machine's Docker engine
    fix: remove replicas.a.region, replicas.c.region`,
    ]);
  });

  it("says what to write instead", () => {
    assert.deepEqual(capabilityIssues({ target: "gcp", pooling: { kind: "container" } }).map(issueText), [
      `pooling.kind
    got: container
    want: nothing that the target gcp lacks: PgBouncer beside the servers
    because: beside a Cloud SQL instance there is no place for a container
    fix: use managed or sidecar`,
    ]);
    assert.match(
      capabilityIssues({ target: "docker", version: 16 }).map(issueText).join(),
      /got: 16\n.*\n {4}because: the image carries PostgreSQL 17 only\n {4}fix: set version to 17$/,
    );
  });

  it("refuses what would lock everybody out", () => {
    assert.deepEqual(capabilityIssues({ target: "gcp", access: { clientCertificates: true } }).map(issueText), [
      `access.clientCertificates
    got: true
    want: nothing that the target gcp lacks: certificates of clients
    because: not built: nobody makes certificates for the service and for \`pgt verify\`: servers would refuse both
    fix: remove access.clientCertificates`,
    ]);
  });

  it("says what to write beside", () => {
    assert.match(
      capabilityIssues({ target: "docker", size: { tier: "db-f1-micro" } })
        .map(issueText)
        .join(),
      /fix: remove size\.tier, and set size\.cpus and size\.memoryGiB$/,
    );
  });

  it("takes false, 0 and an empty map for not asking", () => {
    const spec: TopologySpec = {
      target: "docker",
      highAvailability: false,
      replicas: { a: { delaySeconds: 0 } },
      access: { clientCertificates: false, network: {} },
      maintenance: {},
      protection: { deletion: false },
    };
    assert.deepEqual(capabilityIssues(spec), []);
  });
});

describe("capabilitiesOf", () => {
  it("holds the asked targets only, and the ways to the primary with gcp", () => {
    const docker = capabilitiesOf(["docker"]);
    assert.equal("poolingAccess" in docker, false);
    assert.ok(docker.features.every(({ on }) => Object.keys(on).join() === "docker"));
    assert.equal(capabilitiesOf(["docker", "gcp"]).poolingAccess?.length, 12);
  });
});
