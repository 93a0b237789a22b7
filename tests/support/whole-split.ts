import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import { createAuthority, createCertificate } from "../../cli/stack/certificates.ts";
import { renderBootstrap } from "../../rendering/data-host/bootstrap.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { SpecOf } from "../../topology/spec.ts";
import { type CloudSqlServers, startCloudSqlServers } from "./cloud-sql-server.ts";
import { type HostMachine, startHostMachine } from "./data-host/host-machine.ts";
import { type S3Server, startS3Server } from "./data-host/s3-server.ts";
import { type DigitalOceanApi, startDigitalOceanApi } from "./digitalocean-api/digitalocean-api.ts";
import { DIGITALOCEAN } from "./digitalocean-servers.ts";
import { type Ended, ended } from "./test-stack.ts";
import { makeSshKeys } from "./ssh-keys.ts";

const ROOT = path.join(import.meta.dirname, "..", "..");
const REGION = "nyc3";
/** The provider names no other host of buckets: the machine is told that this one is here. */
const SPACES = `${REGION}.digitaloceanspaces.com`;
const SUFFIX = "k3x9";
const STATE_BUCKET = "state-of-the-team";
const POOL_SIZE = 5;

type Spec = SpecOf<"digitalocean">;
interface Written {
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * A split whose every part is there: the API is a small server of this machine, and what it names is a Debian under systemd
 * as the Droplet, a server of PostgreSQL with a pooler as the cluster, and a server that speaks S3 as Spaces.
 */
export class WholeSplit {
  readonly name: string;
  readonly topology: ResolvedDigitalOcean;
  readonly api: DigitalOceanApi;
  readonly machine: HostMachine;
  readonly managed: CloudSqlServers;
  readonly s3: S3Server;
  /** Secrets that the platform gives, or a person; those of the stack's own are made by it. */
  readonly secretTexts: readonly string[];
  readonly configFile: string;
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(parts: Omit<Parts, "key">, secretTexts: readonly string[], env: NodeJS.ProcessEnv) {
    ({ name: this.name, topology: this.topology, api: this.api, machine: this.machine } = parts);
    ({ managed: this.managed, s3: this.s3, folder: this.#folder } = parts);
    this.secretTexts = secretTexts;
    this.configFile = path.join(ROOT, `Pulumi.${this.name}.yaml`);
    this.#env = env;
  }

  /** Starts all of it, and writes the wish: that of Pulumi.split-staging.yaml. */
  static async create(): Promise<WholeSplit> {
    const letters = Array.from({ length: 5 }, () => String.fromCharCode(97 + randomInt(26))).join("");
    const name = `split-${letters}`;
    const spec = await wishOf();
    const topology = resolveTopology(spec, name);
    const undo: (() => Promise<void> | void)[] = [];
    try {
      const parts = await startParts({ name, spec, topology, undo });
      const { api, folder, key, managed, s3 } = parts;
      const passphrase = marked("passphrase");
      const env = {
        ...process.env,
        ...api.env,
        PGT_STATE_DIR: folder,
        PGT_SSH_KEY: path.join(folder, "ssh-key"),
        PULUMI_BACKEND_URL: `s3://${STATE_BUCKET}?endpoint=https://${s3.endpoint}&use_path_style=true&region=${REGION}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        AWS_ACCESS_KEY_ID: key.id,
        AWS_SECRET_ACCESS_KEY: key.secret,
        AWS_CA_BUNDLE: path.join(folder, "spaces-ca.crt"),
      };
      return new WholeSplit(parts, [...Object.values(managed.passwords), key.secret, passphrase], env);
    } catch (error) {
      for (const each of undo.toReversed()) await each();
      throw error;
    }
  }

  /** Starts `./pgt <command> --stack … <args>`. */
  start(args: readonly string[]): ChildProcess {
    const [command = "--help", ...rest] = args;
    return spawn(path.join(ROOT, "pgt"), [command, "--stack", this.name, ...rest], {
      cwd: this.#folder,
      env: this.#env,
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own: whoever kills it means what it has started, too.
      detached: true,
    });
  }

  /** Runs a command to its end. */
  run(args: readonly string[]): Promise<Ended> {
    return ended(this.start(args));
  }

  /** What is below `config:` in the stack's file. */
  async configuration(): Promise<Readonly<Record<string, unknown>>> {
    return (await this.#document()).config;
  }

  async #document(): Promise<Written> {
    return parse(await readFile(this.configFile, "utf8")) as Written;
  }

  /** Writes another wish, and what else is told; the next `up` takes it. */
  async edit(change: (spec: Spec) => Spec, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const document = await this.#document();
    const topology = change(document.config["pgtopology:topology"] as Spec);
    const config = { ...document.config, "pgtopology:topology": topology, ...more };
    await writeFile(this.configFile, yamlOf({ ...document, config }));
  }

  /** Folder of the state's objects. */
  get state(): string {
    return path.join(path.dirname(this.s3.folder), STATE_BUCKET);
  }

  /** The managed cluster can't be reached from the data host, as behind a list that does not name it. */
  cutOff(): Promise<void> {
    return this.managed.leave(this.machine.network);
  }

  /** It can be again. */
  restore(): Promise<void> {
    return this.managed.join(this.machine.network);
  }

  async remove(): Promise<void> {
    this.api.end();
    await rm(this.configFile, { force: true });
    await this.s3.remove();
    await this.managed.leave(this.machine.network).catch(() => undefined);
    await this.managed.remove();
    await this.machine.remove();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Parts {
  readonly name: string;
  readonly topology: ResolvedDigitalOcean;
  readonly folder: string;
  readonly machine: HostMachine;
  readonly managed: CloudSqlServers;
  readonly s3: S3Server;
  readonly api: DigitalOceanApi;
  readonly key: { readonly id: string; readonly secret: string };
}

async function startParts({
  name,
  spec,
  topology,
  undo,
}: Pick<Parts, "name" | "topology"> & {
  readonly spec: Spec;
  readonly undo: (() => Promise<void> | void)[];
}): Promise<Parts> {
  const volume = `${name}-data-${SUFFIX}`;
  const userData = renderBootstrap({ volume });
  const machine = await startHostMachine(volume, /^PACKAGES="(.*)"$/m.exec(userData)?.[1] ?? "");
  undo.push(() => machine.remove());
  const managed = await startCloudSqlServers({
    ...{ database: topology.database, parameters: topology.parameters, poolSize: POOL_SIZE },
    ...{ provider: DIGITALOCEAN, pools: [topology.pooling?.writerPool ?? ""] },
  });
  undo.push(() => managed.remove());
  await managed.join(machine.network);
  undo.push(() => managed.leave(machine.network));
  const folder = await mkdtemp(path.join(tmpdir(), "pgt-whole-"));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const key = { id: marked("id"), secret: marked("bucket-key") };
  const s3 = await startSpaces({ bucket: `${name}-backups-${SUFFIX}`, folder, key, machine });
  undo.push(() => s3.remove());
  const login = makeSshKeys();
  await writeFile(path.join(folder, "ssh-key"), login.private, { mode: 0o600 });
  const { administrator, monitoring, owner, readOnly, readWrite } = topology.roles;
  const api = await startDigitalOceanApi({
    server: {
      host: managed.host,
      port: 5432,
      poolPort: 6432,
      caCertificate: managed.caCertificate,
      passwords: {
        [administrator]: managed.passwords.administrator,
        [owner]: managed.passwords.owner,
        [readWrite]: managed.passwords.readWrite,
        [readOnly]: managed.passwords.readOnly,
        [monitoring]: managed.passwords.monitoring,
      },
    },
    machine: {
      publicAddress: machine.address,
      privateAddress: machine.address,
      // What goes wrong with it, whoever waits for the host says.
      boot: (text) => void boot(machine, text, login.public).catch((error: unknown) => console.error(error)),
      key,
    },
  });
  undo.push(() => api.end());
  const config = { "pgtopology:topology": spec, "pgtopology:suffix": SUFFIX };
  await writeFile(path.join(ROOT, `Pulumi.${name}.yaml`), yamlOf({ config }));
  return { name, topology, folder, machine, managed, s3, api, key };
}

/** As cloud-init does: the account's key first, then the user data, in a process of its own. */
async function boot(machine: HostMachine, userData: string, key: string): Promise<void> {
  const quotedData = Buffer.from(userData).toString("base64");
  await machine.run(`install -d -m 0700 /root/.ssh
echo '${key}' >/root/.ssh/authorized_keys
chmod 0600 /root/.ssh/authorized_keys
echo '${quotedData}' | base64 -d >/root/user-data
systemctl start ssh.service
systemd-run --quiet --unit=first-boot sh /root/user-data`);
}

/** The host finds it where Spaces is: at an address of its own that leads here, with a certificate that Debian trusts. */
async function startSpaces({
  bucket,
  folder,
  key,
  machine,
}: {
  readonly bucket: string;
  readonly folder: string;
  readonly key: Parts["key"];
  readonly machine: HostMachine;
}): Promise<S3Server> {
  const authority = await createAuthority("pgtopology test of Spaces", new Date());
  const names = [SPACES, `${bucket}.${SPACES}`];
  const certificate = await createCertificate(authority, names, [machine.gateway], new Date());
  const s3 = await startS3Server({
    ...{ address: machine.gateway, bucket, region: REGION, key, certificate, domain: SPACES },
  });
  await mkdir(path.join(path.dirname(s3.folder), STATE_BUCKET));
  await writeFile(path.join(folder, "spaces-ca.crt"), authority.certificate);
  await machine.run(`mkdir -p /usr/local/share/ca-certificates
cat >/usr/local/share/ca-certificates/spaces.crt <<'PEM'
${authority.certificate}
PEM
echo '127.0.0.2 ${names.join(" ")}' >>/etc/hosts
cat >/etc/systemd/system/spaces.socket <<'UNIT'
[Socket]
ListenStream=127.0.0.2:443
UNIT
cat >/etc/systemd/system/spaces.service <<'UNIT'
[Service]
ExecStart=/usr/lib/systemd/systemd-socket-proxyd ${s3.endpoint}
UNIT
systemctl daemon-reload
systemctl start spaces.socket`);
  return s3;
}

async function wishOf(): Promise<Spec> {
  const { config } = parse(await readFile(path.join(ROOT, "Pulumi.split-staging.yaml"), "utf8")) as Written;
  const spec = config["pgtopology:topology"] as Spec;
  // Small, so that a crowd in front of it is small, too.
  return { ...spec, pooling: { mode: "transaction", writerPoolSize: POOL_SIZE } };
}

function marked(what: string): string {
  return `secret-${what}-${randomBytes(9).toString("hex")}`;
}

/** With quotes around what the engine's YAML would take for a date. */
function yamlOf(document: Written): string {
  return stringify(document, { version: "1.1" });
}
