// Does not prove that `pgt verify` prints it well, nor that the components make such a topology: the containers are
// made by hand here.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import Docker from "dockerode";
import { after, before, describe, it } from "mocha";
import { EXIT } from "../../../kernel/errors.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { exitCodeOf, summaryOf, type VerifyReport } from "../../../verify/report.ts";
import type { ResolvedDocker } from "../../../topology/resolved-docker.ts";
import { verifyTopology } from "../../../verify/run.ts";
import { type RunningTopology, startTopology } from "../../support/running-topology.ts";

const MINUTE = 60_000;
/** A slot, a pooler and a replica take some seconds to come back, on a busy machine more. */
const SEEN_WITHIN_MS = 3 * MINUTE;

let running: RunningTopology;

interface More {
  deep?: boolean;
  docker?: Docker;
  signal?: AbortSignal;
  topology?: ResolvedDocker;
}

async function verify(more: More = {}): Promise<VerifyReport> {
  const { docker, secrets, topology } = running;
  return verifyTopology({ topology, secrets, docker, signal: AbortSignal.timeout(5 * MINUTE), ...more });
}

function idsOf({ judged }: VerifyReport, ...statuses: string[]): string[] {
  return judged.filter(({ status }) => statuses.includes(status)).map(({ id }) => id);
}

function told({ judged }: VerifyReport): string {
  const bad = judged.filter(({ status }) => status === "fail" || status === "unknown");
  return bad.map(({ id, message, status }) => `${status} ${id}: ${message}`).join("\n");
}

/** Verifies again and again until exactly these requirements are not passed; none is all well. */
async function seen(failures: readonly string[], deep = false): Promise<VerifyReport> {
  const name = failures.length === 0 ? "a report without a failure" : `a report that names ${failures.join()} alone`;
  return waitUntil(
    async () => {
      const report = await verify({ deep });
      if (idsOf(report, "fail", "unknown").join() !== failures.join()) throw new Error(`\n${told(report)}`);
      return report;
    },
    { name, timeoutMs: SEEN_WITHIN_MS },
  );
}

async function sql(text: string): Promise<unknown[]> {
  const result = await running.query("primary", text, "administrator", { database: running.topology.database });
  return result.rows as unknown[];
}

async function shell(part: string, script: string): Promise<string> {
  const { exitCode, stderr, stdout } = await running.exec(part, ["sh", "-c", script]);
  assert.equal(exitCode, 0, stderr);
  return stdout;
}

async function workspaces(): Promise<string[]> {
  const rows = await sql("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'pgt_verify_')");
  return (rows as { nspname: string }[]).map(({ nspname }) => nspname);
}

interface Breakage {
  readonly what: string;
  readonly names: string;
  readonly deep?: true;
  readonly act: () => Promise<unknown>;
  readonly repair: () => Promise<unknown>;
}

const RELOAD = "SELECT pg_reload_conf()";
const STRANGER = `stranger_${randomBytes(3).toString("hex")}`;
const HBA = "/etc/pgtopology/pg_hba.conf";
const BUNDLE = "$(find /var/lib/pgbackrest/backup/main -type f -path '*/bundle/*' | sort | head -n 1)";

/** Statements of their own: ALTER SYSTEM runs in no transaction. */
function altered(set: string, reset: string): Pick<Breakage, "act" | "repair"> {
  return {
    act: () => sql(`ALTER SYSTEM SET ${set}`).then(() => sql(RELOAD)),
    repair: () => sql(`ALTER SYSTEM RESET ${reset}`).then(() => sql(RELOAD)),
  };
}

