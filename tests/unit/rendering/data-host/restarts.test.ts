// What systemd is told after a delivery. Does not prove that the servers then do it: tests/integration/data-host looks.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { actionsAfter, type FileChange } from "../../../../rendering/data-host/restarts.ts";

const CONF = "/etc/pgtopology/postgresql.conf";
const INI = "/etc/pgtopology/pgbouncer.ini";

function changed(path: string, before: string | undefined = "old\n", after: string | undefined = "new\n"): FileChange {
  return { path, before, after };
}

/** As in `pooler restart`. */
function told(...changes: FileChange[]): string[] {
  return actionsAfter(changes, 17).units.map(
    ({ unit, action }) => `${unit.replace(/^pgtopology-|\.service$/g, "")} ${action}`,
  );
}

describe("what systemd is told after a delivery", () => {
  it("is nothing after no change, or one of what each run reads anew", () => {
    assert.deepEqual(actionsAfter([], 17), { daemonReload: false, units: [] });
    const read = ["pgbackrest.conf", "exports.env", "secrets/bucket-credentials", "secrets/pgpass"];
    assert.deepEqual(told(...read.map((name) => changed(`/etc/pgtopology/${name}`))), []);
    assert.deepEqual(told(changed("/usr/local/bin/pgt-backup"), changed("/usr/local/bin/pgt-primary")), []);
  });

  it("is a reload of the server where that takes the change on", () => {
    assert.deepEqual(told(changed("/etc/pgtopology/pg_hba.conf")), ["postgres reload"]);
    assert.deepEqual(told(changed("/etc/pgtopology/secrets/administrator-password")), ["postgres reload"]);
    const before = "# one\nwork_mem = '4MB'\nmax_connections = '100'\n";
    const after = "# two\nmax_connections = '100'\nwork_mem = '8MB'\nlog_connections = 'on'\n";
    assert.deepEqual(told(changed(CONF, before, after)), ["postgres reload"]);
  });

  it("is a restart of the server for a parameter that it reads once, one that is not known, and an unknown file", () => {
    for (const line of ["max_connections = '100'", "pg_stat_statements.max = '100'", "no_such_thing = '1'"]) {
      assert.deepEqual(told(changed(CONF, `${line}\n`, "")), ["postgres restart"], line);
    }
    assert.deepEqual(told(changed(CONF, undefined, "work_mem = '8MB'\n")), ["postgres restart"]);
  });

  it("is a reload of the pooler for pools and limits, a restart for where it listens", () => {
    assert.deepEqual(told(changed(INI, "max_client_conn = 1\n", "max_client_conn = 2\n")), ["pooler reload"]);
    assert.deepEqual(told(changed(INI, "listen_port = 1\n", "listen_port = 2\n")), ["pooler restart"]);
    assert.deepEqual(told(changed(INI, undefined, "listen_port = 2\n")), ["pooler restart"]);
    assert.deepEqual(told(changed("/usr/local/bin/pgt-pooler")), ["pooler restart"]);
  });

  it("is a reload of both for a certificate, and one restart where there are two reasons", () => {
    const certificate = changed("/etc/pgtopology/tls/server.crt");
    assert.deepEqual(told(certificate), ["postgres reload", "pooler reload"]);
    const unit = changed("/etc/systemd/system/pgtopology-postgres.service");
    assert.deepEqual(told(certificate, unit), ["postgres restart", "pooler reload"]);
  });

  it("is to read units again, start timers anew, and stop what is gone", () => {
    const timer = changed("/etc/systemd/system/pgtopology-export.timer");
    const service = changed("/etc/systemd/system/pgtopology-backup-full.service");
    assert.deepEqual(told(timer, service), ["pgtopology-export.timer restart".slice("pgtopology-".length)]);
    assert(actionsAfter([service], 17).daemonReload);
    const gone = { ...changed("/etc/systemd/system/pgtopology-pooler.service"), after: undefined };
    assert.deepEqual(told(gone, changed("/etc/pgtopology/tls/server.crt")), ["pooler stop", "postgres reload"]);
  });
});
