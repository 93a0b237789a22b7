import { randomBytes } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { deliverHost } from "../../../cli/data-host/deliver-host.ts";
import { finishBootstrap, reachHost } from "../../../cli/data-host/reach-host.ts";
import { applyRoles } from "../../../cli/stack/apply-roles.ts";
import { createAuthority, createCertificate } from "../../../cli/stack/certificates.ts";
import type { DataHostPlace } from "../../../rendering/data-host/host-file.ts";
import { scramVerifier } from "../../../roles/scram.ts";
import { wantedOnDocker } from "../../../roles/wanted-on-docker.ts";
import type { SshSession } from "../../../ssh/session.ts";
import { ROLE_KEYS, type RoleKey } from "../../../topology/names.ts";
import { resolveTopology } from "../../../topology/resolve.ts";
import type { ResolvedSelfRun } from "../../../topology/resolved-self-run.ts";
import type { HostMachine } from "./host-machine.ts";
import { type S3Server, startS3Server } from "./s3-server.ts";
import { makeSshKeys } from "../ssh-keys.ts";

/** The user and the database that stand for the managed ones. */
export const EXPORTED = { database: "app", user: "app_readonly", administrator: "postgres" } as const;
const BUCKET = { name: "pgt-test-backups", region: "nyc3" } as const;
const ROOT = path.join(import.meta.dirname, "../../..");
const APPLY_WITHIN_MS = 120_000;

/** Everything that the tests of a data host know of it. Each secret is marked, so that it can be looked for. */
export interface DataHost {
  readonly machine: HostMachine;
  readonly s3: S3Server;
  readonly server: ResolvedSelfRun;
  readonly place: DataHostPlace;
  readonly passwords: Readonly<Record<RoleKey, string>>;
  /** Every secret, to be looked for. */
  readonly secretTexts: readonly string[];
  /** A session as `pgt` has one, ended after the work. */
  readonly overSsh: <T>(work: (session: SshSession) => Promise<T>) => Promise<T>;
  /** As `pgt up` does, over SSH. @returns the paths that were written */
  readonly deliver: (server?: ResolvedSelfRun) => Promise<readonly string[]>;
  /** One statement over TLS, verify-full, to the private address. */
  readonly query: (sql: string, more?: pg.ClientConfig) => Promise<pg.QueryResult>;
  readonly caCertificate: string;
  /** PEM, of a user who may log in over SSH once something has been delivered. */
  readonly sshKey: string;
  readonly applyRoles: () => Promise<void>;
}

/** The data host of a split with nothing but defaults, and a bucket in this machine's memory of it. */
export async function prepareHost(machine: HostMachine): Promise<DataHost> {
  const authority = await createAuthority("pgtopology test", new Date());
  const { dataHost } = resolveTopology({ target: "digitalocean", region: BUCKET.region, data: {} }, "split");
  if (dataHost === undefined) throw new Error("a topology with a data database has a data host");
  const { server } = dataHost;
  const sshKey = makeSshKeys();
  const passwords = Object.fromEntries(ROLE_KEYS.map((key) => [key, marked(key)])) as Record<RoleKey, string>;
  const key = { id: marked("id"), secret: marked("key") };
  const s3 = await startS3Server({
    address: machine.gateway,
    bucket: BUCKET.name,
    region: BUCKET.region,
    key,
    certificate: await createCertificate(authority, ["s3"], [machine.gateway], new Date()),
  });
  const secrets = {
    administratorPassword: passwords.administrator,
    poolerPassword: passwords.pooler,
    repositoryPassphrase: marked("repository"),
    bucketKey: key,
    exportedPassword: marked("exported"),
  };
  const place: DataHostPlace = {
    bucket: { ...BUCKET, endpoint: s3.endpoint, uriStyle: "path", caCertificate: authority.certificate },
    exported: {
      ...EXPORTED,
      host: machine.address,
      port: 5432,
      caCertificate: authority.certificate,
      schedule: "04:00",
      retentionDays: 30,
    },
  };
  const overSsh: DataHost["overSsh"] = async (work) => {
    const session = await openSsh(machine, sshKey);
    try {
      return await work(session);
    } finally {
      session.end();
    }
  };
  const query = clientOf(machine.address, passwords.administrator, authority.certificate);
  return {
    machine,
    s3,
    server,
    place,
    passwords,
    caCertificate: authority.certificate,
    sshKey: sshKey.private,
    secretTexts: [...Object.values(passwords), secrets.repositoryPassphrase, key.secret, secrets.exportedPassword],
    overSsh,
    deliver: (changed = server) =>
      overSsh(async (session) => {
        await finishBootstrap(session, () => undefined);
        const now = new Date();
        const delivery = { root: ROOT, server: changed, place, secrets, authority, address: machine.address, now };
        return deliverHost(session, delivery);
      }),
    query: async (sql, more) => {
      const client = await query(more);
      try {
        return await client.query(sql);
      } finally {
        await client.end();
      }
    },
    applyRoles: async () => {
      await applyRoles({
        wanted: wantedOnDocker(server),
        passwords: { of: passwords, verifierOf: scramVerifier },
        connect: (database) => query({ database }),
        signal: AbortSignal.timeout(APPLY_WITHIN_MS),
        apply: true,
      });
    },
  };
}

function marked(what: string): string {
  return `secret-${what}-${randomBytes(9).toString("hex")}`;
}

/** A session as `pgt` has one, with a key that the platform would have put there. */
async function openSsh(machine: HostMachine, key: { readonly public: string; readonly private: string }) {
  await machine.put([
    {
      path: "/root/.ssh/authorized_keys",
      content: `${key.public}\n`,
      secret: false,
      permissions: "0600",
      owner: "root",
    },
  ]);
  await machine.run("systemctl start ssh.service");
  const target = { host: machine.address, port: 22, user: "root", login: { privateKey: key.private } };
  return reachHost({ ...target, hostKey: undefined }, new AbortController().signal);
}

function clientOf(host: string, password: string, ca: string): (more?: pg.ClientConfig) => Promise<pg.Client> {
  return async (more = {}) => {
    const plain = { host, port: 5432, user: "postgres", password, database: "postgres" };
    // Told to `ssl` as well: for an address, pg leaves it to Node what is looked for in the certificate: `localhost`.
    const client = new pg.Client({ ...plain, ssl: { ca, host }, connectionTimeoutMillis: 30_000, ...more });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  };
}
