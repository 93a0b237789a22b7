import type { DeliveryOutputs } from "../../components/digitalocean/outputs.ts";
import { DATA_HOST_KEY, PROJECT } from "../../config/keys.ts";
import type { TopologyOutputs } from "../../topology/contract.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { type DataHostOwnSecrets, readDataHostSecrets } from "../../topology/data-host-secrets.ts";
import { AUTH_SECRET_KEY } from "../../topology/secrets.ts";
import type { CommandContext } from "../context.ts";
import { configurationOf, readConfiguration } from "./configuration-file.ts";
import { setUpEngine } from "./machine-parts.ts";
import { notMade } from "./not-made.ts";
import type { Place } from "./place.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";
import type { Wish } from "./read-wish.ts";
import { readStored, storedValue } from "./stored-secrets.ts";
import { stackExists } from "./workspace.ts";

/** What the steps after a deployment to DigitalOcean work on. */
export interface DigitalOceanWorld {
  readonly place: Place;
  readonly topology: ResolvedDigitalOcean;
  readonly outputs: TopologyOutputs;
  readonly delivery: DeliveryOutputs;
  /** `undefined` without a data host. */
  readonly dataSecrets: DataHostOwnSecrets | undefined;
  /** `undefined` without a data host. */
  readonly authSecret: string | undefined;
  /** Fingerprint of the data host's key; `undefined` before the first visit. */
  readonly hostKey: string | undefined;
}

/** Opens a stack that was made before, with its secrets. @throws {PgtError} exit code 3 when it was not made */
export async function openDigitalOcean(
  context: CommandContext,
  { place, topology }: Wish<ResolvedDigitalOcean>,
): Promise<DigitalOceanWorld> {
  const engine = await setUpEngine(context, place, "digitalocean");
  if (!(await stackExists(engine, place, context.signal))) throw notMade(place.stack);
  return readDigitalOcean(context, engine, place, topology);
}

/** The values of a stack on DigitalOcean, as its state and its configuration have them now. */
export async function readDigitalOcean(
  context: CommandContext,
  engine: Engine,
  place: Place,
  topology: ResolvedDigitalOcean,
): Promise<DigitalOceanWorld> {
  const { signal } = context;
  const printed = await runPulumi(engine, place, ["stack", "output", "--json", "--show-secrets"], { signal });
  const { delivery, outputs } = JSON.parse(printed) as Partial<Pick<DigitalOceanWorld, "delivery" | "outputs">>;
  if (delivery === undefined || outputs === undefined) throw notMade(place.stack);
  const hostKey = configurationOf(await readConfiguration(place.configFile))[`${PROJECT}:${DATA_HOST_KEY}`];
  return {
    place,
    topology,
    outputs,
    delivery,
    ...(await ownSecrets(engine, place, topology, signal)),
    hostKey: typeof hostKey === "string" ? hostKey : undefined,
  };
}

async function ownSecrets(
  engine: Engine,
  place: Place,
  { dataHost }: ResolvedDigitalOcean,
  signal: AbortSignal,
): Promise<Pick<DigitalOceanWorld, "authSecret" | "dataSecrets">> {
  if (dataHost === undefined) return { authSecret: undefined, dataSecrets: undefined };
  const stored = await readStored(engine, place, signal);
  const value = (key: string): string => storedValue(stored, key, place);
  return { authSecret: value(AUTH_SECRET_KEY), dataSecrets: readDataHostSecrets(value) };
}