/** The replica takes its slot back at once: terminate and drop until the drop is first. */
async function dropSlot(): Promise<void> {
  await waitUntil(
    async () => {
      await sql("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active_pid IS NOT NULL");
      return (await sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots")).length > 0;
    },
    { name: "the slot to be dropped", timeoutMs: MINUTE, intervalMs: 5 },
  );
}

const BREAKAGES: readonly Breakage[] = [
  {
    what: "a stopped replica",
    names: "containers/healthy",
    act: () => running.container("replica-a").stop(),
    repair: () => running.container("replica-a").start(),
  },
  {
    what: "a pooler that is gone",
    names: "containers/healthy",
    act: () => running.container("pooler").remove({ force: true }),
    repair: () => running.make("pooler"),
  },
  {
    what: "a line of pg_hba.conf that takes plain text",
    names: "encryption/plaintext-refused",
    act: async () => {
      await shell("primary", `cp ${HBA} /tmp/hba; { echo 'host all all all scram-sha-256'; cat /tmp/hba; } > ${HBA}`);
      await sql(RELOAD);
    },
    repair: () => shell("primary", `cat /tmp/hba > ${HBA}`).then(() => sql(RELOAD)),
  },
  {
    what: "an archive command that fails",
    names: "backup/wal-archived",
    ...altered("archive_command = 'false'", "archive_command"),
  },
  {
    what: "a dropped slot",
    names: "replication/slots-active",
    act: dropSlot,
    repair: () => running.applyRoles(),
  },
  {
    what: "a setting changed by ALTER SYSTEM",
    names: "settings/as-asked",
    ...altered("log_min_duration_statement = '5s'", "log_min_duration_statement"),
  },
  {
    what: "a setting by ALTER SYSTEM that nobody asked for",
    names: "settings/as-asked",
    ...altered("work_mem = '7MB'", "work_mem"),
  },
  {
    what: "a setting that waits for a restart",
    names: "settings/no-restart-pending",
    ...altered("max_connections = 90", "max_connections"),
  },
  {
    what: "a grant that lets the read-only role write",
    names: "access/no-unplanned-privileges",
    act: () => sql(`GRANT ${running.topology.roles.readWrite} TO ${running.topology.roles.readOnly}`),
    repair: () => running.applyRoles(),
  },
  {
    what: "a role that nobody planned",
    names: "access/no-unplanned-roles",
    act: () => sql(`CREATE ROLE ${STRANGER} LOGIN`),
    repair: () => sql(`DROP ROLE ${STRANGER}`),
  },
  {
    what: "a slot that nobody uses",
    names: "replication/no-unplanned-slots",
    act: () => sql("SELECT pg_create_physical_replication_slot('forgotten', true)"),
    repair: () => sql("SELECT pg_drop_replication_slot('forgotten')"),
  },
  {
    what: "a file of the repository that others may read",
    names: "backup/repository-private",
    act: () => shell("scheduler", `chmod 0644 ${BUNDLE}`),
    repair: () => shell("scheduler", `chmod 0600 ${BUNDLE}`),
  },
  {
    what: "a damaged file in the repository, by a new check",
    names: "backup/repository-sound",
    deep: true,
    act: () =>
      shell("scheduler", `f=${BUNDLE}; cp "$f" /tmp/whole; echo damage | dd of="$f" bs=1 seek=100 conv=notrunc`),
    repair: () => shell("scheduler", `f=${BUNDLE}; cat /tmp/whole > "$f"`),
  },
];

describe("verification of a running topology", function () {
  this.timeout(10 * MINUTE);

  before(async () => {
    running = await startTopology({ replicas: { a: {} } });
    // The first backup and its check are under way.
    await seen([]);
  });

  after(async () => {
    await running.remove();
  });

  it("passes at least twenty requirements, none of them unknown, and says how many", async () => {
    const report = await seen([]);
    assert.ok(report.counts.pass >= 20, summaryOf(report));
    assert.equal(exitCodeOf(report), EXIT.ok);
    assert.ok(idsOf(report, "pass").includes("replication/row-arrives"));
  });

  it("looks for what the application expects in its database", async () => {
    const { topology } = running;
    const expected = {
      schemas: ["public", "shop"],
      tables: ["pg_catalog.pg_class", "shop.orders", "public.orders"],
      columns: ["pg_catalog.pg_class.relname", "pg_catalog.pg_class.colour", "public.orders.at"],
      extensions: ["plpgsql", "citext"],
    };
    const report = await verify({ topology: { ...topology, expected } });
    const found = report.judged.filter(({ id }) => id.startsWith("schema/"));
    assert.deepEqual(
      found.map(({ message }) => message),
      ["missing: shop", "missing: public.orders", "missing: pg_catalog.pg_class.colour", "missing: citext"],
    );
  });

  it("tells no secret", async () => {
    const text = JSON.stringify(await verify());
    const { passwords, repositoryPassphrase } = running.secrets;
    for (const secret of [...Object.values(passwords), repositoryPassphrase]) assert.ok(!text.includes(secret));
  });

  it("leaves no schema and no session behind", async () => {
    await verify();
    assert.deepEqual(await workspaces(), []);
    await waitUntil(
      async () => (await sql("SELECT 1 FROM pg_stat_activity WHERE application_name = 'pgt-verify'")).length === 0,
      { name: "the sessions of the verification to end", timeoutMs: MINUTE },
    );
  });

  it("passes while another verification runs", async () => {
    await waitUntil(
      async () => {
        const reports = await Promise.all([verify(), verify()]);
        const bad = reports.map(told).join("\n");
        if (bad.trim() !== "") throw new Error(bad);
        return true;
      },
      { name: "two verifications at once to pass", timeoutMs: SEEN_WITHIN_MS },
    );
    assert.deepEqual(await workspaces(), []);
  });

  it("removes what a killed verification left, and nothing of one that runs", async () => {
    const now = Math.floor(Date.now() / 1000);
    const [old, young] = [`pgt_verify_${now - 7200}_0badcafe`, `pgt_verify_${now + 3600}_0badcafe`];
    await sql(`CREATE SCHEMA ${old}; CREATE TABLE ${old}.probe (id int); CREATE SCHEMA ${young}`);
    try {
      await seen([]);
      assert.deepEqual(await workspaces(), [young]);
    } finally {
      await sql(`DROP SCHEMA IF EXISTS ${old} CASCADE; DROP SCHEMA ${young}`);
    }
  });

  it("ends with the reason when it is interrupted, and leaves nothing", async () => {
    const reason = new Error("interrupted by the test");
    const interrupted = async (): Promise<boolean> => {
      const interrupt = new AbortController();
      const ended = verify({ signal: interrupt.signal }).then(
        () => "finished",
        (error: unknown) => error,
      );
      const begun = waitUntil(async () => (await workspaces()).length > 0, {
        name: "the schema of the verification",
        timeoutMs: MINUTE,
        intervalMs: 1,
        signal: interrupt.signal,
      }).catch(() => undefined);
      await Promise.race([begun, ended]);
      interrupt.abort(reason);
      await begun;
      // One that was quicker than the interruption proves nothing: once more.
      return (await ended) === reason;
    };
    await waitUntil(interrupted, { name: "an interrupted verification", timeoutMs: SEEN_WITHIN_MS });
    assert.deepEqual(await workspaces(), []);
  });

  it("knows nothing of containers, and says so, when Docker does not answer", async () => {
    const docker = new Docker({ socketPath: "/nonexistent/docker.sock" });
    const report = await waitUntil(
      async () => {
        const each = await verify({ docker });
        return each.counts.fail === 0 && each;
      },
      { name: "a report without a failure", timeoutMs: SEEN_WITHIN_MS },
    );
    const unknown = idsOf(report, "unknown");
    for (const id of ["containers/healthy", "protection/named-volumes", "network/loopback-ports"]) {
      assert.ok(unknown.includes(id), `${id}\n${told(report)}`);
    }
    assert.ok(idsOf(report, "pass").includes("replication/primary-writable"));
    assert.equal(exitCodeOf(report), EXIT.couldNotCheck);
  });

  for (const { act, deep, names, repair, what } of BREAKAGES) {
    it(`names ${what} by ${names} alone`, async () => {
      try {
        await act();
        const report = await seen([names], deep);
        assert.equal(exitCodeOf(report), EXIT.failed);
      } finally {
        await repair();
      }
      await seen([], deep);
    });
  }
});
