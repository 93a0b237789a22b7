import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { CommandContext } from "../context.ts";
import { placeOf, type StackOptions } from "./place.ts";
import { readWish, type Wish } from "./read-wish.ts";

/**
 * The wish of a stack on DigitalOcean; `undefined` of any other, which whoever opens it looks at.
 * A stack on this machine is as its last up made it, not as it has been edited since.
 */
export async function wishOnDigitalOcean(
  context: CommandContext,
  options: StackOptions,
): Promise<Wish<ResolvedDigitalOcean> | undefined> {
  if (placeOf(context, options).local) return undefined;
  const wish = await readWish(context, options);
  const { topology } = wish;
  return topology.target === "digitalocean" ? { ...wish, topology } : undefined;
}
