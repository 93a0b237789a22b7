import assert from "node:assert/strict";
import pg from "pg";
import { execInContainer } from "../../cli/stack/container-exec.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import { LABELS } from "../../topology/names.ts";
import type { RowsAt, SeenServer, SeenStack } from "./observed-change.ts";
import type { TestStack } from "./test-stack.ts";

/** What an application is told, by the name of each variable. */
export type Told = Readonly<Partial<Record<string, string>>>;

/** Sessions that were opened before a change, and by what they are called. */
export type Sessions = ReadonlyMap<string, pg.Client>;

const TIMEOUT_MS = 30_000;
/** A machine that is busy with other suites needs minutes for what takes seconds. */
const SETTLED_WITHIN_MS = 240_000;

/** Databases that a stack may have, by how variables of them begin, and the parts of their primaries. */
const DATABASES = { app: "PRIMARY", data: "DATA" } as const;

/** `psql` over the socket, as the administrator. */
const PSQL = ["psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--host=/run/postgresql"];

const SERVER = `SELECT json_build_object(
  'isPrimary', NOT pg_is_in_recovery(),
  'system', (SELECT system_identifier::text FROM pg_control_system()),
  'copy', (SELECT modification::text FROM pg_stat_file('PG_VERSION')),
  'timeline', (SELECT timeline_id FROM pg_control_checkpoint()),
  'startedAt', pg_postmaster_start_time()::text,
  'reloadedAt', pg_conf_load_time()::text)`;

/**
 * The watchdog of a pooler starts PgBouncer anew when a server has an address that it does not know: it looks every few
 * seconds, which may be after the end of an `up`.
 */
const KNOWS_ADDRESSES = `cd /tmp
for known in addresses-of-*; do
  for address in $(getent ahostsv4 "\${known#addresses-of-}" | sed 's/ .*//' | sort -u); do
    grep -qxF "$address" "$known" || exit 1
  done
done`;

/** One running stack, looked at from outside: by its engine, its servers, and as its application. */
export class WatchedStack {
  readonly #stack: TestStack;

  constructor(stack: TestStack) {
    this.#stack = stack;
  }

