// The table of PostgreSQL 17 and what is said of values, against the image's own server. Does not prove the tables of
// the other majors (`npm run settings -- --check` does), nor what a managed service takes.
import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { Client } from "pg";
import { valueProblem } from "../../../topology/parameters/check-value.ts";
import { settingOf } from "../../../topology/parameters/server-settings.ts";
import table from "../../../topology/parameters/settings-17.json" with { type: "json" };
import { type BareServer, startBareServer } from "../../support/bare-server.ts";
import { REFUSED, TAKEN } from "../../unit/topology/parameters/value-cases.ts";

interface Row {
  readonly name: string;
  readonly type: string;
  readonly unit: string | null;
  readonly min: string | null;
  readonly max: string | null;
  readonly values: string[] | null;
  readonly context: string;
}

/** What Debian's patches add, and what is another number in every minor release. */
const LEFT_OUT = new Set(["extension_destdir", "server_version", "server_version_num"]);

/** Rules that a server adds to type and range, from the machine, its build or its other parameters. */
const FURTHER_RULES = new Set([
  "autovacuum_max_workers",
  "bonjour",
  "max_connections",
  "max_stack_depth",
  "max_wal_senders",
  "max_worker_processes",
  "vacuum_buffer_usage_limit",
  "commit_timestamp_buffers",
  "multixact_member_buffers",
  "multixact_offset_buffers",
  "notify_buffers",
  "serializable_buffers",
  "subtransaction_buffers",
  "transaction_buffers",
]);

/** The minor release that the table was read from. */
const TABLE_MINOR = Number(/^PostgreSQL 17\.(\d+)$/.exec(table.server)?.[1] ?? NaN);

describe("the image's server and the table of PostgreSQL 17", function () {
  this.timeout(5 * 60_000);
  let server: BareServer;
  let client: Client;
  let rows: Row[];
  before(async () => {
    server = await startBareServer();
    client = await server.connect("postgres");
    const result = await client.query<Row>(
      `SELECT name, vartype AS type, unit, min_val AS min, max_val AS max, enumvals AS values, context
       FROM pg_settings WHERE name NOT LIKE '%.%' ORDER BY name`,
    );
    rows = result.rows.filter(({ name }) => !LEFT_OUT.has(name));
    const { rows: versions } = await client.query<{ minor: number }>(
      "SELECT current_setting('server_version_num')::int % 10000 AS minor",
    );
    // A minor release may bring a parameter, and Debian brings the release before the table is read anew.
    if ((versions[0]?.minor ?? 0) <= TABLE_MINOR) return;
    const fresh = rows.filter(({ name }) => settingOf(17, name) === undefined);
    rows = rows.filter(({ name }) => settingOf(17, name) !== undefined);
    const names = fresh.map(({ name }) => name).join(", ");
    if (fresh.length > 0) console.log(`      newer than the table, run "npm run settings": ${names}`);
  });
  after(async () => {
    await client.end();
    await server.remove();
  });

  /** Judges as a configuration file is judged. */
  async function takes(name: string, text: string): Promise<boolean> {
    try {
      await client.query(`ALTER SYSTEM SET ${name} = ${client.escapeLiteral(text)}`);
      await client.query(`ALTER SYSTEM RESET ${name}`);
      return true;
    } catch {
      return false;
    }
  }

  it("agree on every parameter's type, unit, range, words and context", () => {
    assert.ok(rows.length > 350);
    for (const { name, type, unit, min, max, values, context } of rows) {
      const setting = settingOf(17, name);
      assert.ok(setting, `${name} is not in the table`);
      assert.deepEqual(
        [setting.type, setting.unit ?? null, setting.min ?? null, setting.max ?? null, setting.context],
        [type, unit, min === null ? null : Number(min), max === null ? null : Number(max), context],
        name,
      );
      assert.deepEqual(new Set(setting.values), new Set(values ?? []), name);
    }
  });

  it("agree on the values that the unit tests name", async () => {
    for (const [name, text, number] of TAKEN) {
      assert.ok(await takes(name, text), `${name} = ${text} is refused`);
      const context = settingOf(17, name)?.context;
      if (number === undefined || (context !== "user" && context !== "superuser")) continue;
      // In force, a time-out of some milliseconds would end what is asked next.
      if (name.endsWith("_timeout")) continue;
      await client.query(`SET ${name} = ${client.escapeLiteral(text)}`);
      const sql = "SELECT setting FROM pg_settings WHERE lower(name) = lower($1)";
      const { rows: found } = await client.query<{ setting: string }>(sql, [name]);
      assert.equal(Number(found[0]?.setting), number, `${name} = ${text}`);
    }
    for (const [name, text] of REFUSED) {
      // Its library is not loaded here, so that the server can't know the extension's names.
      if (name.startsWith("auto_explain.")) continue;
      assert.ok(!(await takes(name, text)), `${name} = ${text} is taken`);
    }
  });

  it("agree on the ends of every range, a step beyond them, and on words", async () => {
    const disagreements: string[] = [];
    for (const { name, type, min, max, values } of rows) {
      if (FURTHER_RULES.has(name) || type === "string" || settingOf(17, name)?.alterSystem === false) continue;
      const edges = [min, max].flatMap((edge) => (edge === null ? [] : [edge, `${edge}.4`, `${edge}9`, `-1${edge}`]));
      const words = type === "bool" || values !== null ? ["on", "OFF", "tru", "0", "none", "", ...(values ?? [])] : [];
      for (const text of [...edges, ...words, "1kB", "2s", "3", "4XB"]) {
        const expected = valueProblem(17, name, text) === undefined;
        if ((await takes(name, text)) !== expected) disagreements.push(`${name} = ${text}`);
      }
    }
    assert.deepEqual(disagreements, []);
  });
});
