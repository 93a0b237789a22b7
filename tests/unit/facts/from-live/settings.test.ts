// Does not prove that pg_settings is read rightly: rows are made up here.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { sameSetting } from "../../../../facts/from-live/same-setting.ts";
import { differences } from "../../../../facts/from-live/settings.ts";

describe("a setting", () => {
  const same: readonly (readonly [string, string, string | null, string])[] = [
    ["on", "on", null, "bool"],
    ["true", "on", null, "bool"],
    ["1min", "60", "s", "integer"],
    ["60s", "60", "s", "integer"],
    ["60", "60", "s", "integer"],
    ["10min", "600000", "ms", "integer"],
    ["1GB", "131072", "8kB", "integer"],
    ["64MB", "64", "MB", "integer"],
    ["-1", "-1", "kB", "integer"],
    ["100", "100", null, "integer"],
    ["1.1", "1.1", null, "real"],
    ["Replica", "replica", null, "enum"],
    ["true", "on", null, "enum"],
    ["pg_stat_statements,auto_explain", "pg_stat_statements, auto_explain", null, "string"],
    ["UTC", "UTC", null, "string"],
  ];
  for (const [wanted, value, unit, vartype] of same) {
    it(`that was asked as ${wanted} is ${value} in ${unit ?? "no unit"}`, () => {
      assert.ok(sameSetting(wanted, { value, unit, vartype }));
    });
  }

  it("is another when the amount, the word or the list is", () => {
    assert.ok(!sameSetting("1min", { value: "61", unit: "s", vartype: "integer" }));
    assert.ok(!sameSetting("1GB", { value: "131071", unit: "8kB", vartype: "integer" }));
    assert.ok(!sameSetting("on", { value: "off", unit: null, vartype: "bool" }));
    assert.ok(!sameSetting("replica", { value: "logical", unit: null, vartype: "enum" }));
    assert.ok(!sameSetting("a,b", { value: "b,a", unit: null, vartype: "string" }));
    assert.ok(!sameSetting("nonsense", { value: "1", unit: "s", vartype: "integer" }));
  });
});

describe("what a server has otherwise than asked", () => {
  const row = { unit: null, vartype: "integer", sourceFile: null, pendingRestart: false };
  const connections = { ...row, name: "max_connections", value: "100", shown: "100" };

  it("is nothing when all is as asked", () => {
    assert.deepEqual(differences("primary", [connections], { max_connections: "100" }), []);
  });

  it("is named with where, what was asked and what there is", () => {
    assert.deepEqual(differences("primary", [connections], { max_connections: "90", shared_bufers: "1GB" }), [
      { where: "primary", name: "max_connections", want: "90", got: "100" },
      { where: "primary", name: "shared_bufers", want: "1GB", got: "nothing: the server does not know it" },
    ]);
  });

  it("is also what somebody set by ALTER SYSTEM, unless another requirement answers for it", () => {
    const auto = { ...row, sourceFile: "/data/pgdata/postgresql.auto.conf", value: "1", shown: "1" };
    const rows = ["work_mem", "archive_command", "primary_conninfo"].map((name) => ({ ...auto, name }));
    assert.deepEqual(differences("replica-a", rows, {}), [
      { where: "replica-a", name: "work_mem", want: "nothing set by ALTER SYSTEM", got: "1" },
    ]);
  });
});
