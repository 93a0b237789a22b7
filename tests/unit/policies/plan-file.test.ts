// Files of the engine, judged without it. The preview was written by the engine (`pulumi preview --json`, CLI 3.259.0, the
// program's own paths taken out), so that its way to write secrets and unknown values is the real one.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { CONTAINER_TYPE } from "../../../facts/from-plan/docker-container.ts";
import { readPlanFile } from "../../../facts/from-plan/read-plan-file.ts";
import { PgtError } from "../../../kernel/errors.ts";
import { judgePlanFile, planFileExitCode } from "../../../policies/plan-file-report.ts";
import { planFileText } from "../../../policies/plan-file-text.ts";
import { UNKNOWN } from "../../../requirements/known.ts";
import { secret } from "./policy-rpc.ts";

const NOW = new Date("2026-11-21T00:00:00Z");
const PREVIEW = await readFile(join(import.meta.dirname, "files/preview.json"), "utf8");
const MARKER = "marker-7c1e";
const URN = `urn:pulumi:s::p::${CONTAINER_TYPE}::db`;

const state = (inputs: object, more: object = {}) =>
  JSON.stringify({
    version: 3,
    deployment: {
      resources: [{ urn: URN, type: CONTAINER_TYPE, custom: true, inputs: { name: "db", ...inputs }, ...more }],
    },
  });
const failed = (text: string) => judgePlanFile(text, "file", {}, NOW).findings.map(({ id }) => id);

describe("a saved preview", () => {
  it("is read with what it does not know, what it hides, and what the resource was told beside its properties", () => {
    const resources = readPlanFile(PREVIEW, "preview.json");
    assert.deepEqual(
      resources.map(({ name, protect }) => [name, protect]),
      [
        ["pgt-test-provider-test", false],
        ["v", true],
        ["network", false],
        ["c", false],
      ],
    );
    const container = resources.find(({ name }) => name === "c");
    assert.ok(container);
    assert.deepEqual(container.props.envs, [UNKNOWN, UNKNOWN]);
    assert.deepEqual(container.props.networksAdvanced, [{ name: UNKNOWN }]);
    assert.deepEqual([container.ignoreChanges, container.timeouts?.create], [["labels"], 300]);
    assert.equal(container.dependencies?.volumes?.[0]?.type, "docker:index/volume:Volume");
  });

  it("is judged as a deployment would be, and what it cannot tell is counted, and no pass", () => {
    const report = judgePlanFile(PREVIEW, "preview.json", {}, NOW);
    assert.equal(planFileExitCode(report), 1);
    assert.ok(report.findings.some(({ id, level }) => id === "containers/health-check" && level === "mandatory"));
    assert.ok(report.notYetKnown.includes("containers/no-secret-in-environment (secretVariables of c)"));
    assert.equal(report.counts.unknown, report.notYetKnown.length);
    const text = planFileText(report);
    assert.match(text, /^level +requirement +what was seen\n/);
    assert.match(text, /\nmandatory +containers\/health-check +c: got no health check, want one\n/);
    assert.match(text, /\npreview\.json: \d+ mandatory and \d+ advisory findings; .*; 4 resources$/);
  });

  it("has the last state of what is replaced, and nothing of what is removed", () => {
    const step = (op: string, privileged: boolean) => ({
      op,
      urn: URN,
      newState: { urn: URN, type: CONTAINER_TYPE, custom: true, inputs: { name: "db", privileged } },
    });
    const steps = (...all: object[]) => JSON.stringify({ steps: all });
    const replaced = steps(step("create-replacement", true), step("replace", false), step("delete-replaced", true));
    assert.ok(!failed(replaced).includes("containers/not-privileged"));
    assert.deepEqual(failed(steps(step("delete", true))), []);
  });
});

describe("an exported state", () => {
  it("is judged, with secrets that nobody shows", () => {
    const shown = { ...secret(""), plaintext: JSON.stringify(`DB_PASSWORD=${MARKER}`) };
    const text = state({ envs: [shown], privileged: true });
    assert.ok(failed(text).includes("containers/no-secret-in-environment"));
    assert.ok(!JSON.stringify(judgePlanFile(text, "file", {}, NOW)).includes(MARKER));
  });

  it("with a secret that it keeps to itself, is not known there", () => {
    const hidden = { ...secret(""), ciphertext: "v1:…" };
    const report = judgePlanFile(state({ user: hidden }), "file", {}, NOW);
    assert.ok(report.notYetKnown.includes("containers/not-root (user of db)"));
    assert.ok(readPlanFile(state({ user: hidden }), "file")[0]?.secretProps?.has("user"));
  });

  it("has nothing to say of what is on its way out", () => {
    assert.deepEqual(failed(state({ privileged: true }, { delete: true })), []);
  });
});

describe("a file that is neither", () => {
  const refused = (text: string) => {
    try {
      readPlanFile(text, "some.json");
    } catch (error) {
      return error instanceof PgtError ? [error.exitCode, error.message] : error;
    }
    return "read";
  };

  it("is refused with what to do, and judged in no part", () => {
    for (const text of ["", "{", "[]", "null", '{"steps":[{}]}', '{"deployment":{"resources":[{"urn":1}]}}', "{}"]) {
      const [code, message] = refused(text) as [number, string];
      assert.equal(code, 3, text);
      assert.match(message, /^some\.json is no exported state and no saved preview: /);
    }
    assert.deepEqual((refused(PREVIEW.slice(0, -200)) as [number, string])[0], 3);
  });

  it("never throws anything else, whatever JSON it is", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const result = refused(text);
        assert.ok(result === "read" || Array.isArray(result));
      }),
    );
  });
});
