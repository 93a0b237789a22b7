import { PROJECT, SUFFIX_KEY } from "../../config/keys.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import { CLOUD_ROLE_KEYS, type CloudSecrets, SECRET_KEYS } from "../../topology/secrets.ts";
import type { CommandContext } from "../context.ts";
import { projectOf } from "./cloud-values.ts";
import { configurationOf, readConfiguration } from "./configuration-file.ts";
import { setUpEngine } from "./machine-parts.ts";
import { notMade } from "./not-made.ts";
import type { Place } from "./place.ts";
import type { Engine } from "./pulumi-command.ts";
import type { Wish } from "./read-wish.ts";
import { readStored } from "./stored-secrets.ts";

/** Where a stack on Cloud SQL is. */
export interface CloudPlace {
  readonly topology: ResolvedGcp;
  readonly project: string;
  readonly suffix: string;
}

/** What the steps after a deployment to Cloud SQL work on. */
export interface CloudWorld extends CloudPlace {
  readonly passwords: CloudSecrets["passwords"];
}

/** Opens a stack that was made before, with its secrets. @throws {PgtError} exit code 3 when it was not made */
export async function openCloud(context: CommandContext, { place, topology }: Wish<ResolvedGcp>): Promise<CloudWorld> {
  await requireMade(place);
  return readCloud(context, await setUpEngine(context, place, "gcp"), place, topology);
}

/** Finds a stack that was made before, without its secrets. @throws {PgtError} exit code 3 when it was not made */
export async function findCloud({
  place,
  topology,
}: Pick<Wish<ResolvedGcp>, "place" | "topology">): Promise<CloudPlace> {
  const suffix = await requireMade(place);
  return { topology, project: projectOf(configurationOf(await readConfiguration(place.configFile)), place), suffix };
}

/** The values of a stack on Cloud SQL, as its configuration has them now. */
export async function readCloud(
  context: CommandContext,
  engine: Engine,
  place: Place,
  topology: ResolvedGcp,
): Promise<CloudWorld> {
  const found = await findCloud({ place, topology });
  const stored = await readStored(engine, place, context.signal);
  const password = (role: (typeof CLOUD_ROLE_KEYS)[number]): string => {
    const value = stored.get(SECRET_KEYS.password(role));
    if (value === undefined) throw notMade(place.stack);
    return value;
  };
  return {
    ...found,
    passwords: Object.fromEntries(CLOUD_ROLE_KEYS.map((role) => [role, password(role)])) as CloudSecrets["passwords"],
  };
}

/** A stack that was made has a suffix; returns it. */
async function requireMade({ configFile, stack }: Place): Promise<string> {
  const suffix = configurationOf(await readConfiguration(configFile))[`${PROJECT}:${SUFFIX_KEY}`];
  if (typeof suffix !== "string") throw notMade(stack);
  return suffix;
}
