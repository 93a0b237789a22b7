import { randomBytes } from "node:crypto";
import Docker from "dockerode";
import pg from "pg";
import { waitUntil } from "../../kernel/wait-until.ts";

/** One PostgreSQL server in a container of the image, as init leaves it: the administrator and nothing else. */
export interface BareServer {
  readonly connect: (database: string, user?: string, password?: string, more?: pg.ClientConfig) => Promise<pg.Client>;
  /** Everything the server logged so far. */
  readonly log: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

const LABEL = "pgtopology.test";

/** Anybody gets in with a password, so that it is the roles that refuse and not pg_hba.conf. */
const START = `
set -eu
printf '%s' "$ADMINISTRATOR_PASSWORD" > /tmp/password
initdb --pgdata=/tmp/pgdata --username=postgres --pwfile=/tmp/password --auth-local=trust --no-sync > /tmp/initdb.log
printf 'local all all trust\\nhost all all all scram-sha-256\\nhost replication all all scram-sha-256\\n' > /tmp/pgdata/pg_hba.conf
exec postgres -D /tmp/pgdata -c listen_addresses='*' -c unix_socket_directories=/tmp -c log_statement=all \\
  -c log_min_duration_statement=0 -c shared_preload_libraries=pg_stat_statements -c pg_stat_statements.track=all \\
  -c fsync=off -c max_replication_slots=8
`;

/** Starts it on a free port of 127.0.0.1 and waits until it answers. */
export async function startBareServer(): Promise<BareServer> {
  const image = process.env.PGT_TEST_IMAGE;
  if (image === undefined) throw new Error("PGT_TEST_IMAGE is not set: run it by ./pgt test --suite integration");
  const password = randomBytes(12).toString("hex");
  const docker = new Docker();
  const name = `pgt-test-roles-${randomBytes(4).toString("hex")}`;
  const Labels = { [LABEL]: "roles" };
  // An engine need not have a default network.
  const network = await docker.createNetwork({ Name: name, Labels });
  const made = docker.createContainer({
    name,
    Image: image,
    User: "postgres",
    Entrypoint: ["sh", "-c", START],
    Cmd: [],
    Env: [`ADMINISTRATOR_PASSWORD=${password}`],
    Labels,
    ExposedPorts: { "5432/tcp": {} },
    HostConfig: { NetworkMode: name, PortBindings: { "5432/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }] } },
  });
  const container = await made.catch(async (error: unknown) => {
    await network.remove();
    throw error;
  });
  const remove = async (): Promise<void> => {
    await container.remove({ force: true, v: true });
    await network.remove();
  };
  const log = async (): Promise<string> =>
    (await container.logs({ stdout: true, stderr: true, follow: false })).toString("utf8");
  try {
    await container.start();
    const { NetworkSettings } = await container.inspect();
    const port = Number(NetworkSettings.Ports["5432/tcp"]?.[0]?.HostPort);
    if (!(port > 0)) throw new Error("no port of it was published");
    const connect: BareServer["connect"] = async (database, user = "postgres", own = password, more = {}) => {
      const settings = { host: "127.0.0.1", port, database, user, password: own, connectionTimeoutMillis: 30_000 };
      const client = new pg.Client({ ...settings, ...more });
      client.on("error", () => undefined);
      await client.connect();
      return client;
    };
    const answers = async () => {
      const client = await connect("postgres");
      await client.end();
      return true;
    };
    await waitUntil(answers, { name: "the bare server to answer", timeoutMs: 90_000 });
    return { connect, log, remove };
  } catch (error) {
    const said = await log().catch(() => "");
    await remove();
    throw new Error(`the bare server did not start: ${said}`, { cause: error });
  }
}
