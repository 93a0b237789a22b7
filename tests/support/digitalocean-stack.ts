import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";
import { type CommandContext, createContext } from "../../cli/context.ts";
import { setUpEngine } from "../../cli/stack/machine-parts.ts";
import { type Place, placeOf } from "../../cli/stack/place.ts";
import { inlineProgram } from "../../cli/stack/plan.ts";
import type { Engine } from "../../cli/stack/pulumi-command.ts";
import { openEngineStack, prepareWorkspace } from "../../cli/stack/workspace.ts";
import { messageOf } from "../../kernel/errors.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { AUTH_SECRET_KEY } from "../../topology/secrets.ts";
import type { SpecOf } from "../../topology/spec.ts";

/** One thing that the engine did, or would do. */
export interface EngineStep {
  /** The engine's word: create, update, replace, delete, same. */
  readonly operation: string;
  readonly type: string;
  readonly name: string;
  /** Properties that differ. */
  readonly properties: readonly string[];
}

/** What the engine and the provider said and did. */
export interface EngineRun {
  /** In the order of types and names: the engine takes what does not wait for each other in any order. */
  readonly steps: readonly EngineStep[];
  /** Errors and warnings. */
  readonly problems: readonly string[];
}

const CA_CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUa\n-----END CERTIFICATE-----\n";

/** A stack of a test's own, with its configuration and its state in a folder of its own. */
export class DigitalOceanStack {
  readonly name: string;
  readonly #context: CommandContext;
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(name: string, folder: string, env: Readonly<Record<string, string>>) {
    this.name = name;
    this.#folder = folder;
    this.#env = env;
    const context = createContext();
    this.#context = { ...context, env: { ...context.env, PGT_STATE_DIR: folder } };
  }

  /** @param env what the provider is told: a token, and where its API is. */
  static async create(spec: SpecOf<"digitalocean">, env: Readonly<Record<string, string>>): Promise<DigitalOceanStack> {
    const name = `local-do-${randomBytes(3).toString("hex")}`;
    const stack = new DigitalOceanStack(name, await mkdtemp(join(tmpdir(), "pgt-do-")), env);
    await stack.write(spec);
    return stack;
  }

  /** Writes another wish; the next run takes it. */
  async write(spec: SpecOf<"digitalocean">): Promise<void> {
    const config = {
      "pgtopology:topology": spec,
      "pgtopology:suffix": "test",
      "pgtopology:data-ca-certificate": CA_CERTIFICATE,
      // Nobody's: it need not be encrypted.
      "pgtopology:secrets": JSON.stringify({ [AUTH_SECRET_KEY]: "signs nothing" }),
      "pgtopology:secret-names": [AUTH_SECRET_KEY],
    };
    await writeFile(this.#wished, stringify({ config }));
  }

  /** The stack's topology, every default filled. */
  topologyOf(spec: SpecOf<"digitalocean">): ResolvedDigitalOcean {
    return resolveTopology(spec, this.name);
  }

  /** What an update would do, by what the engine knows, or after a look at what is there. */
  preview({ refresh = false } = {}): Promise<EngineRun> {
    return this.#run(inlineProgram, (stack, onEvent) => stack.preview({ onEvent, color: "never", refresh }));
  }

  /** An update. */
  up(program: PulumiFn = inlineProgram): Promise<EngineRun> {
    return this.#run(program, (stack, onEvent) => stack.up({ onEvent, color: "never" }));
  }

  /** The removal of all that the engine knows. */
  destroy(): Promise<EngineRun> {
    return this.#run(inlineProgram, (stack, onEvent) => stack.destroy({ onEvent, color: "never" }));
  }

  /** What a command of `pgt` works with. */
  async opened(): Promise<{ readonly context: CommandContext; readonly engine: Engine; readonly place: Place }> {
    const place = placeOf(this.#context, { stack: this.name, config: this.#wished });
    const { env, ...engine } = await setUpEngine(this.#context, place, "digitalocean");
    const context = { ...this.#context, env: { ...this.#context.env, ...this.#env } };
    return { context, place, engine: { ...engine, env: { ...env, ...this.#env } } };
  }

  /** Removes what is on this machine. */
  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #wished(): string {
    return join(this.#folder, "wished.yaml");
  }

  async #run(
    program: PulumiFn,
    act: (stack: Stack, onEvent: (event: EngineEvent) => void) => Promise<unknown>,
  ): Promise<EngineRun> {
    const { engine, place } = await this.opened();
    await prepareWorkspace(engine, place, this.#context.signal);
    const stack = await openEngineStack(engine, place, program);
    const steps: EngineStep[] = [];
    const problems: string[] = [];
    const onEvent = ({ diagnosticEvent, resourcePreEvent }: EngineEvent): void => {
      const step = resourcePreEvent?.metadata;
      if (step !== undefined) {
        const { diffs, op, type, urn } = step;
        steps.push({ operation: op, type, name: urn.split("::").at(-1) ?? "", properties: diffs ?? [] });
      }
      if (diagnosticEvent !== undefined && ["error", "warning"].includes(diagnosticEvent.severity)) {
        const said = diagnosticEvent.message.trim();
        if (!said.startsWith("using pulumi-resource-")) problems.push(said);
      }
    };
    // What went wrong is told by the events, too.
    await act(stack, onEvent).catch((error: unknown) => {
      if (problems.length === 0) problems.push(messageOf(error));
    });
    const idOf = ({ name, type }: EngineStep): string => `${type} ${name}`;
    steps.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
    return { steps, problems };
  }
}
