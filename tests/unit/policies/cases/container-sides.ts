import type { PlanCase } from "../plan-case.ts";
import { container } from "./good-container.ts";

/** Why, what differs from the good container, and what is said of it. */
export type ContainerSide = readonly [why: string, change: object, says: RegExp, also?: readonly string[]];

/** A requirement of a single container: `good` and `unknown` are what differs from the good one. */
export function ofContainer(
  id: string,
  sides: readonly ContainerSide[],
  { good = {}, unknown }: { readonly good?: object; readonly unknown?: object } = {},
): PlanCase {
  return {
    id,
    good: [container(good)],
    bad: sides.map(([why, change, says, also = []]) => ({
      why,
      resources: [container(change)],
      says,
      also,
    })),
    ...(unknown !== undefined && { unknown: [container(unknown)] }),
  };
}
