// Plans as anybody could hand them over: whole, cut off, of another shape, of an engine that is not known. What real plans
// look like is in plans/, which was recorded.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, it } from "mocha";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { labelPlan } from "../../../preview/label-plan.ts";
import { SECRET } from "../../../preview/planned-step.ts";
import { PlanReader, readPlan } from "../../../preview/read-plan.ts";
import { UNKNOWN } from "../../../requirements/known.ts";

const PLANS = new URL("plans/", import.meta.url);
const URN = "urn:pulumi:prod::shop::aws:rds/instance:Instance::db";
const state = { type: "aws:rds/instance:Instance", urn: URN, inputs: { size: 1 }, outputs: {} };
const step = (fields: object = {}) => ({ op: "update", urn: URN, type: state.type, old: state, new: state, ...fields });
const event = (fields: object = {}) => JSON.stringify({ sequence: 1, resourcePreEvent: { metadata: step(fields) } });
const SUMMARY = JSON.stringify({ sequence: 2, summaryEvent: {} });
const log = (...lines: string[]) => [...lines, SUMMARY].join("\n");

/** Reads and labels; what is refused is an expected error with 3, and nothing else is ever thrown. */
function readOrRefuse(text: string): "read" | "refused" {
  try {
    labelPlan(readPlan(text, "plan.json").steps);
    return "read";
  } catch (error) {
    assert.ok(error instanceof PgtError, String(error));
    assert.equal(error.exitCode, EXIT.couldNotCheck);
    assert.match(error.message, /^plan\.json /);
    return "refused";
  }
}

