import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { SpecOf } from "../../topology/spec.ts";
import type { GoogleCloud } from "./google-cloud/google-cloud.ts";
import { type Ended, ended } from "./test-stack.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** The project that every stack of a test is made in. */
export const TEST_PROJECT = "example-test";

type Spec = SpecOf<"gcp">;
interface Written {
  readonly config: Readonly<Record<string, unknown>>;
}

/** A stack of a test's own in a cloud of this machine: its configuration lies in the clone, its state in a bucket there. */
export class CloudStack {
  readonly name: string;
  readonly topologyName: string;
  readonly configFile: string;
  readonly stateDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cloud: GoogleCloud;

  private constructor(cloud: GoogleCloud, name: string, stateDir: string) {
    this.cloud = cloud;
    this.name = name;
    this.topologyName = `pgtopology-${name}`;
    this.configFile = join(ROOT, `Pulumi.${name}.yaml`);
    this.stateDir = stateDir;
    this.env = {
      ...process.env,
      ...cloud.env,
      PGT_STATE_DIR: stateDir,
      PULUMI_BACKEND_URL: `gs://${STATE_BUCKET}`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase of a test",
    };
  }

  /** A stack that is configured as one of this repository is, and not made yet. */
  static async create(cloud: GoogleCloud, like: "staging" | "prod"): Promise<CloudStack> {
    const letters = Array.from({ length: 5 }, () => String.fromCharCode(97 + randomInt(26))).join("");
    const stack = new CloudStack(cloud, `${like}-${letters}`, await mkdtemp(join(tmpdir(), "pgt-cloud-")));
    const { config } = parse(await readFile(join(ROOT, `Pulumi.${like}.yaml`), "utf8")) as Written;
    await writeFile(stack.configFile, yamlOf({ config: { ...config, "gcp:project": TEST_PROJECT } }));
    return stack;
  }

  /** What is below `config:` in the stack's file. */
  async configuration(): Promise<Readonly<Record<string, unknown>>> {
    return (parse(await readFile(this.configFile, "utf8")) as Written).config;
  }

  /** Writes another wish, and what else is told; the next `up` takes it. */
  async edit(change: (spec: Spec) => Spec, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const document = parse(await readFile(this.configFile, "utf8")) as Written;
    const topology = change(document.config["pgtopology:topology"] as Spec);
    const config = { ...document.config, "pgtopology:topology": topology, ...more };
    await writeFile(this.configFile, yamlOf({ ...document, config }));
  }

  /** The cloud's name of a part. */
  async nameOf(part: string): Promise<string> {
    return `${this.name}-${part}-${String((await this.configuration())["pgtopology:suffix"])}`;
  }

  /** Starts `./pgt <command> --stack … <args>`. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const [command = "--help", ...rest] = args;
    return spawn(join(ROOT, "pgt"), [command, "--stack", this.name, ...rest], {
      cwd: this.stateDir,
      env: { ...this.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
  }

  /** Runs a command to its end. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return ended(this.start(args, env));
  }

  /** What the engine's back end has of the stack, in every object. */
  stateText(): string {
    const objects = [...this.cloud.objects].filter(([key]) => key.startsWith(`${STATE_BUCKET}/`));
    return objects.map(([, { content }]) => content.toString("utf8")).join("\n");
  }

  /** Removes what is on this machine; the cloud forgets the rest at its end. */
  async remove(): Promise<void> {
    await rm(this.configFile, { force: true });
    await rm(this.stateDir, { recursive: true, force: true });
  }
}

const STATE_BUCKET = "state-of-the-team";

/** Whether a request only asks. */
export function onlyAsks({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === "GET" || path.endsWith(":getIamPolicy") || path.includes(STATE_BUCKET);
}

/** With quotes around what the engine's YAML would take for a date. */
function yamlOf(document: unknown): string {
  return stringify(document, { version: "1.1" });
}
