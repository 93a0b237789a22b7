// Each thing that breaks is named by exactly one requirement, and is in order again after the repair.
// It does not prove that nothing else can break.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { waitUntil } from "../../kernel/wait-until.ts";
import { execInContainer } from "../../cli/stack/container-exec.ts";
import { TestStack } from "../support/test-stack.ts";

interface Judged {
  readonly id: string;
  readonly status: string;
  readonly message?: string;
}

interface Breakage {
  readonly title: string;
  readonly named: string;
  readonly break: () => Promise<void>;
  readonly repair: () => Promise<void>;
  readonly deep?: boolean;
}

describe("breakages", () => {
  let stack: TestStack;
  const HBA = "/etc/pgtopology/pg_hba.conf";

  const breakages: readonly Breakage[] = [
    {
      title: "a stopped replica",
      named: "containers/healthy",
      break: async () => {
        await container("replica-a").stop();
      },
      repair: async () => {
        await container("replica-a").start();
      },
    },
    {
      title: "plain text allowed in pg_hba.conf",
      named: "encryption/plaintext-refused",
      break: () =>
        effect(
          shell(
            "primary",
            `cp ${HBA} /tmp/hba && printf 'host all all all scram-sha-256\\n' | cat - /tmp/hba > ${HBA}`,
          ),
        ),
      repair: () => effect(shell("primary", `cat /tmp/hba > ${HBA}`)),
    },
    {
      title: "an archive command that is broken",
      named: "backup/wal-archived",
      break: () => sql("ALTER SYSTEM SET archive_command = 'false'"),
      repair: () => sql("ALTER SYSTEM RESET archive_command"),
    },
    {
      title: "a dropped slot",
      named: "replication/slots-active",
      break: async () => {
        await container("replica-a").pause();
        await waitUntil(
          () =>
            sql(
              "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active; SELECT pg_drop_replication_slot('replica_a')",
            ).then(
              () => true,
              () => false,
            ),
          { name: "the slot to be dropped", timeoutMs: 60_000 },
        );
        await container("replica-a").unpause();
      },
      repair: async () => {
        assert.equal((await stack.run(["roles", "--apply"])).code, 0);
      },
    },
    {
      title: "a setting changed by ALTER SYSTEM",
      named: "settings/as-asked",
      break: () => sql("ALTER SYSTEM SET lock_timeout = '7s'"),
      repair: () => sql("ALTER SYSTEM RESET lock_timeout"),
    },
    {
      title: "a stopped pooler",
      named: "containers/healthy",
      break: async () => {
        await container("pooler").stop();
      },
      repair: async () => {
        await container("pooler").start();
      },
    },
    {
      title: "a wrong role grant",
      named: "access/no-unplanned-privileges",
      break: () => sql("GRANT app TO app_readonly"),
      repair: () => sql("REVOKE app FROM app_readonly"),
    },
    {
      title: "a corrupt backup file",
      named: "backup/repository-sound",
      deep: true,
      break: () =>
        effect(
          shell(
            "scheduler",
            'f=$(find /var/lib/pgbackrest/backup/main/*F/bundle -type f | sort | head -1) && test -n "$f" && cp "$f" /tmp/whole && echo "$f" > /tmp/name && printf damage | dd of="$f" bs=1 seek=1000 conv=notrunc',
          ),
        ),
      repair: () => effect(shell("scheduler", 'cat /tmp/whole > "$(cat /tmp/name)"')),
    },
  ];

  before(async () => {
    stack = await TestStack.create();
    const up = await stack.run(["up"]);
    assert.equal(up.code, 0, up.err);
  });

  after(() => stack.remove());

  for (const breakage of breakages) {
    it(`${breakage.title}: ${breakage.named} fails and nothing else`, async () => {
      const flags = breakage.deep === true ? ["--deep"] : [];
      await breakage.break();
      try {
        await settles(flags, [breakage.named]);
      } finally {
        await breakage.repair();
        await sql("SELECT pg_reload_conf()");
      }
      await settles(flags, []);
    });
  }

  it("verification leaves nothing of its own behind", async () => {
    assert.equal(await query("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'pgt\\_%'"), "0");
    assert.equal(await query("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'pgt-verify%'"), "0");
  });

  /** What a breakage does takes a moment to show, and so does its repair. The last answer is what the test says. */
  async function settles(flags: readonly string[], named: readonly string[]): Promise<void> {
    let judged: Judged[] = [];
    await waitUntil(
      async () => {
        judged = await troubles(flags);
        return JSON.stringify(judged.map(({ id }) => id)) === JSON.stringify(named);
      },
      { name: `verify to name ${named.join() || "nothing"}`, timeoutMs: 90_000, intervalMs: 500 },
    ).catch((error: unknown) => {
      assert.deepEqual(judged, named, String(error));
    });
    assert.deepEqual(
      judged.map(({ id, status }) => [id, status]),
      named.map((id) => [id, "fail"]),
    );
  }

  async function troubles(flags: readonly string[]): Promise<Judged[]> {
    const { out, err, code } = await stack.run(["verify", "--json", ...flags]);
    assert.ok([0, 1, 3].includes(code), err);
    const { judged } = JSON.parse(out) as { judged: Judged[] };
    return judged.filter(({ status }) => status === "fail" || status === "unknown");
  }

  function container(part: string): ReturnType<TestStack["docker"]["getContainer"]> {
    return stack.docker.getContainer(`${stack.topologyName}-${part}`);
  }

  /** A script whose output is of no interest. */
  async function effect(script: Promise<string>): Promise<void> {
    await script;
  }

  async function shell(part: string, script: string): Promise<string> {
    const result = await execInContainer(stack.docker, `${stack.topologyName}-${part}`, ["sh", "-ec", script], {
      timeoutMs: 60_000,
      signal: new AbortController().signal,
    });
    assert.equal(result.exitCode, 0, result.stderr);
    return result.stdout;
  }

  /** As the administrator, over the server's own socket; ALTER SYSTEM takes force with the reload. */
  async function query(text: string): Promise<string> {
    const quoted = text.replaceAll("'", "'\\''");
    return (await shell("primary", `printf '%s' '${quoted}' | psql -v ON_ERROR_STOP=1 -qAt -d app -f -`)).trim();
  }

  async function sql(text: string): Promise<void> {
    await query(text);
    await query("SELECT pg_reload_conf()");
  }
});
