import { AUTH_SECRET_KEY } from "../../topology/secrets.ts";
import type { Place } from "./place.ts";
import { type Engine, runPulumi } from "./pulumi-command.ts";
import type { StoredConfiguration } from "./stored-secrets.ts";

/**
 * Whether the stack exports another secret for applications than its configuration has: one that was made before, or none
 * yet. It belongs to no resource, so that no preview shows it.
 */
export async function exportsOldSecret(
  engine: Engine,
  place: Place,
  stored: StoredConfiguration,
  signal: AbortSignal,
): Promise<boolean> {
  const wanted = stored.get(AUTH_SECRET_KEY);
  if (wanted === undefined) return false;
  const printed = await runPulumi(engine, place, ["stack", "output", "--json", "--show-secrets"], { signal });
  return (JSON.parse(printed) as { readonly authSecret?: unknown }).authSecret !== wanted;
}
