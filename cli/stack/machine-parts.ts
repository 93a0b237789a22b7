import type Dockerode from "dockerode";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { Target } from "../../topology/spec.ts";
import type { CommandContext } from "../context.ts";
import { baseImage } from "../setup/base-image.ts";
import { digitalOceanPlugin } from "../setup/digitalocean-plugin.ts";
import { readDockerDisk, requireFreeSpace } from "../setup/docker-disk.ts";
import { type DockerEngine, dockerEngine } from "../setup/docker-engine.ts";
import { dockerPlugin } from "../setup/docker-plugin.ts";
import { engineEnvironment } from "../setup/engine-environment.ts";
import { gcpPlugin } from "../setup/gcp-plugin.ts";
import { topologyImage } from "../setup/image.ts";
import { nodeRuntime } from "../setup/node-runtime.ts";
import type { Found, Machine } from "../setup/part.ts";
import { policyAnalyzer } from "../setup/policy-analyzer.ts";
import { pulumiCli } from "../setup/pulumi-cli.ts";
import { runParts } from "../setup/run-parts.ts";
import { setUp } from "../setup/set-up.ts";
import { type Place, stateDirOf } from "./place.ts";
import type { Engine } from "./pulumi-command.ts";

/** A first backup, and WAL for a while; less than this is a server that is about to stop. */
const NEEDED_GIB = 2;

/** The parts of the engine: what runs a program, whatever its target. */
const ENGINE_PARTS = { node: nodeRuntime, pulumi: pulumiCli, policyAnalyzer };

/** Everything that `up` on Docker needs of a machine, in the order in which it is set up. */
export const MACHINE_PARTS = {
  ...ENGINE_PARTS,
  plugin: dockerPlugin,
  docker: dockerEngine,
  base: baseImage,
  image: topologyImage,
};

/** Everything that `up` in a cloud needs of a machine, by target. */
export const CLOUD_PARTS = {
  gcp: { ...ENGINE_PARTS, plugin: gcpPlugin },
  digitalocean: { ...ENGINE_PARTS, plugin: digitalOceanPlugin },
};

/** A machine that has everything. */
export interface ReadyMachine {
  readonly docker: Dockerode;
  readonly engine: Engine;
  readonly imageId: string;
  /** What a user should know of the machine, as in "the stand-in plugin is used". */
  readonly notes: readonly string[];
}

/** Finds or gets everything that `up` needs, with a list of the parts on stderr. */
export async function setUpMachine(context: CommandContext, place: Place | undefined): Promise<ReadyMachine> {
  const machine = machineOf(context);
  const found = await runParts(machine, MACHINE_PARTS);
  const { docker, image } = found;
  requireFreeSpace(await readDockerDisk(docker.value), NEEDED_GIB, "what the servers write");
  return {
    docker: docker.value.docker,
    engine: engineOf(machine, { ...found, docker: docker.value.environment }, place),
    imageId: image.value.id,
    notes: Object.values<Found<unknown>>(found).flatMap(({ note }) => note ?? []),
  };
}

/** A machine that can work on a cloud. */
export interface ReadyCloud {
  readonly engine: Engine;
  readonly notes: readonly string[];
}

/** Finds or gets everything that `up` in a cloud needs, with a list of the parts on stderr. */
export async function setUpCloud(
  context: CommandContext,
  place: Place,
  target: keyof typeof CLOUD_PARTS,
): Promise<ReadyCloud> {
  const machine = machineOf(context);
  const found = await runParts(machine, CLOUD_PARTS[target]);
  return {
    engine: engineOf(machine, { ...found, docker: {} }, place),
    notes: Object.values<Found<unknown>>(found).flatMap(({ note }) => note ?? []),
  };
}

/** Finds or gets the engine alone, without a word when it is there. */
export async function setUpEngine(context: CommandContext, place: Place, target: Target = "docker"): Promise<Engine> {
  const machine = machineOf(context, (line) => context.err(line));
  const pulumi = await setUp(machine, pulumiCli);
  const analyzer = await setUp(machine, policyAnalyzer);
  const plugin = await setUp(machine, (target === "docker" ? MACHINE_PARTS : CLOUD_PARTS[target]).plugin);
  const docker = target === "docker" ? (await requireDocker(machine)).environment : {};
  return engineOf(machine, { pulumi, policyAnalyzer: analyzer, plugin, docker }, place);
}

/** The Docker Engine that the stack runs on; nothing is set up. */
export async function findDocker(context: CommandContext): Promise<Dockerode> {
  return (await requireDocker(machineOf(context))).docker;
}

/** The machine of a command, with its state directory. */
export function machineOf(context: CommandContext, say: (line: string) => void = () => undefined): Machine {
  return { ...context.machine(say), stateDir: stateDirOf(context) };
}

async function requireDocker(machine: Machine): Promise<DockerEngine> {
  const found = await dockerEngine.find(machine);
  if (found === undefined) {
    throw new PgtError("no Docker Engine answers", {
      exitCode: EXIT.couldNotCheck,
      fix: ["Start Docker, or set DOCKER_HOST.", "./pgt doctor says what was looked for, ./pgt up sets one up."],
    });
  }
  return found.value;
}

function engineOf(machine: Machine, parts: Parameters<typeof engineEnvironment>[1], place: Place | undefined): Engine {
  const state =
    place?.backendUrl === undefined || place.passphraseFile === undefined
      ? undefined
      : { backendUrl: place.backendUrl, passphraseFile: place.passphraseFile };
  const { PULUMI_CONFIG_PASSPHRASE: passphrase, ...inherited } = definedOnly(machine.env);
  return {
    command: parts.pulumi.value.path,
    env: {
      ...inherited,
      // It would win over the local stack's file; a shared stack may need it.
      ...(state === undefined && passphrase !== undefined && { PULUMI_CONFIG_PASSPHRASE: passphrase }),
      ...engineEnvironment(machine, parts, state),
    },
  };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
