// Does not prove that the tables are what today's servers say: `npm run settings -- --check` asks them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import {
  closestSetting,
  knowsExtension,
  MAJORS,
  type ServerSetting,
  settingOf,
} from "../../../../topology/parameters/server-settings.ts";
import { unitsFor } from "../../../../topology/parameters/setting-value.ts";

const FOLDER = join(import.meta.dirname, "../../../../topology/parameters");
const TYPES = ["bool", "enum", "integer", "real", "string"];
const CONTEXTS = ["internal", "postmaster", "sighup", "superuser-backend", "backend", "superuser", "user"];

interface Table {
  readonly server: string;
  readonly settings: Readonly<Record<string, ServerSetting>>;
}

function tableOf(major: number): Table {
  return JSON.parse(readFileSync(join(FOLDER, `settings-${major}.json`), "utf8")) as Table;
}

describe("the table of a major", () => {
  for (const major of MAJORS) {
    it(`is of a server of PostgreSQL ${major}, with every row in one shape`, () => {
      const { server, settings } = tableOf(major);
      assert.match(server, new RegExp(`^PostgreSQL ${major}\\.\\d+$`));
      assert.ok(Object.keys(settings).length > 350);
      for (const [name, row] of Object.entries(settings)) {
        assert.ok(TYPES.includes(row.type), name);
        assert.ok(CONTEXTS.includes(row.context), name);
        assert.equal(row.type === "integer" || row.type === "real", row.min !== undefined, name);
        assert.equal(row.min === undefined, row.max === undefined, name);
        assert.equal(row.type === "enum", row.values !== undefined, name);
        if (row.unit !== undefined) assert.ok(unitsFor(row.unit).length > 0, name);
      }
    });
  }
});

describe("settingOf", () => {
  it("finds a parameter whatever its case, and none that the major lacks", () => {
    assert.deepEqual(settingOf(17, "work_mem"), {
      type: "integer",
      unit: "kB",
      min: 64,
      max: 2_147_483_647,
      context: "user",
      boot: "4096",
    });
    assert.equal(settingOf(17, "TIMEZONE"), settingOf(17, "TimeZone"));
    assert.equal(settingOf(17, "io_method"), undefined);
    assert.equal(settingOf(18, "io_method")?.context, "postmaster");
    assert.equal(settingOf(17, "toString"), undefined);
  });

  it("knows the majors apart", () => {
    assert.equal(settingOf(16, "maintenance_work_mem")?.min, 1024);
    assert.equal(settingOf(17, "maintenance_work_mem")?.min, 64);
    assert.equal(settingOf(17, "autovacuum_max_workers")?.context, "postmaster");
    assert.equal(settingOf(18, "autovacuum_max_workers")?.context, "sighup");
    assert.equal(settingOf(17, "log_connections")?.type, "bool");
    assert.equal(settingOf(18, "log_connections")?.type, "string");
  });

  it("adds the words that a server has when it was built with more libraries", () => {
    assert.deepEqual(settingOf(15, "wal_compression")?.values, ["pglz", "lz4", "on", "off", "zstd"]);
    assert.deepEqual(settingOf(17, "wal_compression")?.values, ["pglz", "lz4", "zstd", "on", "off"]);
    assert.deepEqual(settingOf(18, "io_method")?.values, ["sync", "worker", "io_uring"]);
  });
});

describe("a name that no parameter has", () => {
  it("leads to the one that was probably meant", () => {
    assert.equal(closestSetting(17, "shared_bufers"), "shared_buffers");
    assert.equal(closestSetting(17, "auto_explain.log_analyse"), "auto_explain.log_analyze");
    assert.equal(closestSetting(17, "nothing_like_it_at_all"), undefined);
  });

  it("may be of an extension whose parameters are known", () => {
    assert.equal(knowsExtension(17, "auto_explain"), true);
    assert.equal(knowsExtension(17, "Auto_Explain"), true);
    assert.equal(knowsExtension(17, "auto"), false);
    assert.equal(knowsExtension(17, "pg_trgm"), false);
  });
});
