// The whole life of a data host: the rendered user data in a fresh Debian with systemd, the delivered files, backups in a
// server that speaks S3 over TLS. Does not prove what is the platform's: that a Droplet runs its user data, attaches the
// volume at that place, and that Spaces answers as this server does.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { after, before, describe, it } from "mocha";
import { ensureFirstExport } from "../../../cli/data-host/first-backup.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { renderBootstrap } from "../../../rendering/data-host/bootstrap.ts";
import { actionsAfter } from "../../../rendering/data-host/restarts.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import { failuresOfExports } from "../../support/data-host/failures-of-exports.ts";
import { type HostMachine, startHostMachine } from "../../support/data-host/host-machine.ts";
import { type DataHost, EXPORTED, prepareHost } from "../../support/data-host/running-host.ts";
import { withArgumentsSeen } from "../../support/processes.ts";
import { describeCommands } from "./commands.ts";

const SLOW_MS = 180_000;
const VOLUME = "split-data";
const USER_DATA = renderBootstrap({ volume: VOLUME });
const LOG = "/var/log/pgtopology-bootstrap.log";
const RECORDS = "/var/lib/pgbackrest/pgtopology";
/** What the rows say that are looked for in the bucket. */
const ROW = "marker-in-a-row";

interface CheckRecord {
  readonly status: string;
  readonly errors: readonly string[];
}

