import "reflect-metadata";
import { randomBytes } from "node:crypto";
import * as x509 from "@peculiar/x509";
import Docker from "dockerode";
import pg from "pg";
import { applyRoles } from "../../cli/stack/apply-roles.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import type { RenderedFile } from "../../rendering/container-shape.ts";
import { quoteIdentifier, quoteLiteral, type UserMemberships } from "../../roles/step.ts";
import type { WantedAccess } from "../../roles/wanted.ts";
import { roleNames } from "../../topology/names.ts";
import { putFiles } from "./container-files.ts";
import { testImage } from "./running-topology.ts";

/** A primary with a pooler beside it, and a replica of it, as Cloud SQL has them: its roles, TLS only, a CA of its own. */
export interface CloudSqlServers {
  readonly caCertificate: string;
  /** The name in both certificates. */
  readonly host: string;
  readonly passwords: Readonly<Record<"administrator" | "owner" | "readWrite" | "readOnly" | "monitoring", string>>;
  /** Where a part's port, 5432 or 6432, is published on 127.0.0.1. */
  readonly portOf: (part: string, port: number) => number;
  /** Runs a script of SQL as the cloud's own superuser, over the container's socket. */
  readonly sql: (script: string) => Promise<void>;
  /** Connects to the primary over verified TLS. The caller ends the client. */
  readonly connect: (user: string, password: string, database?: string) => Promise<pg.Client>;
  /** Does what the cloud's API does to a user's memberships. */
  readonly changeUser: (change: UserMemberships) => Promise<void>;
  /** Puts the primary into another network of the engine, where it is found by {@link host}. */
  readonly join: (network: string) => Promise<void>;
  /** Takes it out again. */
  readonly leave: (network: string) => Promise<void>;
  /** Runs a shell command in the primary's container. */
  readonly shell: (command: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Whose roles the servers have. */
export interface Provider {
  /** Its own superuser, over the container's socket. */
  readonly superuser: string;
  readonly replication: string;
  /** Whom its customers get. */
  readonly administrator: string;
  /** SQL that makes them, and the users that its API would have made. */
  readonly rolesOf: (options: CloudSqlServersOptions, passwords: CloudSqlServers["passwords"]) => string;
}

/** What the servers are made with. */
export interface CloudSqlServersOptions {
  readonly database: string;
  /** As in postgresql.conf. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly poolSize: number;
  /** Roles are as this says, and the application's tables are there; without it all is as the cloud makes it. */
  readonly wanted?: WantedAccess;
  /** Cloud SQL unless told. */
  readonly provider?: Provider;
  /** Pools by their names, each of the one database, beside one for every database that is asked for. */
  readonly pools?: readonly string[];
  /** Users of IAM, as PostgreSQL names them. */
  readonly iamUsers?: readonly string[];
}

const LABELS = { "pgtopology.test": "cloud-sql" };
const HOST = "instance.sql-psa.test";
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const HOUR_MS = 3_600_000;
const READY_WITHIN_MS = 90_000;

const COMMON = `
set -eu
cd /tmp
`;
const primaryScript = ({ superuser }: Provider) => `${COMMON}
initdb --pgdata=/tmp/pgdata --username=${superuser} --auth-local=trust --no-sync > /tmp/initdb.log
cat /tmp/files/server.conf >> /tmp/pgdata/postgresql.conf
cp /tmp/files/pg_hba.conf /tmp/pgdata/pg_hba.conf
pgbouncer -d /tmp/files/pgbouncer.ini
exec postgres -D /tmp/pgdata
`;
const replicaScript = ({ replication }: Provider) => `${COMMON}
until pg_basebackup --pgdata=/tmp/pgdata --no-sync --checkpoint=fast --write-recovery-conf \\
  --dbname="host=primary user=${replication} sslmode=require"; do rm -rf /tmp/pgdata; sleep 0.2; done
exec postgres -D /tmp/pgdata
`;

/** Starts both on free ports of 127.0.0.1, makes the roles, and waits until the replica follows. */
export async function startCloudSqlServers(options: CloudSqlServersOptions): Promise<CloudSqlServers> {
  const { provider = CLOUD_SQL } = options;
  const docker = new Docker();
  const name = `pgt-test-cloud-${randomBytes(4).toString("hex")}`;
  const network = await docker.createNetwork({ Name: name, Labels: LABELS });
  const made: Docker.Container[] = [];
  const remove = async (): Promise<void> => {
    await Promise.all(made.map((container) => container.remove({ force: true, v: true })));
    await network.remove();
  };
  try {
    const passwords = {
      administrator: password(),
      owner: password(),
      readWrite: password(),
      readOnly: password(),
      monitoring: password(),
    };
    const tls = await makeCertificate();
    const ports = new Map<string, number>();
    const start = async (part: string, script: string): Promise<Docker.Container> => {
      const container = await docker.createContainer({
        name: `${name}-${part}`,
        Image: testImage(),
        User: "postgres",
        Entrypoint: ["sh", "-c", script],
        Cmd: [],
        Labels: LABELS,
        ExposedPorts: { "5432/tcp": {}, "6432/tcp": {} },
        HostConfig: {
          NetworkMode: name,
          PortBindings: {
            "5432/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }],
            "6432/tcp": [{ HostIp: "127.0.0.1", HostPort: "" }],
          },
        },
        NetworkingConfig: { EndpointsConfig: { [name]: { Aliases: [part] } } },
      });
      made.push(container);
      await putFiles(container, filesOf(options, provider, passwords, tls));
      await container.start();
      const { NetworkSettings } = await container.inspect();
      for (const port of [5432, 6432]) {
        ports.set(`${part}:${port}`, Number(NetworkSettings.Ports[`${port}/tcp`]?.[0]?.HostPort));
      }
      return container;
    };
    const portOf = (part: string, port: number): number => ports.get(`${part}:${port}`) ?? 0;
    const primary = await start("primary", primaryScript(provider));
    const shell = (command: string): Promise<void> => run(primary, command);
    const sql = (script: string): Promise<void> =>
      run(
        primary,
        'psql -X -q -v ON_ERROR_STOP=1 -h /tmp -U "$1" -d "$2" -c "$3"',
        provider.superuser,
        options.database,
        script,
      );
    await waitUntil(() => run(primary, "pg_isready -q -h /tmp -d postgres").then(() => true), {
      name: "the primary to answer",
      timeoutMs: READY_WITHIN_MS,
    });
    await run(primary, 'createdb -h /tmp -U "$1" "$2"', provider.superuser, options.database);
    await sql(provider.rolesOf(options, passwords));
    await start("replica-reader", replicaScript(provider));
    const connectTo = async (part: string, user: string, own: string, database: string): Promise<pg.Client> => {
      const ssl = { ca: tls.caCertificate, servername: HOST };
      const client = new pg.Client({ host: "127.0.0.1", port: portOf(part, 5432), user, password: own, database, ssl });
      client.on("error", () => undefined);
      await client.connect();
      return client;
    };
    const connect: CloudSqlServers["connect"] = (user, own, database = options.database) =>
      connectTo("primary", user, own, database);
    const changeUser = (change: UserMemberships): Promise<void> => sql(changeOf(change));
    if (options.wanted !== undefined) {
      const administrator = (database: string): Promise<pg.Client> =>
        connect(provider.administrator, passwords.administrator, database);
      const signal = AbortSignal.timeout(READY_WITHIN_MS);
      const { wanted } = options;
      await applyRoles({ wanted, passwords: undefined, connect: administrator, changeUser, signal, apply: true });
      await sql(migrationOf(wanted.owner));
    }
    const replicaAnswers = async (): Promise<true> => {
      await (
        await connectTo("replica-reader", provider.administrator, passwords.administrator, options.database)
      ).end();
      return true;
    };
    await waitUntil(replicaAnswers, { name: "the replica to answer", timeoutMs: READY_WITHIN_MS });
    const join = async (other: string): Promise<void> => {
      const EndpointConfig = { Aliases: [HOST] };
      await docker.getNetwork(other).connect({ Container: primary.id, EndpointConfig });
    };
    const leave = async (other: string): Promise<void> => {
      await docker.getNetwork(other).disconnect({ Container: primary.id, Force: true });
    };
    const { caCertificate } = tls;
    return {
      ...{ caCertificate, host: HOST, passwords, portOf, sql, connect, changeUser },
      shell,
      join,
      leave,
      remove,
    };
  } catch (error) {
    const logs = await Promise.all(made.map((one) => one.logs({ stdout: true, stderr: true, follow: false })));
    await remove();
    throw new Error(`the servers did not start: ${logs.map((log) => log.toString("utf8")).join("\n")}`, {
      cause: error,
    });
  }
}

function filesOf(
  { database, parameters, pools = [], poolSize }: CloudSqlServersOptions,
  { replication }: Provider,
  passwords: CloudSqlServers["passwords"],
  tls: { caCertificate: string; certificate: string; key: string },
): RenderedFile[] {
  const set = { ...parameters, shared_preload_libraries: "pg_stat_statements", fsync: "on", max_connections: "60" };
  const files = {
    "server.conf": [
      "listen_addresses = '*'",
      "unix_socket_directories = '/tmp'",
      "ssl = on",
      "ssl_cert_file = '/tmp/files/server.crt'",
      "ssl_key_file = '/tmp/files/server.key'",
      ...Object.entries(set).map(([name, value]) => `${name} = '${value}'`),
    ].join("\n"),
    "pg_hba.conf": [
      "local all all trust",
      `hostssl replication ${replication} all trust`,
      "hostssl all all all scram-sha-256",
    ].join("\n"),
    "pgbouncer.ini": [
      "[databases]",
      ...pools.map((pool) => `${pool} = host=/tmp port=5432 dbname=${database}`),
      "* = host=/tmp port=5432",
      "[pgbouncer]",
      "listen_addr = *",
      "listen_port = 6432",
      "unix_socket_dir =",
      "logfile = /tmp/pgbouncer.log",
      "pidfile = /tmp/pgbouncer.pid",
      "auth_type = scram-sha-256",
      "auth_file = /tmp/files/users.txt",
      "client_tls_sslmode = require",
      "client_tls_ca_file = /tmp/files/ca.crt",
      "client_tls_cert_file = /tmp/files/server.crt",
      "client_tls_key_file = /tmp/files/server.key",
      "pool_mode = transaction",
      `default_pool_size = ${poolSize}`,
      "max_prepared_statements = 200",
    ].join("\n"),
    "users.txt": `"${database}" "${passwords.readWrite}"`,
    "ca.crt": tls.caCertificate,
    "server.crt": tls.certificate,
    "server.key": tls.key,
  };
  return Object.entries(files).map(([name, content]) => ({
    path: `/tmp/files/${name}`,
    content: `${content}\n`,
    permissions: "0600",
    secret: false,
  }));
}

/**
 * Roles as dumps of real servers have them: users that the API made are members of `cloudsqlsuperuser`, which owns the
 * databases. Of what the cloud's PostgreSQL is changed to allow, one thing is made up for: its administrator may alter users
 * (here by the admin option, without their privileges). Memberships it may not change.
 */
function cloudSqlRoles(
  { database, iamUsers = [] }: CloudSqlServersOptions,
  passwords: CloudSqlServers["passwords"],
): string {
  const names = roleNames(database);
  const users = (["owner", "readWrite", "readOnly", "monitoring"] as const).map((key) => ({
    name: quoteIdentifier(names[key]),
    password: quoteLiteral(passwords[key]),
  }));
  return [
    "CREATE ROLE cloudsqlsuperuser CREATEDB CREATEROLE;",
    "CREATE ROLE cloudsqlreplica LOGIN REPLICATION;",
    "CREATE ROLE cloudsqliamserviceaccount;",
    "CREATE ROLE cloudsqlimportexport LOGIN CREATEDB CREATEROLE IN ROLE cloudsqlsuperuser;",
    "CREATE ROLE cloudsqlobservability LOGIN;",
    "GRANT pg_monitor TO cloudsqlsuperuser;",
    `CREATE ROLE postgres LOGIN CREATEDB CREATEROLE IN ROLE cloudsqlsuperuser PASSWORD ${quoteLiteral(passwords.administrator)};`,
    ...users.map(
      ({ name, password: own }) =>
        `CREATE ROLE ${name} LOGIN CREATEDB CREATEROLE IN ROLE cloudsqlsuperuser PASSWORD ${own};`,
    ),
    ...iamUsers.map((user) => `CREATE ROLE ${quoteIdentifier(user)} LOGIN IN ROLE cloudsqliamserviceaccount;`),
    ...[...users.map(({ name }) => name), ...iamUsers.map(quoteIdentifier)].map(
      (name) => `GRANT ${name} TO postgres WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;`,
    ),
    ...[database, "postgres", "template1"].map(
      (name) => `ALTER DATABASE ${quoteIdentifier(name)} OWNER TO cloudsqlsuperuser;`,
    ),
    "GRANT ALL ON SCHEMA public TO cloudsqlsuperuser;",
    // The cloud lets its administrator make it.
    "CREATE EXTENSION pg_stat_statements;",
  ].join("\n");
}

const CLOUD_SQL: Provider = {
  superuser: "cloudsqladmin",
  replication: "cloudsqlreplica",
  administrator: "postgres",
  rolesOf: cloudSqlRoles,
};

/** As the API does it: as the superuser, whoever gave what is taken. */
function changeOf({ exact, memberOf, user }: UserMemberships): string {
  const name = quoteIdentifier(user);
  const kept = memberOf.map(quoteLiteral).join(", ");
  const revoke = `DO $do$ DECLARE m record; BEGIN
    FOR m IN SELECT r.rolname AS role, g.rolname AS grantor FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid
      JOIN pg_roles g ON g.oid = a.grantor
      WHERE a.member = ${quoteLiteral(name)}::regrole AND NOT r.rolname = ANY (ARRAY[${kept}]::name[])
    LOOP EXECUTE format('REVOKE %I FROM ${name} GRANTED BY %I', m.role, m.grantor); END LOOP; END $do$;`;
  return [
    ...memberOf.map((role) => `GRANT ${quoteIdentifier(role)} TO ${name} WITH INHERIT TRUE, SET TRUE;`),
    ...(exact ? [revoke] : []),
  ].join("\n");
}

/** What the owner's migrations make. */
function migrationOf(owner: string): string {
  return [
    `SET ROLE ${quoteIdentifier(owner)};`,
    "CREATE SCHEMA shop; CREATE TABLE shop.orders (id bigint, placed_at timestamptz);",
    "CREATE VIEW shop.recent AS SELECT * FROM shop.orders;",
  ].join("\n");
}

async function run(container: Docker.Container, command: string, ...args: string[]): Promise<void> {
  const exec = await container.exec({
    Cmd: ["sh", "-c", command, "sh", ...args],
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({});
  const said: Buffer[] = [];
  for await (const chunk of stream) said.push(chunk as Buffer);
  const { ExitCode } = await exec.inspect();
  if (ExitCode !== 0) throw new Error(Buffer.concat(said).toString("utf8"));
}

async function makeCertificate(): Promise<{ caCertificate: string; certificate: string; key: string }> {
  const caKeys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const validity = { notBefore: new Date(Date.now() - HOUR_MS), notAfter: new Date(Date.now() + 2400 * HOUR_MS) };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=Cloud SQL test CA",
    keys: caKeys,
    signingAlgorithm: ALGORITHM,
    ...validity,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    subject: "CN=instance",
    issuer: ca.subject,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: ALGORITHM,
    ...validity,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: HOST },
        // For clients that are forwarded.
        { type: "dns", value: "localhost" },
      ]),
    ],
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    caCertificate: ca.toString("pem"),
    certificate: certificate.toString("pem"),
    key: x509.PemConverter.encode(key, "PRIVATE KEY"),
  };
}

function password(): string {
  return randomBytes(12).toString("hex");
}
