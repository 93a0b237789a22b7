// Does not prove that PostgreSQL and PgBouncer read their files in the same way: verify reads the settings back.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { parseIni, parseKeywords, parsePostgresqlConf } from "../../../facts/conf-files.ts";
import { factsFromHba, parseHba } from "../../../facts/hba.ts";
import { belowPrimary, freeConnections, parameter } from "../../../facts/server-parameters.ts";
import { settingBoolean, settingMebibytes, settingNumber, settingSeconds } from "../../../facts/setting-units.ts";
import { UNKNOWN } from "../../../requirements/known.ts";

describe("values of postgresql.conf", () => {
  const cases: readonly (readonly [unknown, unknown])[] = [
    [settingSeconds("10min", "ms"), 600],
    [settingSeconds("600000", "ms"), 600],
    [settingSeconds("60", "s"), 60],
    [settingSeconds("1.5h", "s"), 5400],
    [settingSeconds("-1", "ms"), -1],
    [settingSeconds("soon", "ms"), UNKNOWN],
    [settingSeconds("3 parsecs", "ms"), UNKNOWN],
    [settingMebibytes("256MB", "8kB"), 256],
    [settingMebibytes("16384", "8kB"), 128],
    [settingMebibytes("4GB", "MB"), 4096],
    [settingMebibytes("-1", "MB"), -1],
    [settingMebibytes("4gb", "MB"), UNKNOWN],
    [settingNumber("100"), 100],
    [settingNumber("many"), UNKNOWN],
    [settingBoolean("YES"), true],
    [settingBoolean("0"), false],
    [settingBoolean("perhaps"), UNKNOWN],
  ];
  it("are understood with and without their units, and never guessed", () => {
    for (const [index, [got, want]] of cases.entries()) assert.equal(got, want, `case ${index + 1}`);
  });
});

describe("postgresql.conf", () => {
  it("is read with quotes, without an equals sign, and without what is commented out; the last one wins", () => {
    const conf = "# fsync = off\nFsync = 'off' # no\nport 5433\ncluster_name = 'it''s'\nport = 5432\n";
    assert.deepEqual(parsePostgresqlConf(conf), { fsync: "off", port: "5432", cluster_name: "it's" });
  });

  it("has PostgreSQL's own defaults where it says nothing", () => {
    assert.equal(parameter({}, "max_slot_wal_keep_size"), "-1");
    assert.equal(parameter({ ssl: "on" }, "ssl"), "on");
    assert.equal(freeConnections({ max_connections: "50", reserved_connections: "2" }), 45);
    assert.equal(freeConnections({ max_connections: "?" }), UNKNOWN);
  });

  it("of a replica is compared with the primary's where a standby must not be below it", () => {
    assert.deepEqual(
      belowPrimary({ max_connections: "200" }, { "replica-a": {}, "replica-b": { max_connections: "200" } }),
      ["max_connections on replica-a: got 100, want 200"],
    );
  });
});

describe("ini files and connection strings", () => {
  it("are read by section, without comments", () => {
    assert.deepEqual(parseIni("; x\n[databases]\napp = host=a pool_size=5\n[pgbouncer]\n# y\npool_mode=session\n"), {
      databases: { app: "host=a pool_size=5" },
      pgbouncer: { pool_mode: "session" },
    });
    assert.deepEqual(parseKeywords("host='a b' port = 5432"), { host: "a b", port: "5432" });
  });
});

describe("pg_hba.conf", () => {
  const facts = (text: string) => factsFromHba(parseHba(text));

  it("with hostssl lines only refuses plain text", () => {
    assert.equal(facts("hostssl all all all scram-sha-256\nhost all all all reject").plaintextRefused, true);
    assert.equal(facts("host all all 10.0.0.0 255.0.0.0 scram-sha-256").plaintextRefused, false);
    assert.equal(facts("hostnossl all monitor all trust").plaintextRefused, false);
  });

  it("tells the methods of lines that let somebody in", () => {
    const text = "local all postgres peer # admin\nlocal all all reject\nhost all all 10.0.0.0 255.0.0.0 md5\n";
    const { localMethods, networkMethods } = facts(text);
    assert.deepEqual([localMethods, networkMethods], [["peer"], ["md5"]]);
  });

  it("tells what the replication role reaches: a reject line hides what follows, and nothing before it", () => {
    const replication = "hostssl replication replicator all scram-sha-256";
    const everybody = "hostssl all all all scram-sha-256";
    const reject = "host all replicator all reject";
    const reached = (...lines: string[]) => facts(lines.join("\n")).replicationRoleDatabases;
    assert.deepEqual(reached(replication, reject, everybody), ["replication"]);
    assert.deepEqual(reached(replication, everybody, reject), ["all", "replication"]);
    assert.deepEqual(reached(everybody), []);
  });
});
