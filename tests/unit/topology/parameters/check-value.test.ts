// What PostgreSQL 17 takes and refuses was checked against its server; tests/integration/image does it again. Does not
// prove that a server starts with a value: that also depends on the machine and on the other parameters.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type ValueProblem, valueProblem } from "../../../../topology/parameters/check-value.ts";
import { MAJORS, settingOf } from "../../../../topology/parameters/server-settings.ts";
import { REFUSED, TAKEN } from "./value-cases.ts";

describe("valueProblem", () => {
  for (const [name, text] of TAKEN) {
    it(`finds nothing in ${name} = ${JSON.stringify(text)}`, () => {
      assert.equal(valueProblem(17, name, text), undefined);
    });
  }
  for (const [name, text] of REFUSED) {
    it(`refuses ${name} = ${JSON.stringify(text)}`, () => {
      assert.equal(valueProblem(17, name, text)?.got, text);
    });
  }

  it("takes numbers and booleans as YAML has them", () => {
    assert.equal(valueProblem(17, "work_mem", 4096), undefined);
    assert.equal(valueProblem(17, "jit", false), undefined);
    assert.equal(valueProblem(17, "work_mem", true)?.got, "on");
    assert.equal(valueProblem(17, "random_page_cost", 1.1), undefined);
  });

  it("leaves extensions alone whose parameters it does not know", () => {
    assert.equal(valueProblem(17, "pg_trgm.similarity_threshold", "0.4"), undefined);
    assert.equal(valueProblem(17, "app.tenant", "anything"), undefined);
  });

  it("takes both ends of every range and nothing beyond them", () => {
    const numbers = MAJORS.flatMap((major) =>
      ["work_mem", "max_connections", "checkpoint_timeout", "log_temp_files", "geqo_selection_bias"].map(
        (name) => [major, name] as const,
      ),
    );
    for (const [major, name] of numbers) {
      const { min, max } = settingOf(major, name) ?? {};
      assert.ok(min !== undefined && max !== undefined);
      for (const edge of [min, max]) assert.equal(valueProblem(major, name, edge), undefined, `${name} = ${edge}`);
      for (const beyond of [min - 1, max + 1]) {
        assert.notEqual(valueProblem(major, name, beyond), undefined, `${name} = ${beyond}`);
      }
    }
  });

  it("never throws, whatever is written", () => {
    const names = fc.oneof(fc.string(), fc.constantFrom("work_mem", "jit", "wal_level", "timezone", "geqo_seed"));
    fc.assert(
      fc.property(fc.constantFrom(...MAJORS), names, fc.string(), (major, name, text) => {
        const problem = valueProblem(major, name, text);
        assert.ok(problem === undefined || (problem.got === text && problem.want !== "" && problem.fix !== ""));
      }),
    );
  });
});

const TEXTS: readonly (readonly [name: string, text: string, problem: ValueProblem])[] = [
  [
    "work_mem",
    "50kB",
    {
      got: "50kB",
      want: "a whole number from 64 to 2147483647, in kB or with a unit of its own",
      because: "it is 50 in kB",
      fix: "the nearest value is 64",
    },
  ],
  [
    "shared_buffers",
    "64kB",
    {
      got: "64kB",
      want: "a whole number from 16 to 1073741823, in 8kB or with a unit of its own",
      because: "it is 8 in 8kB",
      fix: "the nearest value is 16",
    },
  ],
  [
    "max_connections",
    "300000",
    { got: "300000", want: "a whole number from 1 to 262143", fix: "the nearest value is 262143" },
  ],
  [
    "max_connections",
    "100MB",
    { got: "100MB", want: "a whole number from 1 to 262143", fix: "write a number without a unit" },
  ],
  ["geqo_seed", "much", { got: "much", want: "a number from 0 to 1", fix: "write a number without a unit" }],
  ["geqo_seed", "0,5", { got: "0,5", want: "a number from 0 to 1", fix: "write a number" }],
  [
    "work_mem",
    "4mb",
    {
      got: "4mb",
      want: "a whole number from 64 to 2147483647, in kB or with a unit of its own",
      because: "units are case-sensitive",
      fix: "write MB",
    },
  ],
  [
    "statement_timeout",
    "1w",
    {
      got: "1w",
      want: "a whole number from 0 to 2147483647, in ms or with a unit of its own",
      fix: "the units are d, h, min, s, ms, us",
    },
  ],
  ["jit", "enabled", { got: "enabled", want: "on or off", fix: "write on or off" }],
  ["wal_level", "logic", { got: "logic", want: "one of minimal, replica, logical", fix: "did you mean logical?" }],
  ["wal_level", "all", { got: "all", want: "one of minimal, replica, logical", fix: "write one of these words" }],
  ["shared_bufers", "1GB", { got: "1GB", want: "a parameter of PostgreSQL 17", fix: "did you mean shared_buffers?" }],
  ["no_such_thing_here", "1", { got: "1", want: "a parameter of PostgreSQL 17", fix: "see the names in pg_settings" }],
  [
    "io_method",
    "worker",
    { got: "worker", want: "a parameter of PostgreSQL 17", because: "only PostgreSQL 18 has it", fix: "remove it" },
  ],
  [
    "old_snapshot_threshold",
    "1min",
    { got: "1min", want: "a parameter of PostgreSQL 17", because: "only PostgreSQL 15, 16 has it", fix: "remove it" },
  ],
  [
    "auto_explain.log_analyse",
    "on",
    { got: "on", want: "a parameter of auto_explain", fix: "did you mean auto_explain.log_analyze?" },
  ],
  [
    "a.b.c",
    "1",
    {
      got: "1",
      want: "the name of an extension's parameter, as in pg_trgm.similarity_threshold",
      fix: "see the names in pg_settings",
    },
  ],
  [
    "block_size",
    "8192",
    {
      got: "8192",
      want: "not to be set",
      because: "it is fixed when the server is built or the cluster is made",
      fix: "remove it",
    },
  ],
  [
    "transaction_isolation",
    "serializable",
    {
      got: "serializable",
      want: "not to be set",
      because: "it belongs to one transaction",
      fix: "set default_transaction_isolation",
    },
  ],
];

describe("a problem with a parameter", () => {
  for (const [name, text, problem] of TEXTS) {
    it(`says what is wrong with ${name} = ${text}`, () => {
      assert.deepEqual(valueProblem(17, name, text), problem);
    });
  }
});
