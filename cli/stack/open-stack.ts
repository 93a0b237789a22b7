import type Dockerode from "dockerode";
import { TOPOLOGY_KEY } from "../../config/keys.ts";
import { parseTopology } from "../../config/parse.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { CommandContext } from "../context.ts";
import { configurationOf, readConfiguration } from "./configuration-file.ts";
import type { World } from "./converge.ts";
import { findDocker, setUpEngine } from "./machine-parts.ts";
import { notMade } from "./not-made.ts";
import { type Place, placeOf, type StackOptions } from "./place.ts";
import { requireDocker } from "./require-docker.ts";
import type { Engine } from "./pulumi-command.ts";
import { readStored, secretsOf, type StoredConfiguration } from "./stored-secrets.ts";
import { stackExists } from "./workspace.ts";

/** A stack as commands see it that change nothing: what was deployed, and the engine that it runs on. */
export interface OpenStack {
  readonly place: Place;
  readonly topology: ResolvedDocker;
  readonly docker: Dockerode;
}

/**
 * Opens a stack that was made before, without changing anything on the machine.
 * The shape is the one that the last `up` wrote, not what has been edited since.
 */
export async function openStack(context: CommandContext, options: StackOptions): Promise<OpenStack> {
  const place = placeOf(context, options);
  const document = await readConfiguration(place.configFile);
  if (document === undefined) throw notMade(place.stack);
  const parsed = parseTopology(configurationOf(document)[TOPOLOGY_KEY], place.stack, place.configFile);
  const topology = requireDocker(parsed, "this command");
  return { place, topology, docker: await findDocker(context) };
}

/** A stack with its secrets, and everything else that its configuration holds. */
export interface OpenedWorld {
  readonly world: World;
  readonly engine: Engine;
  readonly stored: StoredConfiguration;
}

/** Opens a stack together with its secrets. */
export async function openWorld(context: CommandContext, options: StackOptions): Promise<World> {
  return (await openStored(context, options)).world;
}

/** Opens a stack together with all that its configuration holds. */
export async function openStored(context: CommandContext, options: StackOptions): Promise<OpenedWorld> {
  const { place, topology, docker } = await openStack(context, options);
  const engine = await setUpEngine(context, place);
  if (!(await stackExists(engine, place, context.signal))) throw notMade(place.stack);
  const stored = await readStored(engine, place, context.signal);
  const world: World = {
    ...secretsOf(stored, topology, place),
    prefix: "",
    place,
    docker,
    signal: context.signal,
  };
  return { world, engine, stored };
}