/** Deeper than any program's stack. */
const DEEP = event({ new: { inputs: 0 } }).replace(
  '"inputs":0',
  `"inputs":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
);

describe("readPlan", () => {
  it("reads a log of events, and a saved preview, to the same steps", () => {
    const saved = { steps: [{ op: "update", urn: URN, oldState: state, newState: { ...state, inputs: { size: 2 } } }] };
    const [ofLog] = readPlan(log(event({ new: { ...state, inputs: { size: 2 } } })), "p").steps;
    const [ofSaved] = readPlan(JSON.stringify(saved), "p").steps;
    assert.deepEqual(ofSaved, ofLog);
    assert.deepEqual([ofLog?.operation, ofLog?.name, ofLog?.next?.inputs], ["update", "db", { size: 2 }]);
  });

  it("makes one replacement of its halves", () => {
    const halves = ["create-replacement", "replace", "delete-replaced"].map((op) => event({ op, keys: ["size"] }));
    const { steps } = readPlan(log(...halves), "p");
    assert.deepEqual(
      steps.map(({ operation, replacing }) => [operation, replacing]),
      [["replace", ["size"]]],
    );
  });

  it("knows what is secret and what is not known yet, whatever stands there", () => {
    const inputs = {
      a: "[secret]",
      b: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" },
      c: ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
    };
    const [read] = readPlan(log(event({ new: { ...state, inputs } })), "p").steps;
    assert.deepEqual(read?.next?.inputs, { a: SECRET, b: SECRET, c: [UNKNOWN] });
  });

  it("leaves out what only looks", () => {
    assert.deepEqual(readPlan(log(event({ op: "refresh" }), event({ op: "read" })), "p").steps, []);
  });

  it("tells what the engine says is wrong", () => {
    const diagnostic = JSON.stringify({ diagnosticEvent: { severity: "error", message: "no such project\n" } });
    assert.deepEqual(readPlan(log(diagnostic), "p").problems, ["no such project"]);
    const saved = { steps: [], diagnostics: [{ severity: "error", message: "no such project" }] };
    assert.deepEqual(readPlan(JSON.stringify(saved), "p").problems, ["no such project"]);
  });

  for (const [what, text, got] of [
    ["nothing", "", "nothing"],
    ["a log without its end", event(), "cut off"],
    ["half a line", `${event()}\n${SUMMARY.slice(0, 10)}`, "line 2 is no JSON"],
    ["an exported state", '{"version":3,"deployment":{}}', "exported state"],
    ["an event that is not known", log('{"futureEvent":{}}'), "futureEvent"],
    ["an operation that is not known", log(event({ op: "teleport" })), '"teleport"'],
    ["a step without an URN", log(event({ urn: 7 })), "urn"],
    ["a saved preview of another shape", '{"steps":7}', "steps"],
    ["a saved preview with an operation that is not known", `{"steps":[{"op":"x","urn":"${URN}"}]}`, '"x"'],
    ["a list", "[]", "cut off"],
    ["a word", "hello", "line 1 is no JSON"],
    ["values in values without an end", log(DEEP), "nested too deep"],
  ] as const) {
    it(`refuses ${what} with 3`, () => {
      assert.throws(
        () => readPlan(text, "plan.json"),
        (error) => error instanceof PgtError && error.exitCode === EXIT.couldNotCheck && error.message.includes(got),
      );
    });
  }

  it("refuses a log that was cut anywhere before its end", () => {
    const whole = log(event(), event({ op: "create", urn: `${URN}2` }));
    for (let end = 0; end < whole.length - SUMMARY.length; end += 7) {
      assert.equal(readOrRefuse(whole.slice(0, end)), "refused", String(end));
    }
  });

  it("never fails in another way, whatever values are in it", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const anyStep = fc.record(
      {
        op: fc.oneof(
          fc.constantFrom("update", "create", "delete", "replace", "same", "create-replacement"),
          fc.string(),
        ),
        urn: fc.oneof(fc.constant(URN), fc.constant(`${URN}::odd`), fc.constant("urn:pulumi:"), value),
        type: fc.oneof(
          fc.constantFrom(
            "gcp:sql/databaseInstance:DatabaseInstance",
            "docker:index/container:Container",
            "digitalocean:index/databaseCluster:DatabaseCluster",
            "a",
          ),
          value,
        ),
        old: fc.oneof(fc.record({ inputs: value, outputs: value, protect: value }, { requiredKeys: [] }), value),
        new: fc.oneof(fc.record({ inputs: value, outputs: value, protect: value }, { requiredKeys: [] }), value),
        keys: value,
        diffs: value,
        detailedDiff: value,
      },
      { requiredKeys: ["op", "urn"] },
    );
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 3 }), fc.boolean(), (steps, isLog) => {
        const lines = steps.map((metadata) => JSON.stringify({ resourcePreEvent: { metadata } }));
        const saved = steps.map(({ old, new: next, ...rest }) => ({ ...rest, oldState: old, newState: next }));
        readOrRefuse(isLog ? log(...lines) : JSON.stringify({ steps: saved }));
      }),
      { numRuns: 500 },
    );
  });

  it("never fails in another way on an instance with odd properties", () => {
    const keys = [
      "settings",
      "tier",
      "ipConfiguration",
      "databaseFlags",
      "uploads",
      "ports",
      "envs",
      "region",
      "nodeCount",
    ];
    const odd = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.dictionary(fc.constantFrom(...keys), tie("value")),
        fc.array(tie("value"), { maxLength: 3 }),
      ),
    })).value;
    const types = [
      "gcp:sql/databaseInstance:DatabaseInstance",
      "docker:index/container:Container",
      "digitalocean:index/databaseCluster:DatabaseCluster",
      "digitalocean:index/droplet:Droplet",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...types), odd, odd, (type, one, other) => {
        const [old, next] = [one, other].map((settings) => ({
          ...state,
          type,
          inputs: { settings, ...Object.fromEntries(Object.entries(settings ?? {})) },
        }));
        readOrRefuse(log(event({ type, urn: `urn:pulumi:p::p::${type}::x`, old, new: next })));
      }),
      { numRuns: 500 },
    );
  });

  it("never fails in another way on a recorded plan that was cut, or in which a character changed", () => {
    const [name = ""] = readdirSync(PLANS).filter((file) => file.endsWith(".jsonl"));
    const text = readFileSync(new URL(name, PLANS), "utf8");
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("", "x", "{", '"', "7", "null"), (at, put) => {
        readOrRefuse(text.slice(0, at));
        readOrRefuse(text.slice(0, at) + put + text.slice(at + 1));
      }),
      { numRuns: 60 },
    );
  });
});

describe("PlanReader", () => {
  it("takes an engine at its word that it has finished", () => {
    assert.throws(() => new PlanReader("the engine").finish(), PgtError);
    assert.deepEqual(new PlanReader("the engine").finish(true), { steps: [], problems: [] });
  });
});
