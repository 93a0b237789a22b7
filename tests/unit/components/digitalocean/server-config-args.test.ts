// Parameters as the provider takes them. Does not prove that the platform takes each of these values.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { backupTimeArgs, parameterArgs } from "../../../../components/digitalocean/server-config-args.ts";

const argsOf = (parameters: Readonly<Record<string, string>>) => parameterArgs({ version: 17, parameters });

describe("the parameters of a managed server", () => {
  it("are numbers, texts and one switch", () => {
    assert.deepEqual(
      argsOf({
        autovacuum_vacuum_scale_factor: "0.05",
        log_autovacuum_min_duration: "-1",
        work_mem: "16MB",
        timezone: "Europe/Berlin",
        "pg_stat_statements.track": "all",
        jit: "off",
      }),
      {
        autovacuumVacuumScaleFactor: 0.05,
        logAutovacuumMinDuration: -1,
        workMem: 16,
        timezone: "Europe/Berlin",
        pgStatStatementsTrack: "all",
        jit: false,
      },
    );
  });

  it("are none where none are asked for", () => {
    assert.deepEqual(argsOf({}), {});
  });

  for (const [name, value] of [
    ["work_mem", "0"],
    ["temp_file_limit", "0"],
    ["max_connections", "100"],
  ] as const) {
    it(`are refused where the provider would not send them: ${name} = ${value}`, () => {
      assert.throws(() => argsOf({ [name]: value }), {
        name: "RangeError",
        message: `the provider does not send ${name} = "${value}"`,
      });
    });
  }

  it("are all that the provider knows, but for what is no parameter of PostgreSQL's", () => {
    const declaration = createRequire(import.meta.url).resolve("@pulumi/digitalocean/databasePostgresqlConfig.d.ts");
    const [, args = ""] = readFileSync(declaration, "utf8").split("export interface DatabasePostgresqlConfigArgs");
    const known = [...args.matchAll(/^ {4}(\w+)\??: /gm)].map(([, name = ""]) => name);
    const values = ["1", "100", "on", "all", "UTC", "lz4", "terse", "%m [%p] %q[user=%u,db=%d,app=%a]"];
    const numbers = known.map(postgresName).filter((name) => values.some((value) => tried(name, value) === 1));
    const others = known.filter((name) => !numbers.includes(postgresName(name)));
    assert.ok(numbers.length > 40);
    assert.deepEqual(others.sort(), ["backupHour", "backupMinute", "clusterId", "pgbouncers", "timescaledbs"]);
  });
});

describe("the time of the platform's backup", () => {
  it("is hour and minute", () => {
    assert.deepEqual(backupTimeArgs({ schedule: "23:59", retentionDays: 7, exports: false }), {
      backupHour: 23,
      backupMinute: 59,
    });
  });

  it("is none without backups", () => {
    assert.deepEqual(backupTimeArgs(undefined), {});
  });
});

/** `workMem` as `work_mem`, and the parameters of extensions with their dot. */
function postgresName(argument: string): string {
  const snake = argument.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return snake.replace(/^(pg_stat_statements|pg_partman_bgw)_/, "$1.");
}

/** How many arguments come of it. */
function tried(name: string, value: string): number {
  try {
    return Object.keys(argsOf({ [name]: value })).length;
  } catch {
    return 0;
  }
}