describe("the data host", function () {
  this.timeout(10 * 60_000);
  let machine: HostMachine;
  let host: DataHost;

  before(async function () {
    // The first time, Go builds the S3 server and the machine's image is made.
    this.timeout(30 * 60_000);
    machine = await startHostMachine(VOLUME, /^PACKAGES="(.*)"$/m.exec(USER_DATA)?.[1] ?? "");
    host = await prepareHost(machine);
    const file = { path: "/root/user-data", content: USER_DATA, secret: false, permissions: "0755" } as const;
    await machine.run("groupadd --system postgres; useradd --system --gid postgres postgres");
    await machine.put([{ ...file, owner: "root" }]);
    await machine.run("userdel postgres");
  });
  after(async () => {
    await machine.remove();
    await host.s3.remove();
  });

  const record = async (name: string) => JSON.parse(await machine.run(`cat ${RECORDS}/${name}.json`)) as CheckRecord;
  const asPostgres = (command: string) => machine.run(`pgt-as-postgres ${command}`);
  const runUserData = () => machine.exec("sh", "/root/user-data");

  describe("at its first boot", () => {
    it("names in its log the step in which it was cut off, and finishes it when it is run again", async () => {
      await machine.run("systemd-run --quiet --unit=first-boot sh /root/user-data");
      const unpacking = async () => (await machine.exec("grep", "-q", "^Unpacking postgresql-17", LOG)).exitCode === 0;
      await waitUntil(unpacking, { name: "the packages to be unpacked", timeoutMs: SLOW_MS });
      await machine.run("systemctl kill --signal=KILL first-boot");
      const cut = await machine.run(`grep -E '^[0-9-]+T[0-9:]+Z ' ${LOG} | tail -n 1`);
      assert.match(cut, / begin: packages$/);
      assert.equal((await machine.exec("test", "-e", "/var/lib/pgtopology/bootstrap-done")).exitCode, 1);

      const again = await machine.exec("pgt-bootstrap");
      assert.equal(again.exitCode, 0, `${again.stderr}${await machine.run(`tail -n 30 ${LOG}`)}`);
      assert.match(await machine.run(`tail -n 1 ${LOG}`), / done$/);
      assert.equal(await machine.run("findmnt --noheadings --output FSTYPE /var/lib/postgresql/data"), "ext4");
      assert.equal(await machine.run("stat --format='%U %a' /var/lib/postgresql/data"), "postgres 700");
    });

    it("changes nothing when it is run once more", async () => {
      await machine.run("touch /root/before");
      assert.equal((await runUserData()).exitCode, 0);
      const changed =
        "find /etc /usr /var/lib /boot /root -newer /root/before -not -path '/var/lib/systemd/*' -not -path '/var/lib/pgt-test/*'";
      assert.equal(await machine.run(changed), "");
    });

    it("names the step that fails, and what to run then", async () => {
      await machine.run(
        "cp /etc/fstab /root/fstab; sed -i '\\,postgresql,d' /etc/fstab; umount /var/lib/postgresql/data",
      );
      await machine.run("mount -t tmpfs none /var/lib/postgresql/data");
      const { exitCode, stderr } = await machine.exec("pgt-bootstrap");
      assert.equal(exitCode, 1);
      assert.match(
        stderr,
        /^the bootstrap has failed at: mount\. See .*bootstrap\.log; .*pgt-bootstrap tries again\.$/m,
      );
      assert.match(await machine.run(`tail -n 1 ${LOG}`), / failed: mount \(exit status 1\)$/);
      await machine.run("umount /var/lib/postgresql/data; cp /root/fstab /etc/fstab; pgt-bootstrap");
    });

    it("takes no password for SSH, and upgrades what is a danger", async () => {
      const sshd = await machine.run("mkdir -p /run/sshd; sshd -T");
      assert.match(sshd, /^passwordauthentication no$/m);
      assert.match(sshd, /^kbdinteractiveauthentication no$/m);
      const apt = await machine.run("apt-config dump");
      assert.match(apt, /^APT::Periodic::Unattended-Upgrade "1";$/m);
      assert.match(apt, /^Unattended-Upgrade::Origins-Pattern:: ".*Debian-Security.*";$/m);
    });
  });

  describe("when its files are delivered", () => {
    before(async () => {
      // As a first start leaves the bucket that was killed while it made the repository.
      mkdirSync(path.join(host.s3.folder, "pgbackrest/archive/main"), { recursive: true });
      writeFileSync(path.join(host.s3.folder, "pgbackrest/archive/main/archive.info"), "half");
      await host.deliver();
      const healthy = async () => (await machine.exec("pgt-as-postgres", "pgt-healthy", "primary")).exitCode === 0;
      await waitUntil(healthy, { name: "the server to be healthy", timeoutMs: SLOW_MS });
      await host.applyRoles();
    });

    it("has nothing to be done the second time", async () => {
      assert.deepEqual(await host.deliver(), []);
    });

    it("takes on a changed parameter, and what a run noted that was killed before it did", async () => {
      const started = async () =>
        (await host.query("SELECT pg_postmaster_start_time()::text AS at")).rows[0] as unknown;
      const parameters = { ...host.server.parameters, work_mem: "7MB" };
      const before = await started();
      assert.deepEqual(await host.deliver({ ...host.server, parameters }), ["/etc/pgtopology/postgresql.conf"]);
      const taken = async () =>
        (await host.query("SELECT FROM pg_settings WHERE name = 'work_mem' AND setting = '7168'")).rowCount === 1;
      await waitUntil(taken, { name: "the parameter to be taken on", timeoutMs: 30_000 });
      assert.deepEqual(await started(), before, "a reload is enough");
      await machine.run("echo 'systemctl try-restart pgtopology-postgres.service' >/var/lib/pgtopology/to-do");
      await host.deliver();
      assert.notDeepEqual(await started(), before, "what was noted is done");
      assert.equal((await machine.exec("test", "-e", "/var/lib/pgtopology/to-do")).exitCode, 1);
    });

    it("loses a unit that no file is for any more, and starts one that was stopped", async () => {
      await machine.run("systemctl stop pgtopology-postgres.service");
      await host.deliver({ ...host.server, pooling: undefined });
      assert.equal((await machine.exec("systemctl", "cat", "pgtopology-pooler.service")).exitCode, 1);
      assert.equal((await host.query("SELECT 1")).rowCount, 1);
      await host.deliver();
      await asPostgres("pgt-healthy pooler");
    });

    it("has units that systemd has nothing to say against", async () => {
      const { stderr } = await machine.exec("bash", "-c", "systemd-analyze verify /etc/systemd/system/pgtopology-*");
      assert.equal(stderr, "");
    });

    it("serves SQL over TLS at its private address, and nothing without", async () => {
      const { rows } = await host.query("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
      assert.deepEqual(rows, [{ ssl: true, version: "TLSv1.3" }]);
      await assert.rejects(host.query("SELECT 1", { ssl: false }), /no encryption|pg_hba/);
      const elsewhere = { ca: host.caCertificate, host: "203.0.113.1" };
      await assert.rejects(host.query("SELECT 1", { ssl: elsewhere }), /203\.0\.113\.1 is not in the cert/);
    });

    it("pools connections", async () => {
      const login = { port: 6432, database: "data", user: "data", password: host.passwords.readWrite };
      assert.deepEqual((await host.query("SELECT current_user AS me", login)).rows, [{ me: "data" }]);
      await asPostgres("pgt-healthy pooler");
    });

    it("takes on a changed setting without a restart, where that is enough", async () => {
      const started = async () =>
        (await host.query("SELECT pg_postmaster_start_time()::text AS at")).rows[0] as unknown;
      const conf = "/etc/pgtopology/postgresql.conf";
      const [before, at] = [await machine.run(`cat ${conf}`), await started()];
      const after = `${before}\nwork_mem = '5MB'\n`;
      const { units, daemonReload } = actionsAfter([{ path: conf, before: `${before}\n`, after }], host.server.version);
      assert.deepEqual([units, daemonReload], [[{ unit: "pgtopology-postgres.service", action: "reload" }], false]);
      await machine.run(`echo "work_mem = '5MB'" >>${conf}; systemctl reload pgtopology-postgres.service`);
      const taken = async () => isDeepStrictEqual((await host.query("SHOW work_mem")).rows, [{ work_mem: "5MB" }]);
      await waitUntil(taken, { name: "the setting to be taken on", timeoutMs: 30_000 });
      assert.deepEqual(await started(), at);
      await machine.run("systemctl reload pgtopology-pooler.service");
    });

    it("comes back by itself when the server is killed", async () => {
      await machine.run("kill -KILL $(head -n 1 /var/lib/postgresql/data/pgdata/postmaster.pid)");
      const back = async () => (await host.query("SELECT 1")).rowCount === 1;
      await waitUntil(back, { name: "the server to come back", timeoutMs: SLOW_MS });
    });
  });

  describe("its backups", () => {
    /** Names below a folder of the bucket. */
    const inBucket = (folder: string) =>
      readdirSync(path.join(host.s3.folder, folder), { recursive: true, encoding: "utf8" });

    /** Changes a byte in the middle, and says how to put it back. */
    const corrupt = (folder: string, pattern: RegExp): (() => void) => {
      const name = inBucket(folder).find((candidate) => pattern.test(candidate));
      assert(name, `nothing in ${folder} is ${String(pattern)}: ${inBucket(folder).join()}`);
      const file = path.join(host.s3.folder, folder, name);
      const good = readFileSync(file);
      const bad = Buffer.from(good);
      bad[bad.length >> 1] = (bad[bad.length >> 1] ?? 0) ^ 0xff;
      // In place: the server keeps what it knows of the object beside the file.
      writeFileSync(file, bad);
      return () => writeFileSync(file, good);
    };

    before(async () => {
      const rows = `SELECT i, '${ROW} ' || i AS text FROM generate_series(1, 10000) AS i`;
      await host.query(`CREATE TABLE kept AS ${rows}`, { database: "data" });
    });

    it("get the WAL that is switched away", async () => {
      const { rows } = await host.query("SELECT pg_walfile_name(pg_switch_wal()) AS file");
      const { file } = rows[0] as { file: string };
      const archived = () => inBucket("pgbackrest/archive").some((name) => name.includes(file));
      await waitUntil(archived, { name: "the WAL in the bucket", timeoutMs: SLOW_MS });
    });

    it("are made by their units, full and incremental, at their times", async () => {
      await machine.run("systemctl start pgtopology-backup-full.service");
      await host.query("INSERT INTO kept VALUES (0, 'later')", { database: "data" });
      await machine.run("systemctl start pgtopology-backup-incremental.service");
      const [stanza] = JSON.parse(await asPostgres("pgt-backups")) as { backup: { type: string }[] }[];
      assert.deepEqual(
        stanza?.backup.map(({ type }) => type),
        ["full", "incr"],
      );
      const timers = await machine.run("systemctl show --property=TimersCalendar 'pgtopology-backup-*.timer'");
      assert.deepEqual([...timers.matchAll(/OnCalendar=(.*?) ;/g)].map(([, time]) => time).sort(), [
        "*-*-* 02:30:00 UTC",
        "*-*-* 08:30:00 UTC",
        "*-*-* 14:30:00 UTC",
        "*-*-* 20:30:00 UTC",
      ]);
    });

    it("are read and found well, then read and found corrupt", async () => {
      await machine.run("systemctl start pgtopology-check-repository.service");
      assert.deepEqual((({ status, errors }) => [status, errors])(await record("last-check")), ["ok", []]);
      const mend = corrupt("pgbackrest/backup/main", /F\/bundle\/\d+$/);
      assert.equal((await machine.exec("systemctl", "start", "pgtopology-check-repository.service")).exitCode, 1);
      const { status, errors } = await record("last-check");
      assert.equal(status, "error");
      assert.match(errors.join("\n"), /^backup \d{8}-\d{6}F: checksum invalid: [1-9]/m);
      mend();
    });

    it("are restored into a new place, where the rows are", async () => {
      const drill = "/var/lib/postgresql/data/drill";
      await asPostgres(`mkdir -m 0700 ${drill} ${drill}/socket`);
      await asPostgres(`pgbackrest --stanza=main --pg1-path=${drill}/pgdata --archive-mode=off restore`);
      const options = `-c config_file=/etc/pgtopology/postgresql.conf -c data_directory=${drill}/pgdata -c port=5499
        -c unix_socket_directories=${drill}/socket -c listen_addresses= -c archive_mode=off`.replaceAll("\n", " ");
      await asPostgres(
        `pg_ctl --wait --timeout=120 --pgdata=${drill}/pgdata --log=${drill}/log --options="${options}" start`,
      );
      const sql = "SELECT count(*), min(text) FROM kept";
      const rows = await asPostgres(`psql -X -A -t -h ${drill}/socket -p 5499 -d data -c "${sql}"`);
      assert.equal(rows, "10001|later");
      await asPostgres(`pg_ctl --wait --mode=immediate --pgdata=${drill}/pgdata stop; rm -r ${drill}`);
    });

    it("do not keep the server away when the bucket does not answer", async () => {
      await host.s3.stop();
      try {
        await machine.run("systemctl kill --signal=KILL pgtopology-postgres.service");
        const back = async () => (await host.query("SELECT 1")).rowCount === 1;
        await waitUntil(back, { name: "the server to come back", timeoutMs: SLOW_MS });
        const said = await machine.run("journalctl --quiet --unit=pgtopology-postgres.service --lines=100");
        assert.match(said, /starting without archiving, WAL stays in the data volume/);
      } finally {
        await host.s3.start();
      }
    });
  });

  describe("its exports of the managed database", () => {
    const exported = { database: EXPORTED.database };

    before(async () => {
      const password = host.secretTexts.find((text) => text.startsWith("secret-exported-")) ?? "";
      // PostgreSQL logs no statement of a session that says so.
      const quiet = { options: "-c log_min_duration_statement=-1 -c log_statement=none" };
      await host.query(`CREATE ROLE ${EXPORTED.user} LOGIN PASSWORD '${password}'`, quiet);
      await host.query(`ALTER ROLE ${EXPORTED.user} SET default_transaction_read_only = on`);
      await host.query(`CREATE DATABASE ${EXPORTED.database}`);
      await host.query(
        `CREATE TABLE sold AS SELECT i, '${ROW} ' || i AS text FROM generate_series(1, 10000) AS i`,
        exported,
      );
      await host.query(`GRANT SELECT ON sold TO ${EXPORTED.user}`, exported);
      const typed = { path: "/root/typed", secret: true, permissions: "0600", owner: "root" } as const;
      await machine.put([{ ...typed, content: `${host.passwords.administrator}\n` }]);
    });

    it("are missed before the first, which one run makes and reads through, and the next does not", async () => {
      const topology = resolveTopology({ target: "digitalocean", region: "nyc3", data: {} }, "split");
      assert.deepEqual(await failuresOfExports(host), ["backup/export-recent"]);
      const first = () => host.overSsh((session) => ensureFirstExport(session, { topology }, () => undefined));
      assert.equal(await first(), true);
      assert.deepEqual(await failuresOfExports(host), []);
      assert.equal(await first(), false);
    });

    it("are made by their unit, and restored into a new database by one command", async () => {
      await machine.run("systemctl start pgtopology-export.service");
      assert.deepEqual((({ status, errors }) => [status, errors])(await record("last-export")), ["ok", []]);
      await host.query("DELETE FROM sold", exported);
      await asPostgres("pgt-restore-export app_restored </root/typed");
      const { rows } = await host.query("SELECT count(*)::int, sum(i)::int FROM sold", { database: "app_restored" });
      assert.deepEqual(rows, [{ count: 10_000, sum: 50_005_000 }]);
      const restore = (database: string, input: string) =>
        machine.exec("bash", "-c", `pgt-as-postgres pgt-restore-export ${database} <${input}`);
      const again = await restore("app_restored", "/root/typed");
      assert.equal(again.exitCode, 1);
      assert.match(again.stderr, /database "app_restored" already exists/);
      assert.match((await restore("app_other", "/dev/null")).stderr, /standard input holds no password of postgres/);
    });

    it("leave none that broke off, and say so", async () => {
      const count = async () => (JSON.parse(await asPostgres("pgt-exports")) as unknown[]).length;
      const before = await count();
      await host.query(`ALTER ROLE ${EXPORTED.user} NOLOGIN`);
      assert.equal((await machine.exec("systemctl", "start", "pgtopology-export.service")).exitCode, 1);
      await host.query(`ALTER ROLE ${EXPORTED.user} LOGIN`);
      assert.equal(await count(), before);
      assert.match((await record("last-export")).errors.join("\n"), /not permitted to log in/);
      assert.deepEqual(await failuresOfExports(host), ["backup/export-recent"]);
      await machine.run("systemctl start pgtopology-export.service");
      assert.deepEqual(await failuresOfExports(host), []);
    });

    it("are read and found well, then read and found corrupt", async () => {
      await machine.run("systemctl start pgtopology-check-exports.service");
      const packs = path.join(host.s3.folder, "exports/data");
      const sizes = readdirSync(packs, { recursive: true, encoding: "utf8" }).filter((name) =>
        /\/[0-9a-f]{64}$/.test(name),
      );
      const file = path.join(packs, sizes[0] ?? "");
      const good = readFileSync(file);
      writeFileSync(file, Buffer.concat([Buffer.from([(good[0] ?? 0) ^ 0xff]), good.subarray(1)]));
      assert.equal((await machine.exec("systemctl", "start", "pgtopology-check-exports.service")).exitCode, 1);
      const { errors } = await record("last-export-check");
      assert.match(errors.join("\n"), /errors were found|hash does not match|ciphertext verification failed/);
      assert.deepEqual(await failuresOfExports(host), ["backup/exports-sound"]);
      writeFileSync(file, good);
      await machine.run("systemctl start pgtopology-check-exports.service");
      assert.deepEqual(await failuresOfExports(host), []);
    });
  });

  describeCommands(() => host);

  describe("its secrets", () => {
    it("are in no argument of a process, whatever is run", async () => {
      const [, seen] = await withArgumentsSeen(async () => {
        await machine.run("systemctl restart pgtopology-pooler.service");
        await machine.run("systemctl start pgtopology-backup-incremental.service pgtopology-export.service");
      });
      for (const secret of host.secretTexts) {
        assert.deepEqual(
          seen.filter((command) => command.includes(secret)),
          [],
          secret,
        );
      }
      assert(
        seen.some((command) => command.includes("pg_dump")),
        "pg_dump was not seen: this would not see a secret either",
      );
    });

    it("are in no log, no unit, no file that others may read, and not in the user data", async () => {
      const patterns = host.secretTexts.join("\n");
      const find = (what: string) => machine.exec("bash", "-c", `${what} | grep -F -c -f <(echo "$0")`, patterns);
      assert.equal((await find("journalctl --all")).stdout.trim(), "0");
      assert.equal((await find("systemctl show 'pgtopology-*' postgresql.service")).stdout.trim(), "0");
      assert.equal((await find(`cat ${LOG} /root/user-data`)).stdout.trim(), "0");
      const look = 'grep -r -l -F -f <(echo "$0") /etc /home /opt /root /run /srv /tmp /usr/local /var 2>/dev/null';
      const others = await machine.exec("setpriv", "--reuid=nobody", "--clear-groups", "bash", "-c", look, patterns);
      assert.equal(others.stdout, "");
      // As root the same search finds them, so that it is known to work.
      const root = await machine.exec("bash", "-c", look, patterns);
      assert.match(root.stdout, /\/etc\/pgtopology\/pgbackrest\.conf/);
    });

    it("and the rows are not in the bucket in plain text", () => {
      const files = readdirSync(host.s3.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      assert(files.length > 20);
      for (const { parentPath, name } of files) {
        const content = readFileSync(path.join(parentPath, name));
        for (const text of [ROW, ...host.secretTexts]) assert(!content.includes(text), `${text} in ${name}`);
      }
    });
  });
});
