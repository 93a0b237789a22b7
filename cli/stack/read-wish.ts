import { judgeConfiguration } from "../../config/judge-configuration.ts";
import { POLICIES_KEY } from "../../config/keys.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { Permission } from "../../topology/permission.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { Target } from "../../topology/spec.ts";
import type { CommandContext } from "../context.ts";
import { type Place, placeOf, type StackOptions } from "./place.ts";
import { requireSource } from "./workspace.ts";

/** What a person wrote of a stack. */
export interface Wish<T extends ResolvedTopology = ResolvedTopology> {
  readonly place: Place;
  /** Everything below `config:`. */
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly topology: T;
  readonly permissions: readonly Permission[];
}

/** Reads and judges what a person wrote, before anything is made. @throws {PgtError} exit code 2, with every mistake */
export async function readWish(context: CommandContext, options: StackOptions): Promise<Wish> {
  const place = placeOf(context, options);
  const configuration = await requireSource(place);
  const judged = judgeConfiguration(configuration, place.stack, place.sourceFile);
  await refuseOddPolicies(configuration[POLICIES_KEY], place);
  if (judged.topology.target !== "docker") refuseLocal(place, judged.topology.target);
  return { place, configuration, ...judged };
}

/** What the policy pack is told is judged before the engine starts it; most stacks tell it nothing. */
async function refuseOddPolicies(settings: unknown, { sourceFile }: Place): Promise<void> {
  if (settings === undefined) return;
  const { readSettings } = await import("../../policies/settings.ts");
  readSettings(settings, sourceFile);
}

function refuseLocal({ local, stack }: Place, target: Target): void {
  if (!local) return;
  throw new PgtError(`stack ${stack} has target ${target}, and stacks named local or local-… live on this machine`, {
    exitCode: EXIT.usage,
    fix: ["Name it otherwise, such as staging, and keep its configuration in Pulumi.<stack>.yaml in the clone."],
  });
}
