// WAL archive, backups, the schedule and the check of the repository. Does not prove a restore, nor that a day passes.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { runOnce } from "../../support/run-once.ts";
import { startTopology, type RunningTopology } from "../../support/running-topology.ts";

const SLOW_MS = 180_000;
const REPOSITORY = "/var/lib/pgbackrest";
const LAST_CHECK = `${REPOSITORY}/pgtopology/last-check.json`;

interface Check {
  readonly checkedAt: string;
  readonly status: string;
  readonly errors: readonly string[];
}

describe("the backup repository", function () {
  this.timeout(10 * 60_000);
  let running: RunningTopology;
  before(async () => {
    running = await startTopology({ pooling: { enabled: false } }, async (unstarted) => {
      // As a first start leaves it that was killed while it made the repository.
      const half = `umask 077; mkdir -p ${REPOSITORY}/archive/main && echo half >${REPOSITORY}/archive/main/archive.info`;
      assert.equal((await runOnce(unstarted, ["sh", "-c", half], { backups: REPOSITORY })).exitCode, 0);
    });
  });
  after(async () => {
    await running.remove();
  });

  async function run(...command: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await running.exec("scheduler", command);
    assert.equal(exitCode, 0, `${command.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }

  async function backupTypes(): Promise<string[]> {
    const [stanza] = JSON.parse(await run("pgt-backups")) as { backup: { type: string }[] }[];
    return (stanza?.backup ?? []).map(({ type }) => type);
  }

  async function lastCheck(): Promise<Check> {
    return JSON.parse(await run("cat", LAST_CHECK)) as Check;
  }

  it("gets a full backup and a check by the schedule, without being asked", async () => {
    const full = async () => (await backupTypes()).join() === "full";
    await waitUntil(full, { name: "the first backup", timeoutMs: SLOW_MS });
    const checked = async () => (await running.exec("scheduler", ["cat", LAST_CHECK])).exitCode === 0;
    await waitUntil(checked, { name: "the first check", timeoutMs: SLOW_MS });
    const check = await lastCheck();
    assert.deepEqual([check.status, check.errors], ["ok", []]);
    assert(Math.abs(Date.now() - Date.parse(check.checkedAt)) < 3_600_000, check.checkedAt);
  });

  it("gets a first backup once, and every other kind when asked", async () => {
    await run("pgt-backup", "first");
    assert.deepEqual(await backupTypes(), ["full"]);
    // Both at a time: one waits for the other.
    await Promise.all([run("pgt-backup", "diff"), run("pgt-backup", "incr")]);
    assert.deepEqual((await backupTypes()).sort(), ["diff", "full", "incr"]);
    assert.equal((await running.exec("scheduler", ["pgt-backup", "some"])).exitCode, 1);
  });

  it("gets the WAL that is switched away", async () => {
    // A segment that nothing was written to would not be switched away.
    await running.query("primary", "CREATE TABLE written ()");
    const { rows } = await running.query("primary", "SELECT pg_walfile_name(pg_switch_wal()) AS file");
    const { file } = rows[0] as { file: string };
    const archived = async () => (await run("find", `${REPOSITORY}/archive`, "-name", `${file}-*.zst`)) !== "";
    await waitUntil(archived, { name: "the WAL in the repository", timeoutMs: SLOW_MS });
  });

  it("opens its files to nobody else, and encrypts them", async () => {
    const open = "find /var/lib/pgbackrest ! -type l ! ( -type d -perm 0700 ) ! ( -type f -perm 0600 )";
    assert.equal(await run(...open.split(" ")), "");
    await running.query("primary", "CREATE TABLE plain AS SELECT 'marker-in-plain-text' AS text; CHECKPOINT");
    await run("pgt-backup", "incr");
    assert.equal((await running.exec("scheduler", ["grep", "-rq", "marker-in-plain-text", REPOSITORY])).exitCode, 1);
    const manifest = await run("sh", "-c", `head -c 8 ${REPOSITORY}/backup/main/backup.info`);
    assert.equal(manifest, "Salted__");
  });

  it("refuses to serve another cluster", async () => {
    const { exitCode, log } = await runOnce(running, ["pgt-primary"], {
      "strange-data": "/var/lib/postgresql/data",
      backups: REPOSITORY,
    });
    assert.equal(exitCode, 1, log);
    assert.match(log, /the backup repository belongs to another cluster/);
    assert.match(log, /pgt down --delete-data --delete-backups/);
  });

  it("does not stop the server from starting when it can't be read", async () => {
    const before = await backupTypes();
    const info = ["backup.info", "backup.info.copy"].map((name) => `${REPOSITORY}/backup/main/${name}`);
    for (const file of info) await run("mv", file, `${file}.away`);
    await running.container("primary").restart();
    await running.waitHealthy("primary");
    assert.match(await running.log("primary"), /the backup repository can't be used: starting without archiving/);
    for (const file of info) await run("mv", `${file}.away`, file);
    assert.deepEqual(await backupTypes(), before);
  });

  it("is written to while the archiver has its lock, and made anew once it was emptied, when the archiver lets go", async () => {
    const lock = "/tmp/pgbackrest/main-archive-1.lock";
    const before = await backupTypes();
    await run("flock", lock, "pgt-backup", "incr");
    assert.deepEqual(await backupTypes(), [...before, "incr"]);
    await run("sh", "-c", `rm -r ${REPOSITORY}/archive/main ${REPOSITORY}/backup/main`);
    await run("sh", "-c", `flock ${lock} sleep 3 & sleep 0.5; pgt-backup full`);
    assert.deepEqual(await backupTypes(), ["full"]);
  });

  it("is reported as broken when a file is, although pgBackRest ends as if all were well", async () => {
    const corrupt =
      "f=$(find /var/lib/pgbackrest/backup -type f -path '*F/bundle/*' | head -n 1)\n" +
      'printf XXXX | dd of="$f" bs=1 seek=5000 conv=notrunc status=none';
    await run("sh", "-c", corrupt);
    const check = await running.exec("scheduler", ["pgt-check-repository"]);
    assert.equal(check.exitCode, 1, check.stdout);
    const { status, errors } = await lastCheck();
    assert.equal(status, "error");
    assert.match(errors.join("\n"), /^backup \d{8}-\d{6}F: checksum invalid: 1$/m);
    // When this changes, pgt-check-repository may trust it.
    assert.equal((await running.exec("scheduler", ["pgbackrest", "--stanza=main", "verify"])).exitCode, 0);
  });
});