  /** Waits until everything runs, is healthy and has nothing more to do. */
  async settle(): Promise<void> {
    await waitUntil(
      async () => {
        const containers = await this.#containers();
        if (containers.some(({ status }) => !status.endsWith("(healthy)"))) return false;
        const poolers = containers.filter(({ part }) => part === "pooler");
        const known = await Promise.all(poolers.map(({ name }) => this.#exec(name, ["sh", "-c", KNOWS_ADDRESSES])));
        return containers.length > 0 && known.every(({ exitCode }) => exitCode === 0);
      },
      { name: `${this.#stack.name} to settle`, timeoutMs: SETTLED_WITHIN_MS, intervalMs: 200 },
    );
  }

  async see(): Promise<SeenStack> {
    const containers = await this.#containers();
    const servers = containers.filter(({ part }) => part === "primary" || part.startsWith("replica-"));
    const poolers = containers.filter(({ part }) => part === "pooler");
    return {
      servers: Object.fromEntries(
        await Promise.all(servers.map(async ({ name }) => [name, await this.#server(name)] as const)),
      ),
      poolers: Object.fromEntries(
        await Promise.all(poolers.map(async ({ id, name }) => [name, `${id} ${await this.#startOf(id)}`] as const)),
      ),
      repositories: Object.fromEntries([...(await this.#volumes())].filter(([name]) => name.endsWith("-backups"))),
    };
  }

  /** What an application on this machine is told now. */
  async told(): Promise<Told> {
    const { code, out, err } = await this.#stack.run(["env", "--format", "json", "--client", "node"]);
    assert.equal(code, 0, err);
    return JSON.parse(out) as Told;
  }

  /** A row in each database. @returns the databases */
  async plant(told: Told, row: string): Promise<string[]> {
    const databases = Object.entries(DATABASES).filter(([, prefix]) => told[`${prefix}_DATABASE_URL`] !== undefined);
    for (const [, prefix] of databases) {
      await withClient(told[`${prefix}_DIRECT_DATABASE_URL`], async (client) => {
        await client.query("CREATE TABLE IF NOT EXISTS kept (row text)");
        await client.query("INSERT INTO kept VALUES ($1)", [row]);
      });
    }
    return databases.map(([database]) => database);
  }

  /** Where a row is that was planted before a change, when its database had that name. */
  async find(told: Told, row: string, { key, name }: { key: string; name: string }): Promise<RowsAt> {
    const prefix = key === "data" ? DATABASES.data : DATABASES.app;
    if (await isReached(told[`${prefix}_DATABASE_URL`], row)) return "reached";
    const owner = key === "data" ? this.#stack.topologyNames[1] : this.#stack.topologyName;
    const primary = `${owner ?? ""}-primary`;
    const isThere = (await this.#containers()).some((container) => container.name === primary);
    if (!isThere) return (await this.#volumes()).has(`${primary}-data`) ? "kept" : "gone";
    const sql = `SELECT count(*) FROM kept WHERE row = '${row}'`;
    const { exitCode, stdout } = await this.#exec(primary, [...PSQL, `--dbname=${name}`, `--command=${sql}`]);
    return exitCode === 0 && stdout.trim() === "1" ? "kept" : "gone";
  }

  /** One session to each database, and one through its pooler, all as an application opens them. */
  async open(told: Told): Promise<Sessions> {
    const sessions = new Map<string, pg.Client>();
    for (const prefix of Object.values(DATABASES)) {
      for (const name of [`${prefix}_DIRECT_DATABASE_URL`, `${prefix}_DATABASE_URL`]) {
        const url = told[name];
        if (url === undefined) continue;
        const client = clientOf(url);
        sessions.set(name, client);
        await client.connect();
        await client.query("SELECT 1");
      }
    }
    return sessions;
  }

  async #containers(): Promise<{ id: string; name: string; part: string; status: string }[]> {
    const listed = await Promise.all(
      this.#stack.topologyNames.map((name) =>
        this.#stack.docker.listContainers({ all: true, filters: { label: [`${LABELS.stack}=${name}`] } }),
      ),
    );
    return listed.flat().map(({ Id, Labels, Names, Status }) => ({
      id: Id,
      name: Names[0]?.slice(1) ?? Id,
      part: Labels[LABELS.part] ?? "",
      status: Status,
    }));
  }

  /** By name, with the time when each was made. */
  async #volumes(): Promise<ReadonlyMap<string, string>> {
    const listed = await Promise.all(
      this.#stack.topologyNames.map((name) =>
        this.#stack.docker.listVolumes({ filters: { label: [`${LABELS.stack}=${name}`] } }),
      ),
    );
    const volumes = listed.flatMap(({ Volumes }) => Volumes as { Name: string; CreatedAt?: string }[]);
    return new Map(volumes.map(({ CreatedAt, Name }) => [Name, CreatedAt ?? ""]));
  }

  async #server(container: string): Promise<SeenServer> {
    const { exitCode, stderr, stdout } = await this.#exec(container, [
      ...PSQL,
      "--dbname=postgres",
      `--command=${SERVER}`,
    ]);
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as SeenServer;
  }

  async #startOf(container: string): Promise<string> {
    return (await this.#stack.docker.getContainer(container).inspect()).State.StartedAt;
  }

  #exec(container: string, command: readonly string[]): ReturnType<typeof execInContainer> {
    return execInContainer(this.#stack.docker, container, command, {
      timeoutMs: TIMEOUT_MS,
      signal: new AbortController().signal,
    });
  }
}

/** Ends them, and says which were not alive any more. */
export async function closeSessions(sessions: Sessions): Promise<string[]> {
  const lost: string[] = [];
  for (const [name, client] of sessions) {
    const isAlive = await client.query("SELECT 1").then(
      () => true,
      () => false,
    );
    if (!isAlive) lost.push(name);
    await client.end().catch(() => undefined);
  }
  return lost;
}

function clientOf(url: string | undefined): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  // A session that ends while nobody asks is seen by the next question.
  client.on("error", () => undefined);
  return client;
}

async function withClient<T>(url: string | undefined, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = clientOf(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

const UNDEFINED_TABLE = "42P01";

async function isReached(url: string | undefined, row: string): Promise<boolean> {
  if (url === undefined) return false;
  return withClient(url, async (client) => {
    try {
      return (await client.query("SELECT FROM kept WHERE row = $1", [row])).rowCount === 1;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return false;
      throw error;
    }
  });
}
