// Does not prove that the API agrees: it was never asked. The lists are the vendor's page, as far as it could be read.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  CLOUD_SQL_FLAGS_PROVENANCE,
  RELOADED_FLAGS,
  RESTARTING_FLAGS,
} from "../../../../topology/parameters/cloud-sql-flag-names.ts";
import {
  cloudSqlFlagProblem,
  cloudSqlFlagText,
  cloudSqlStanding,
  cloudSqlValueProblem,
  labelOfCloudSqlFlag,
} from "../../../../topology/parameters/cloud-sql-flags.ts";
import { MAJORS, settingOf } from "../../../../topology/parameters/server-settings.ts";

const FLAGS = [...RESTARTING_FLAGS, ...RELOADED_FLAGS];

describe("the flags of Cloud SQL", () => {
  it("say where they should stand, that they were not read there, and when they were read", () => {
    assert.match(CLOUD_SQL_FLAGS_PROVENANCE.source, /^https:/);
    assert.equal(CLOUD_SQL_FLAGS_PROVENANCE.confirmed, false);
    assert.match(CLOUD_SQL_FLAGS_PROVENANCE.why, /^read on \d{4}-\d\d-\d\d from a table/);
  });

  it("are parameters of a supported major, or have an extension's name, and stand in one list only", () => {
    assert.equal(new Set(FLAGS).size, FLAGS.length);
    for (const name of FLAGS) {
      assert.equal(name, name.toLowerCase());
      assert.ok(name.includes(".") || MAJORS.some((major) => settingOf(major, name) !== undefined), name);
    }
  });

  it("restart the instance where PostgreSQL itself has to restart", () => {
    const restarting = [...RELOADED_FLAGS].filter((name) => settingOf(17, name)?.context === "postmaster");
    assert.deepEqual(restarting, []);
  });
});

describe("whether a user of Cloud SQL may set a flag", () => {
  it("is known of the listed ones and of those that another flag sets", () => {
    assert.equal(cloudSqlStanding("max_connections"), "settable");
    assert.equal(cloudSqlStanding("TimeZone"), "settable");
    assert.equal(cloudSqlStanding("cloudsql.iam_authentication"), "settable");
    assert.equal(cloudSqlStanding("wal_level"), "refused");
    assert.equal(cloudSqlFlagProblem("wal_level"), "Cloud SQL sets it by the flag cloudsql.logical_decoding");
    assert.equal(
      cloudSqlFlagProblem("shared_preload_libraries"),
      "Cloud SQL sets it by the cloudsql.enable_… flags of the extensions",
    );
  });

  it("is known of what belongs to the platform, unless it is listed", () => {
    for (const name of ["fsync", "LISTEN_ADDRESSES", "ssl", "archive_mode", "data_directory"]) {
      assert.equal(cloudSqlStanding(name), "refused", name);
      assert.match(cloudSqlFlagProblem(name) ?? "", /Cloud SQL's own; it lists no such flag$/);
    }
    assert.equal(cloudSqlFlagProblem("ssl_min_protocol_version"), undefined);
  });

  it("is unknown, and not refused, of all others", () => {
    for (const name of ["statement_timeout", "jit", "cloudsql.no_such_flag", "toString"]) {
      assert.equal(cloudSqlStanding(name), "unknown", name);
      assert.equal(cloudSqlFlagProblem(name), undefined, name);
    }
  });
});

describe("a flag's value", () => {
  const good: readonly (readonly [string, string | number | boolean])[] = [
    ["max_connections", 14],
    ["maintenance_work_mem", "1MB"],
    ["max_slot_wal_keep_size", "100GB"],
    ["temp_file_limit", "1GB"],
    ["huge_pages", "try"],
    ["work_mem", "64kB"],
    ["cloudsql.iam_authentication", true],
    ["cloudsql.max_failed_attempts_user", "5"],
    ["cloudsql.pg_authid_select_role", "anyone"],
  ];
  for (const [name, value] of good) {
    it(`is fine as ${name} = ${String(value)}`, () => {
      assert.equal(cloudSqlValueProblem(17, name, value), undefined);
    });
  }

  const because = "Cloud SQL takes less than PostgreSQL does";
  it("is refused by Cloud SQL's own range, in the parameter's unit", () => {
    assert.deepEqual(cloudSqlValueProblem(17, "max_connections", 13), {
      got: "13",
      want: "at least 14",
      because,
      fix: "the nearest value is 14",
    });
    assert.deepEqual(cloudSqlValueProblem(17, "max_slot_wal_keep_size", "4GB"), {
      got: "4GB",
      want: "from 102400 to 10485760",
      because,
      fix: "the nearest value is 102400",
    });
    assert.deepEqual(cloudSqlValueProblem(17, "track_activity_query_size", "200kB"), {
      got: "200kB",
      want: "from 100 to 102400",
      because,
      fix: "the nearest value is 102400",
    });
    assert.equal(cloudSqlValueProblem(17, "cloudsql.max_failed_attempts_user", "10001")?.want, "from 0 to 10000");
  });

  it("is refused by PostgreSQL's own rules first", () => {
    assert.equal(cloudSqlValueProblem(17, "max_connections", "many")?.want, "a whole number from 1 to 262143");
    assert.equal(cloudSqlValueProblem(17, "io_method", "worker")?.because, "only PostgreSQL 18 has it");
  });

  it("is a word that Cloud SQL lists", () => {
    assert.equal(cloudSqlValueProblem(17, "huge_pages", "on")?.want, "try or off");
    assert.equal(cloudSqlValueProblem(17, "cloudsql.enable_pgaudit", "yes")?.want, "on or off");
  });

  it("reaches the API as a bare number in the parameter's unit, and as on or off", () => {
    assert.equal(cloudSqlFlagText(17, "shared_buffers", "256MB"), "32768");
    assert.equal(cloudSqlFlagText(17, "idle_in_transaction_session_timeout", "10min"), "600000");
    assert.equal(cloudSqlFlagText(17, "log_min_duration_statement", "1s"), "1000");
    assert.equal(cloudSqlFlagText(17, "autovacuum_vacuum_cost_delay", "2500us"), "2.5");
    assert.equal(cloudSqlFlagText(17, "log_connections", "tru"), "on");
    assert.equal(cloudSqlFlagText(17, "cloudsql.iam_authentication", true), "on");
    assert.equal(cloudSqlFlagText(17, "log_statement", "ddl"), "ddl");
    assert.equal(cloudSqlFlagText(17, "timezone", "UTC"), "UTC");
  });
});

describe("the change of a flag", () => {
  it("restarts the instance where the vendor says so, even if PostgreSQL would not", () => {
    assert.equal(labelOfCloudSqlFlag(17, "max_connections"), "restart");
    assert.equal(labelOfCloudSqlFlag(17, "timezone"), "restart");
    assert.equal(labelOfCloudSqlFlag(18, "autovacuum_max_workers"), "restart");
    assert.equal(labelOfCloudSqlFlag(17, "cloudsql.logical_decoding"), "restart");
    assert.equal(labelOfCloudSqlFlag(17, "cloudsql.iam_authentication"), "reload");
    assert.equal(labelOfCloudSqlFlag(17, "work_mem"), "reload");
  });

  it("costs what it costs PostgreSQL where the vendor says nothing", () => {
    assert.equal(labelOfCloudSqlFlag(17, "max_files_per_process"), "restart");
    assert.equal(labelOfCloudSqlFlag(17, "statement_timeout"), "reload");
    assert.equal(labelOfCloudSqlFlag(17, "some.thing"), undefined);
  });
});
