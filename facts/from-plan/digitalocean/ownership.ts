import { type Known, UNKNOWN } from "../../../requirements/known.ts";
import type { PlannedResource } from "../planned-resource.ts";
import { referable, referredBy } from "../references.ts";

/** Which server each thing of one kind belongs to. */
export interface Ownership {
  readonly of: (server: PlannedResource) => readonly PlannedResource[];
  readonly ownersOf: (thing: PlannedResource) => Known<readonly PlannedResource[]>;
  /** Of some nobody knows whose they are. */
  readonly hasStrays: boolean;
}

/**
 * By `clusterId`. Where the engine told no dependencies, a thing is the only server's, or that one's whose part its name
 * ends as.
 */
export function ownership(things: readonly PlannedResource[], servers: readonly PlannedResource[]): Ownership {
  const known = referable(servers);
  const byPart = Map.groupBy(servers, ({ name }) => partOf(name));
  const owners = new Map<PlannedResource, Known<readonly PlannedResource[]>>();
  const owned = new Map<PlannedResource, PlannedResource[]>();
  for (const thing of things) {
    const found = referredBy(thing, "clusterId", known);
    const guessed = servers.length === 1 ? servers : byPart.get(partOf(thing.name));
    const own = found !== UNKNOWN ? found : guessed?.length === 1 ? guessed : UNKNOWN;
    owners.set(thing, own);
    for (const server of own === UNKNOWN ? [] : own) owned.set(server, [...(owned.get(server) ?? []), thing]);
  }
  return {
    of: (server) => owned.get(server) ?? [],
    ownersOf: (thing) => owners.get(thing) ?? UNKNOWN,
    hasStrays: [...owners.values()].includes(UNKNOWN),
  };
}

/** As in `pgtopology-split-firewall-replica-reader`. */
function partOf(name: string): string {
  return /(?:^|-)(primary|replica-.+)$/.exec(name)?.[1] ?? name;
}
