// The table of a cluster's parameters against the provider's SDK and PostgreSQL's own. That the platform takes what the
// provider sends is not proven.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "mocha";
import {
  CLUSTER_PARAMETERS,
  clusterParameter,
  refusedClusterParameter,
} from "../../../../topology/parameters/digitalocean-parameters.ts";
import {
  clusterArgument,
  clusterValueProblem,
  isDroppedByProvider,
} from "../../../../topology/parameters/digitalocean-values.ts";
import { settingOf } from "../../../../topology/parameters/server-settings.ts";

/** Extensions of which the servers have none that the tables of parameters are read from, and one of the platform's own. */
const NOT_POSTGRESQL = ["pg_partman_bgw.interval", "pg_partman_bgw.role", "shared_buffers_percentage"];
/** What of the resource is no parameter of ours, each for the reason that the table states. */
const LEFT_OUT = ["backupHour", "backupMinute", "clusterId", "pgbouncers", "timescaledbs"];

function sdkProperties(): string[] {
  const file = createRequire(import.meta.url).resolve("@pulumi/digitalocean/databasePostgresqlConfig.d.ts");
  const [, args = ""] = readFileSync(file, "utf8").split("export interface DatabasePostgresqlConfigArgs");
  return [...args.matchAll(/^ {4}(\w+)\??: /gm)].map(([, name = ""]) => name);
}

describe("the parameters of a cluster on DigitalOcean", () => {
  it("are those that the provider's SDK has, but for what is left out", () => {
    const properties = Object.keys(CLUSTER_PARAMETERS).map(
      (name) => clusterArgument(17, name, "1")?.property ?? sample(name),
    );
    assert.deepEqual([...properties, ...LEFT_OUT].sort(), sdkProperties().sort());
  });

  function sample(name: string): string | undefined {
    return clusterArgument(17, name, clusterParameter(name)?.words?.[0] ?? "on")?.property;
  }

  it("are PostgreSQL's, with its words, but for a few", () => {
    for (const [name, { type, words }] of Object.entries(CLUSTER_PARAMETERS)) {
      const setting = settingOf(17, name);
      if (NOT_POSTGRESQL.includes(name)) {
        assert.equal(setting, undefined, name);
        continue;
      }
      assert.ok(setting, name);
      if (type === "boolean" || type === "switch") assert.equal(setting.type, "bool", name);
      if (setting.type === "enum") {
        assert.deepEqual(
          words?.filter((word) => !setting.values?.includes(word.toLowerCase())),
          [],
          name,
        );
      }
    }
  });

  it("are sent in the platform's units, whatever unit they are written in", () => {
    const cases: readonly (readonly [string, string, string, number | string | boolean])[] = [
      ["work_mem", "8MB", "workMem", 8],
      ["work_mem", "4096", "workMem", 4],
      ["bgwriter_flush_after", "64", "bgwriterFlushAfter", 512],
      ["max_stack_depth", "2MB", "maxStackDepth", 2_097_152],
      ["idle_in_transaction_session_timeout", "10min", "idleInTransactionSessionTimeout", 600_000],
      ["autovacuum_naptime", "1min", "autovacuumNaptime", 60],
      ["autovacuum_vacuum_scale_factor", "0.05", "autovacuumVacuumScaleFactor", 0.05],
      ["jit", "off", "jit", false],
      ["track_io_timing", "true", "trackIoTiming", "on"],
      ["log_error_verbosity", "verbose", "logErrorVerbosity", "VERBOSE"],
      ["pg_stat_statements.track", "all", "pgStatStatementsTrack", "all"],
      ["TimeZone", "Europe/Berlin", "timezone", "Europe/Berlin"],
      ["shared_buffers_percentage", "41.5", "sharedBuffersPercentage", 41.5],
    ];
    for (const [name, text, property, value] of cases) {
      assert.deepEqual(clusterArgument(17, name, text), { property, value }, name);
    }
    assert.equal(clusterArgument(17, "max_connections", "100"), undefined);
    assert.equal(clusterArgument(17, "work_mem", "much"), undefined);
  });

  it("are refused beyond the platform's ends, in PostgreSQL's units", () => {
    assert.equal(clusterValueProblem(17, "work_mem", "1GB"), undefined);
    assert.deepEqual(clusterValueProblem(17, "work_mem", "2GB"), {
      got: "2GB",
      want: "from 1024 to 1048576, in kB or with a unit of its own",
      because: "the platform takes less than PostgreSQL does",
      fix: "the nearest value is 1048576",
    });
    assert.deepEqual(clusterValueProblem(17, "work_mem", 5000), {
      got: "5000",
      want: "a multiple of 1024",
      because: "the platform takes no fractions",
      fix: "use 5120",
    });
    assert.equal(clusterValueProblem(17, "work_mem", "1 MB")?.fix, undefined);
    assert.equal(clusterValueProblem(17, "max_wal_senders", 10)?.fix, "the nearest value is 20");
    assert.equal(clusterValueProblem(17, "shared_buffers_percentage", 61)?.fix, "the nearest value is 60");
    assert.equal(clusterValueProblem(17, "shared_buffers_percentage", "most")?.fix, "write a number");
    assert.equal(clusterValueProblem(17, "log_line_prefix", "%m")?.fix, "write one of these");
  });

  it("say what PostgreSQL itself says, first", () => {
    assert.equal(clusterValueProblem(17, "work_mem", "8mb")?.because, "units are case-sensitive");
    assert.equal(clusterValueProblem(17, "track_functions", "some")?.want, "one of none, pl, all");
  });

  it("are dropped by the provider where they are zero or empty, but for jit", () => {
    for (const [name, value] of [
      ["log_min_duration_statement", 0],
      ["wal_sender_timeout", "0s"],
      ["autovacuum_vacuum_scale_factor", 0],
      ["timezone", ""],
    ] as const) {
      assert.equal(isDroppedByProvider(17, name, value), true, name);
    }
    for (const [name, value] of [
      ["log_min_duration_statement", -1],
      ["jit", false],
      ["track_io_timing", false],
      ["max_connections", 0],
    ] as const) {
      assert.equal(isDroppedByProvider(17, name, value), false, name);
    }
  });

  it("leave out what the platform decides, with what to do instead", () => {
    assert.match(refusedClusterParameter("MAX_CONNECTIONS") ?? "", /choose another size$/);
    assert.equal(refusedClusterParameter("work_mem"), undefined);
  });
});
