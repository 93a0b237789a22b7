import { randomBytes } from "node:crypto";
import Docker from "dockerode";
import pg from "pg";
import { applyRoles } from "../../cli/stack/apply-roles.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import type { ContainerShape } from "../../rendering/container-shape.ts";
import { containersOf } from "../../rendering/containers.ts";
import { filesOf } from "../../rendering/files.ts";
import { scramVerifier } from "../../roles/scram.ts";
import { wantedOnDocker } from "../../roles/wanted-on-docker.ts";
import { LABELS, ROLE_KEYS, type RoleKey } from "../../topology/names.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { TopologySecrets } from "../../topology/secrets.ts";
import type { SpecOf } from "../../topology/spec.ts";
import { execIn, type ExecResult } from "./container-exec.ts";
import { putFiles } from "./container-files.ts";
import { freePorts } from "./free-ports.ts";
import { makeTestCertificates } from "./test-certificates.ts";

/** A topology of plain containers: what the components make, without Pulumi. Everything has a name of its own. */
export interface RunningTopology {
  readonly topology: ResolvedDocker;
  readonly secrets: TopologySecrets;
  readonly docker: Docker;
  /** The container of a part, `primary` for one. */
  readonly container: (part: string) => Docker.Container;
  /** Makes a part's container: anew if there is one, on the volumes that are there, after changes to the topology if given. */
  readonly make: (part: string, changes?: Partial<ResolvedDocker>) => Promise<void>;
  readonly exec: (part: string, command: readonly string[]) => Promise<ExecResult>;
  /** Everything the part's container has logged. */
  readonly log: (part: string) => Promise<string>;
  /** Waits until the part's own health check says so. */
  readonly waitHealthy: (part: string) => Promise<void>;
  /** A connected client over TLS, verify-full. The caller ends it. */
  readonly connect: (part: string, role?: RoleKey, more?: pg.ClientConfig) => Promise<pg.Client>;
  /** One statement in a session of its own. */
  readonly query: (part: string, sql: string, role?: RoleKey, more?: pg.ClientConfig) => Promise<pg.QueryResult>;
  readonly applyRoles: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

const LABEL = "pgtopology.test.topology";
/** A machine that is busy with other suites needs minutes for what takes seconds. */
const HEALTHY_WITHIN_MS = 240_000;

/** The image under test. */
export function testImage(): string {
  const image = process.env.PGT_TEST_IMAGE;
  if (image === undefined) throw new Error("PGT_TEST_IMAGE is not set: run it by ./pgt test --suite integration");
  return image;
}

/**
 * Free ports for all, and a small memory.
 * @param first what happens before the first container is made.
 */
export async function startTopology(
  spec: Partial<SpecOf<"docker">> = {},
  first?: (running: RunningTopology) => Promise<void>,
): Promise<RunningTopology> {
  const running = await prepareTopology(spec);
  try {
    await first?.(running);
    const parts = containersOf(running.topology).map(({ part }) => part);
    await running.make("primary");
    await running.waitHealthy("primary");
    for (const part of parts.filter((name) => name !== "primary")) await running.make(part);
    await running.applyRoles();
    await Promise.all(parts.map((part) => running.waitHealthy(part)));
    return running;
  } catch (error) {
    await running.remove();
    throw error;
  }
}

/** The network and everything that is needed to make the containers, but none of them yet. */
export async function prepareTopology(spec: Partial<SpecOf<"docker">> = {}): Promise<RunningTopology> {
  const topology = await resolveForTest(spec);
  const secrets = await makeTestSecrets(topology);
  const docker = new Docker();
  const labels = { [LABEL]: topology.name };
  await docker.createNetwork({ Name: topology.name, Labels: labels });

  const container = (part: string) => docker.getContainer(`${topology.name}-${part}`);
  const connect: RunningTopology["connect"] = async (part, role = "administrator", more = {}) => {
    const client = new pg.Client({
      ...addressOf(topology, part),
      user: topology.roles[role],
      password: secrets.passwords[role],
      database: part === "pooler" ? topology.database : "postgres",
      ssl: { ca: secrets.caCertificate, servername: "localhost" },
      connectionTimeoutMillis: 60_000,
      ...more,
    });
    // A server that is stopped under the client must not end the test run.
    client.on("error", () => undefined);
    await client.connect();
    return client;
  };
  return {
    topology,
    secrets,
    docker,
    container,
    connect,
    make: async (part, changes = {}) => {
      const changed = { ...topology, ...changes };
      const shape = containersOf(changed).find((candidate) => candidate.part === part);
      if (shape === undefined) throw new Error(`the topology has no part ${part}`);
      await removeContainer(container(part));
      const made = await docker.createContainer(createOptions(changed, shape, labels));
      await putFiles(
        made,
        filesOf<string>(changed, part, secrets, (secret, write) => write(secret)),
      );
      await made.start();
    },
    exec: (part, command) => execIn(docker, `${topology.name}-${part}`, command),
    log: async (part) => (await container(part).logs({ stdout: true, stderr: true, follow: false })).toString("utf8"),
    waitHealthy: (part) => waitHealthy(container(part), part),
    query: async (part, sql, role, more) => {
      const client = await connect(part, role, more);
      try {
        return await client.query(sql);
      } finally {
        await client.end();
      }
    },
    applyRoles: async () => {
      const signal = AbortSignal.timeout(HEALTHY_WITHIN_MS);
      const administrator = (database: string) => connect("primary", "administrator", { database });
      const passwords = { of: secrets.passwords, verifierOf: scramVerifier };
      await applyRoles({ wanted: wantedOnDocker(topology), passwords, connect: administrator, signal, apply: true });
    },
    remove: () => removeEverything(docker, topology.name),
  };
}

async function resolveForTest(spec: Partial<SpecOf<"docker">>): Promise<ResolvedDocker> {
  const name = `pgt-test-${randomBytes(5).toString("hex")}`;
  const keys = Object.keys(spec.replicas ?? {});
  const [primary, pooler, ...replicaPorts] = await freePorts(2 + keys.length);
  const replicas = Object.fromEntries(keys.map((key, at) => [key, { port: replicaPorts[at] }]));
  const ports = { ...(primary !== undefined && { primary }), ...(pooler !== undefined && { pooler }) };
  const size = { memoryGiB: 0.25, cpus: 1 };
  const resolved = resolveTopology({ target: "docker", size, ...spec, replicas, ports }, name);
  return { ...resolved, name };
}

/** Each secret is marked, so that a test can look for it where it must not be. */
async function makeTestSecrets(topology: ResolvedDocker): Promise<TopologySecrets> {
  const secret = (what: string) => `secret-${what}-${randomBytes(9).toString("hex")}`;
  return {
    passwords: Object.fromEntries(ROLE_KEYS.map((key) => [key, secret(key)])) as Record<RoleKey, string>,
    repositoryPassphrase: secret("repository"),
    ...(await makeTestCertificates(topology)),
  };
}

function addressOf(topology: ResolvedDocker, part: string): { host: string; port: number } {
  const port = containersOf(topology).find((shape) => shape.part === part)?.port?.published;
  if (port === undefined) throw new Error(`${part} publishes no port`);
  return { host: topology.address, port };
}

function createOptions(
  topology: ResolvedDocker,
  shape: ContainerShape,
  labels: Record<string, string>,
): Docker.ContainerCreateOptions {
  const { healthcheck, port } = shape;
  const internal = port && `${port.internal}/tcp`;
  const nanoseconds = 1e9;
  return {
    name: `${topology.name}-${shape.part}`,
    Image: testImage(),
    Cmd: [...shape.command],
    Env: Object.entries(shape.environment).map(([key, value]) => `${key}=${value}`),
    Labels: { ...labels, [LABELS.stack]: topology.name, [LABELS.part]: shape.part },
    StopSignal: shape.stopSignal,
    StopTimeout: shape.stopTimeoutSeconds,
    Healthcheck: {
      Test: ["CMD", ...healthcheck.command],
      Interval: healthcheck.intervalSeconds * nanoseconds,
      Timeout: healthcheck.timeoutSeconds * nanoseconds,
      Retries: healthcheck.retries,
      StartPeriod: healthcheck.startPeriodSeconds * nanoseconds,
    },
    ...(internal && { ExposedPorts: { [internal]: {} } }),
    HostConfig: {
      ...(internal && {
        PortBindings: { [internal]: [{ HostIp: topology.address, HostPort: String(port.published) }] },
      }),
      Binds: shape.mounts.map(
        (mount) => `${topology.name}-${mount.volume}:${mount.path}${mount.readOnly ? ":ro" : ""}`,
      ),
      Tmpfs: Object.fromEntries(shape.tmpfs.map((path) => [path, ""])),
      Memory: shape.memoryMiB * 1024 * 1024,
      NanoCpus: shape.cpus * nanoseconds,
      ShmSize: shape.shmMiB * 1024 * 1024,
      RestartPolicy: { Name: "unless-stopped" },
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      LogConfig: { Type: "json-file", Config: { "max-size": "20m", "max-file": "2" } },
      NetworkMode: topology.name,
    },
    NetworkingConfig: { EndpointsConfig: { [topology.name]: { Aliases: [...shape.aliases] } } },
  };
}

async function waitHealthy(container: Docker.Container, part: string): Promise<void> {
  let last = "";
  const attempt = async () => {
    const { State } = await container.inspect();
    last = State.Health?.Log.at(-1)?.Output ?? "";
    if (State.Health?.Status === "healthy") return true;
    throw new Error(`${State.Status}, ${State.Health?.Status ?? "no health"}: ${last.trim()}`);
  };
  await waitUntil(attempt, { name: `${part} to be healthy`, timeoutMs: HEALTHY_WITHIN_MS });
}

async function removeContainer(container: Docker.Container): Promise<void> {
  await container.remove({ force: true, v: true }).catch((error: unknown) => {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  });
}

/** By the label and the prefix that only this topology has. */
async function removeEverything(docker: Docker, name: string): Promise<void> {
  const containers = await docker.listContainers({ all: true, filters: { label: [`${LABEL}=${name}`] } });
  await Promise.all(containers.map(({ Id }) => removeContainer(docker.getContainer(Id))));
  const { Volumes } = await docker.listVolumes({ filters: { name: [`${name}-`] } });
  await Promise.all(Volumes.map((volume) => docker.getVolume(volume.Name).remove()));
  await docker.getNetwork(name).remove();
}
