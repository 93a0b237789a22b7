import { fileBackEnd } from "../stack/file-back-end.ts";
import type { Place } from "../stack/place.ts";
import type { Engine } from "../stack/pulumi-command.ts";

/**
 * What a plan for a cloud can't know of the state that it goes by. A preview reads alone, so it goes on with state in a
 * folder of this machine, where `pgt up` refuses to; what somebody else made from another machine is not in it.
 * @param engine on the user's back end, and not on the copy that a preview works on
 */
export async function unseenOfState(engine: Engine, place: Place, signal: AbortSignal): Promise<readonly string[]> {
  const url = await fileBackEnd(engine, place, signal);
  if (url === undefined) return [];
  return [`state on any other machine: the plan goes by ${url} alone, and pgt up wants a back end that a team shares`];
}
