import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { bucketIsThere } from "../../verify/bucket-name.ts";
import { digitalOceanSettings } from "../../verify/digitalocean-api.ts";
import { digitalOceanNames } from "../../verify/digitalocean-names.ts";
import type { CommandContext } from "../context.ts";
import { updateResources } from "./converge.ts";
import type { ExportedState } from "./pending-creates.ts";
import type { Place } from "./place.ts";
import { inlineProgram, type PlannedChange } from "./plan.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";
import { type UnknownThing, unknownBucket, unknownThings } from "./unknown-things.ts";
import { openEngineStack } from "./workspace.ts";

/** A stack whose update is planned. */
export interface PlannedStack {
  readonly engine: Engine;
  readonly place: Place;
  readonly topology: ResolvedDigitalOcean;
  readonly suffix: string;
  readonly changes: readonly PlannedChange[];
}

/**
 * What is there by the name that something would have, and that the state does not know. It would be made, and billed,
 * twice, or be found taken in the middle of the update. Asked only where something is to be made.
 * @throws {PgtError} where the platform does not answer: then nothing is made
 */
export async function findUnknown(context: CommandContext, planned: PlannedStack): Promise<UnknownThing[]> {
  const { changes, engine, place } = planned;
  if (!changes.some(({ operation, type }) => operation === "create" && type.startsWith("digitalocean:"))) return [];
  const names = digitalOceanNames({ ...digitalOceanSettings(context.env), signal: context.signal });
  return unknownThings({ ...planned, names, clusterId: await knownCluster(engine, place, context.signal) });
}

async function knownCluster(engine: Engine, place: Place, signal: AbortSignal): Promise<string | undefined> {
  const exported = JSON.parse(await runPulumi(engine, place, ["stack", "export"], { signal })) as ExportedState;
  return exported.deployment.resources?.find(({ type }) => type.endsWith(":DatabaseCluster"))?.id;
}

/** What to do about it. */
export function unknownError({ place: { stack } }: PlannedStack, things: readonly UnknownThing[]): PgtError {
  const lines = things.map(({ found: { createdAt, id, status }, what }) =>
    [`  ${what}: id ${id}`, status, createdAt && `made ${createdAt}`].filter(Boolean).join(", "),
  );
  return new PgtError(
    `stack ${stack} would make what is there by that name already, and its state does not know it; nothing was changed:\n${lines.join("\n")}`,
    {
      exitCode: EXIT.usage,
      fix: [
        `To take all of it over, with the data in it: ./pgt up --stack ${stack} --take-over`,
        `What is not needed is removed by hand, with all that is in it, for good: ${things.map(({ remove }) => remove).join("; ")}`,
      ],
    },
  );
}

/**
 * Lets the engine take them over as they are, and make the rest; what is other than asked for, the next plan shows. With
 * the bucket, which is nobody else's when the rest is ours.
 */
export async function takeOver(
  context: CommandContext,
  planned: PlannedStack,
  things: readonly UnknownThing[],
  say: (line: string) => void,
): Promise<void> {
  const { engine, place, topology } = planned;
  const { signal } = context;
  const bucket = unknownBucket(planned);
  const isThere = bucket !== undefined && (await bucketIsThere(bucket, context.env, signal));
  const ids = new Map(things.map(({ importId, name, type }) => [`${type} ${name}`, importId]));
  if (isThere) ids.set(`${bucket.type} ${bucket.change}`, bucket.importId);
  const stack = await openEngineStack(engine, place, importing(ids));
  await updateResources(place, stack, { keepData: topology.keepData, refresh: false, signal, say });
}

/** The program, with what is to be imported by type and name. Without `ignoreChanges` nothing but an exact copy is. */
function importing(ids: ReadonlyMap<string, string>): PulumiFn {
  return async () => {
    const { runtime } = await import("@pulumi/pulumi");
    runtime.registerStackTransformation(({ name, opts, props, type }) => {
      const id = ids.get(`${type} ${name}`);
      return id === undefined ? undefined : { props, opts: { ...opts, import: id, ignoreChanges: ["*"] } };
    });
    return inlineProgram();
  };
}
