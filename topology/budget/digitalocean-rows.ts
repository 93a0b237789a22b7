import { CLUSTER_LIMITS, MANAGED_CONNECTIONS, managedMaxConnections } from "../limits/digitalocean.ts";
import type { ResolvedDigitalOcean, ResolvedManagedServer } from "../resolved-digitalocean.ts";
import { applicationPool, pooledSize } from "./application-demand.ts";
import {
  ADMINISTRATIVE_CONNECTIONS,
  type BudgetRow,
  budgetRow,
  type Demand,
  demandOf,
  POOL_USERS,
  type Term,
} from "./budget-row.ts";

/** The row of the server that the stack runs itself: its parameters say what it gives. */
export const DATA_HOST_PLACE = "data host";

/** How many the application has is not known here: what does not fit one of them fits none. */
const ONE_PROCESS: Term = { count: 1, noun: "process" };
/** A pool of the cluster's has one user: the read-write role. Who only reads goes past it. */
const ONE_USER: Term = { count: 1, noun: "user" };

/**
 * What needs connections on a managed server beside the pool, at most at once. Fewer than on others, so that the smallest
 * machine (22) bears a pool of 15: all of it comes through the data host's SSH, by one `pgt` at a time, which first
 * mends roles and then verifies; and nobody watches the cluster by SQL, because the platform does.
 */
const MANAGED_ADMINISTRATIVE_USES = [
  {
    what: "roles and grants, or verification: the administrator, and the roles that try what they may",
    connections: 4,
  },
  { what: "an export", connections: 1 },
  { what: "an operator's psql, and a second one", connections: 2 },
] as const;

const MANAGED_ADMINISTRATIVE = MANAGED_ADMINISTRATIVE_USES.reduce((sum, { connections }) => sum + connections, 0);

/** What each managed server, the data host and its pooler give and need. */
export function digitalOceanRows(topology: ResolvedDigitalOcean): BudgetRow[] {
  return [
    ...[topology.primary, ...topology.replicas]
      // A machine that does not exist is validation's to name.
      .filter(({ memoryMiB }) => memoryMiB > 0)
      .map((server) => managedRow(topology, server)),
    ...poolRows(topology),
    ...dataHostRows(topology),
  ];
}

function managedRow(topology: ResolvedDigitalOcean, server: ResolvedManagedServer): BudgetRow {
  return budgetRow(
    {
      place: server.part,
      kind: "server",
      gives: managedMaxConnections(server.memoryMiB),
      reserved: MANAGED_CONNECTIONS.reserved,
      administrative: MANAGED_ADMINISTRATIVE,
    },
    server.key === topology.primary.key ? primaryDemand(topology) : replicaDemand(topology),
  );
}

function primaryDemand(topology: ResolvedDigitalOcean): Demand[] {
  const { pooling } = topology;
  if (pooling === undefined) return [demandOf("application", [ONE_PROCESS], applicationPool(topology, "writer"))];
  return [demandOf("writer pool", [ONE_USER], [{ count: pooling.writerPoolSize, field: "pooling.writerPoolSize" }])];
}

function poolRows(topology: ResolvedDigitalOcean): BudgetRow[] {
  if (topology.pooling === undefined) return [];
  return [
    budgetRow(
      {
        place: "clients of the cluster's pool",
        kind: "pooler",
        gives: CLUSTER_LIMITS.poolClients.bounds.max,
        reserved: 0,
        administrative: 0,
      },
      [demandOf("application", [ONE_PROCESS], applicationPool(topology, "writer"))],
    ),
  ];
}

/** The platform pools in front of the primary only. */
function replicaDemand(topology: ResolvedDigitalOcean): Demand[] {
  if (!topology.application.useReadReplica) return [];
  return [demandOf("application", [ONE_PROCESS], applicationPool(topology, "reader"))];
}

/** PostgreSQL and PgBouncer of the data host; none where a parameter is no number, which validation says by itself. */
function dataHostRows(topology: ResolvedDigitalOcean): BudgetRow[] {
  const server = topology.dataHost?.server;
  if (server === undefined) return [];
  const { parameters, pooling } = server;
  const gives = Number(parameters.max_connections ?? 100);
  const reserved =
    Number(parameters.superuser_reserved_connections ?? 3) + Number(parameters.reserved_connections ?? 0);
  if (!Number.isFinite(gives - reserved)) return [];
  const application = demandOf("application", [ONE_PROCESS], applicationPool(topology, "writer"));
  const host = {
    place: DATA_HOST_PLACE,
    kind: "server",
    gives,
    reserved,
    administrative: ADMINISTRATIVE_CONNECTIONS,
  } as const;
  if (pooling === undefined) return [budgetRow(host, [application])];
  // Without replicas the readers' pool leads to the same server.
  const pools = (["writer", "reader"] as const).map((side) =>
    demandOf(`${side} pool`, [POOL_USERS], [pooledSize(pooling, side)]),
  );
  return [
    budgetRow(host, pools),
    budgetRow(
      {
        place: `clients of ${DATA_HOST_PLACE}'s pooler`,
        kind: "pooler",
        gives: pooling.maxClients,
        reserved: 0,
        administrative: 0,
      },
      [application],
    ),
  ];
}
