import type { Place } from "./place.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";

/**
 * The address of a back end that is a folder of this machine; `undefined` for one that a team shares. State that lies on
 * one machine is lost with it, and nobody else's run is locked out by it.
 */
export async function fileBackEnd(engine: Engine, place: Place, signal: AbortSignal): Promise<string | undefined> {
  const { url } = JSON.parse(await runPulumi(engine, place, ["whoami", "--json"], { signal })) as { url?: string };
  return url?.startsWith("file://") === true ? url : undefined;
}
