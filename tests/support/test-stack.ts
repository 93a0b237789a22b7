import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Dockerode from "dockerode";
import { stringify } from "yaml";
import { TOPOLOGY_KEY } from "../../config/keys.ts";
import { LABELS, topologyName, topologyNames } from "../../topology/names.ts";
import type { SpecOf, TopologySpec } from "../../topology/spec.ts";
import { freePorts } from "./free-ports.ts";
import { testDocker } from "./test-docker.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** How a command of `pgt` ended. */
export interface Ended {
  /** 128 + signal when a signal ended it. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A stack of a test's own: name, state, ports and configuration; nothing of it touches a user's. */
export class TestStack {
  readonly name: string;
  readonly topologyName: string;
  /** Also of its data database, whether it has one or not. */
  readonly topologyNames: readonly string[];
  readonly stateDir: string;
  /** Its configuration lies in the clone, its state where the environment says. */
  readonly shared: boolean;
  readonly configFile: string;
  readonly docker: Dockerode = testDocker();
  spec: TopologySpec;

  private constructor(name: string, stateDir: string, spec: TopologySpec) {
    this.name = name;
    this.topologyName = topologyName(name);
    this.topologyNames = topologyNames(name);
    this.stateDir = stateDir;
    this.shared = !name.startsWith("local");
    this.configFile = this.shared ? join(ROOT, `Pulumi.${name}.yaml`) : join(stateDir, "wished.yaml");
    this.spec = spec;
  }

  /** A stack that is configured, and not made yet. */
  static async create(wish: Partial<SpecOf<"docker">> = {}, prefix = "local-test"): Promise<TestStack> {
    const name = `${prefix}-${randomBytes(4).toString("hex")}`;
    const [primary, replica, pooler] = (await freePorts(3)) as [number, number, number];
    const spec: TopologySpec = {
      target: "docker",
      size: { memoryGiB: 0.5, cpus: 1 },
      replicas: { a: { port: replica } },
      ...wish,
      ports: { primary, pooler, ...wish.ports },
    };
    const stack = new TestStack(name, await mkdtemp(join(tmpdir(), "pgt-e2e-")), spec);
    await stack.write(spec);
    return stack;
  }

  /** Writes another wish, with what else is below `config:`; the next `up` takes it. */
  async write(spec: TopologySpec, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    this.spec = spec;
    // In quotes: what looks like a day is text.
    const text = stringify({ config: { [TOPOLOGY_KEY]: spec, ...more } }, { defaultStringType: "QUOTE_DOUBLE" });
    await writeFile(this.configFile, text);
  }

  /** Starts `./pgt <command> --stack … --config … <args>`. @param root of the clone, where it is another one */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}, root = ROOT): ChildProcess {
    const [command = "--help", ...rest] = args;
    const stack = ["--stack", this.name, ...(this.shared ? [] : ["--config", this.configFile])];
    return spawn(join(root, "pgt"), [command, ...stack, ...rest], {
      cwd: this.stateDir,
      env: { ...process.env, PGT_STATE_DIR: this.stateDir, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
  }

  /** Runs a command to its end. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}, root = ROOT): Promise<Ended> {
    return ended(this.start(args, env, root));
  }

  /** Removes everything, whatever state it is in; also what a test has broken. */
  async remove(): Promise<void> {
    for (const name of this.topologyNames) await this.#removeTopology(name);
    await rm(this.configFile, { force: true });
    await rm(this.stateDir, { recursive: true, force: true });
  }

  async #removeTopology(name: string): Promise<void> {
    const filters = { label: [`${LABELS.stack}=${name}`] };
    for (const { Id } of await this.docker.listContainers({ all: true, filters })) {
      await this.docker.getContainer(Id).remove({ force: true });
    }
    for (const { Id } of await this.docker.listNetworks({ filters })) await this.docker.getNetwork(Id).remove();
    const { Volumes } = await this.docker.listVolumes({ filters });
    for (const { Name } of Volumes) await this.docker.getVolume(Name).remove({ force: true });
  }
}

/** Waits for a process and keeps what it said. */
export function ended(child: ChildProcess): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.stdin?.end();
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ code: code ?? (signal === "SIGKILL" ? 137 : 128), out, err });
    });
  });
}
