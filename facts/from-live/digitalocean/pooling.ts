import type { Difference } from "../../../requirements/facts/difference.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import type { PoolingFacts } from "../../../requirements/facts/pooling.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import type { ResolvedDigitalOcean } from "../../../topology/resolved-digitalocean.ts";
import { PLATFORM_DECIDES } from "../../platform-decides.ts";
import { freeConnections } from "../../server-parameters.ts";
import type { MeasuredPool, PoolMeasured } from "../managed/connections.ts";
import type { ServerSettings } from "../settings.ts";
import type { Told } from "./ask-platform.ts";
import type { PoolAnswer } from "./digitalocean-answers.ts";

const POOLER = "pooler";
/** The mode in which a pool is shared. */
const SHARED = "transaction";

/** The pool that the application is told of, as it runs; `undefined` where there is none. */
export function runningPool(
  topology: ResolvedDigitalOcean,
  pools: Told<readonly PoolAnswer[]>,
): MeasuredPool | undefined {
  const { pooling } = topology;
  if (pooling === undefined) return undefined;
  // Where the platform did not answer, what was asked for is tried.
  if (pools instanceof Missing) return { mode: pooling.mode, size: pooling.writerPoolSize, maxClients: undefined };
  const pool = pools?.find(({ name }) => name === pooling.writerPool);
  return pool && { mode: pool.mode === SHARED ? SHARED : "session", size: pool.size, maxClients: undefined };
}

/** What the platform says of its pools, and what the application's was seen to do. */
export function platformPooling(
  topology: ResolvedDigitalOcean,
  pools: Told<readonly PoolAnswer[]>,
  settings: Fact<ServerSettings>,
  measured: PoolMeasured,
): PoolingFacts {
  const platform = { ...NOTHING_KNOWN.pooling, ...PLATFORM_DECIDES.pooling };
  const { pooling } = topology;
  if (pools instanceof Missing) {
    if (pooling === undefined) return { ...platform, enabled: pools };
    const told = { mode: pools, writerPoolSize: pools, readerPoolSize: pools, differences: pools };
    return { ...platform, ...told, enabled: true, ...seen(settings, measured) };
  }
  const list = pools ?? [];
  if (pooling === undefined && list.length === 0) return { ...platform, enabled: false };
  const own = list.find(({ name }) => name === pooling?.writerPool);
  const gone = new Missing("not-applicable", "the pool is not there, which pooling/as-asked judges");
  return {
    ...platform,
    enabled: true,
    mode: own?.mode ?? gone,
    writerPoolSize: own?.size ?? gone,
    readerPoolSize: 0,
    differences: poolDifferences(topology, list),
    ...(own === undefined
      ? { serverConnections: gone, crowd: gone, preparedStatementWorks: gone }
      : seen(settings, measured)),
  };
}

function seen(
  settings: Fact<ServerSettings>,
  { crowd, preparedStatementWorks }: PoolMeasured,
): Pick<PoolingFacts, "serverConnections" | "crowd" | "preparedStatementWorks"> {
  const serverConnections = isKnown(settings) ? freeConnections(settings.parameters) : settings;
  return { serverConnections, crowd, preparedStatementWorks };
}

/** Pools that are not as asked; one that nobody asked for takes connections from those that were. */
export function poolDifferences(
  { database, pooling, roles }: Pick<ResolvedDigitalOcean, "database" | "pooling" | "roles">,
  found: readonly PoolAnswer[],
): Difference[] {
  const extra = found
    .filter(({ name }) => name !== pooling?.writerPool)
    .map(({ name, size }) => ({ where: POOLER, name: `pool ${name}`, want: "none", got: `one of ${size}` }));
  if (pooling === undefined) return extra;
  const own = found.find(({ name }) => name === pooling.writerPool);
  if (own === undefined)
    return [{ where: POOLER, name: `pool ${pooling.writerPool}`, want: "there", got: "none" }, ...extra];
  const pairs: [string, string, string][] = [
    // Any other than the one in which it is shared is told by pooling/mode.
    ["mode", pooling.mode, own.mode === SHARED ? SHARED : pooling.mode],
    ["size", String(pooling.writerPoolSize), String(own.size)],
    ["database", database, own.db],
    ["user", roles.readWrite, own.user ?? "whoever comes"],
  ];
  return [
    ...pairs
      .filter(([, want, got]) => want !== got)
      .map(([name, want, got]) => ({ where: POOLER, name: `${name} of ${own.name}`, want, got })),
    ...extra,
  ];
}
