import { databasesOf, type ResolvedDocker, type StackDatabase } from "../resolved-docker.ts";
import { nodesOf } from "../resolved-self-run.ts";
import { applicationPool, pooledSize, type Side } from "./application-demand.ts";
import {
  ADMINISTRATIVE_CONNECTIONS,
  type BudgetRow,
  budgetRow,
  type Demand,
  demandOf,
  POOL_USERS,
  type Term,
} from "./budget-row.ts";

/** How many the application has is not known here: what does not fit one of them fits none. */
const ONE_PROCESS: Term = { count: 1, noun: "process" };

/** What the servers and poolers of every database give and need. */
export function dockerRows(stack: ResolvedDocker): BudgetRow[] {
  return databasesOf(stack).flatMap(databaseRows);
}

/** None where a parameter is no number, which validation says by itself. */
function databaseRows({ prefix, topology }: StackDatabase): BudgetRow[] {
  const { parameters } = topology;
  const gives = Number(parameters.max_connections ?? 100);
  const reserved =
    Number(parameters.superuser_reserved_connections ?? 3) + Number(parameters.reserved_connections ?? 0);
  if (!Number.isFinite(gives - reserved)) return [];
  const servers = nodesOf(topology).map(({ key, part }) => {
    const supply = {
      place: prefix + part,
      kind: "server",
      gives,
      reserved,
      administrative: ADMINISTRATIVE_CONNECTIONS,
    } as const;
    return budgetRow(supply, serverDemand(topology, key === "primary" ? "writer" : "reader"));
  });
  return [...servers, ...poolerRows({ prefix, topology })];
}

/** A client of the readers gets one of the replicas, and all of them may get the same: each must bear the whole pool. */
function serverDemand(topology: ResolvedDocker, side: Side): Demand[] {
  const { pooling, replicas } = topology;
  if (pooling === undefined) {
    if (side === "reader" && !topology.application.useReadReplica) return [];
    return [demandOf("application", [ONE_PROCESS], applicationPool(topology, side))];
  }
  // Without a replica the readers' pool leads to the primary.
  const sides: readonly Side[] = side === "writer" && replicas.length === 0 ? ["writer", "reader"] : [side];
  return sides.map((pool) => demandOf(`${pool} pool`, [POOL_USERS], [pooledSize(pooling, pool)]));
}

function poolerRows({ prefix, topology }: StackDatabase): BudgetRow[] {
  const { pooling, replicas, application } = topology;
  if (pooling === undefined) return [];
  const sides: readonly Side[] = replicas.length > 0 && application.useReadReplica ? ["writer", "reader"] : ["writer"];
  return [
    budgetRow(
      {
        place: `clients of ${prefix}pooler`,
        kind: "pooler",
        gives: pooling.maxClients,
        reserved: 0,
        administrative: 0,
      },
      sides.map((side) => demandOf(side, [ONE_PROCESS], applicationPool(topology, side))),
    ),
  ];
}
