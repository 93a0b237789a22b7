import { ALL_CASES } from "../tests/unit/policies/cases/all-cases.ts";
import type { SentResource } from "../tests/unit/policies/policy-rpc.ts";

/** Of as many the bounds speak. */
export const OF_LIMITS = 1000;

/** A prime. */
const STRIDE = 7919;

/** As the requirements' cases have them: six of ten are containers or instances, which most requirements are about. */
const AS_IN_CASES: readonly SentResource[] = ALL_CASES.flatMap(({ good }) => good);

/** Resources of every kind that there is a rule for, by how often each comes. */
export const MIXES = { evenly: evenly(AS_IN_CASES), "as-in-cases": AS_IN_CASES } as const;

/** One of {@link MIXES}. */
type Mix = keyof typeof MIXES;

/** Whether there is a mix of that name. */
export function isMix(name: string): name is Mix {
  return Object.hasOwn(MIXES, name);
}

/** So many resources of a mix, each with a name of its own. */
export function mixed(count: number, mix: Mix): SentResource[] {
  const kinds = MIXES[mix];
  return Array.from({ length: count }, (_, index) => {
    // In strides, so that few resources are as mixed as many.
    const kind = kinds[(index * STRIDE) % kinds.length];
    if (kind === undefined) throw new Error("there are no cases to take resources from");
    return { ...kind, name: `${kind.name}-${index}` };
  });
}

/** Of each type as many as of any other. */
function evenly(resources: readonly SentResource[]): SentResource[] {
  const byType = [...Map.groupBy(resources, ({ type }) => type).values()];
  const most = Math.max(...byType.map(({ length }) => length));
  return Array.from({ length: most }, (_, round) => byType.flatMap((own) => own[round % own.length] ?? [])).flat();
}
