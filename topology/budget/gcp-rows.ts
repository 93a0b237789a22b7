import {
  CONNECTION_LIMITS,
  defaultMaxConnections,
  managedPoolers,
  reservedConnections,
} from "../limits/cloud-sql-connections.ts";
import { instancesOf, type ResolvedGcp, type ResolvedInstance } from "../resolved-gcp.ts";
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

/** What each instance, each pooler and the service's socket give and need. */
export function gcpRows(topology: ResolvedGcp): BudgetRow[] {
  // An instance whose size does not exist, and a flag that is no number, are validation's to name.
  const known = instancesOf(topology).filter(({ tier, memoryMiB }) => tier !== "" && memoryMiB > 0);
  const servers = known.map((instance) => ({ instance, gives: maxConnections(topology, instance) }));
  return [
    ...servers
      .filter(({ gives }) => Number.isFinite(gives))
      .map(({ instance, gives }) =>
        budgetRow(
          {
            place: instance.part,
            kind: "server",
            gives,
            reserved: reservedConnections(),
            administrative: ADMINISTRATIVE_CONNECTIONS,
          },
          serverDemand(topology, instance),
        ),
      ),
    ...poolerRows(topology),
    ...socketRows(topology),
  ];
}

/** A replica that takes over takes the primary's clients, too: it must bear them from the start. */
function sideOf(topology: ResolvedGcp, { key }: ResolvedInstance): Side {
  return topology.replicas.some((replica) => replica.key === key && replica.purpose === "read") ? "reader" : "writer";
}

function maxConnections({ parameters, primary }: ResolvedGcp, instance: ResolvedInstance): number {
  const flag = parameters.max_connections;
  if (flag !== undefined) return Number(flag);
  return defaultMaxConnections(instance.memoryMiB, instance.key === primary.key ? [] : [primary.memoryMiB]);
}

/** Without a service of the stack's own, one process of the application somewhere else. */
function processes({ service }: ResolvedGcp): Term {
  return service === undefined
    ? { count: 1, noun: "process" }
    : { count: service.maxInstances, field: "service.maxInstances" };
}

function readsFromReplicas({ replicas, application }: ResolvedGcp): boolean {
  return application.useReadReplica && replicas.some(({ purpose }) => purpose === "read");
}

function serverDemand(topology: ResolvedGcp, instance: ResolvedInstance): Demand[] {
  const { pooling } = topology;
  const side = sideOf(topology, instance);
  const after = instance.key !== topology.primary.key && side === "writer" ? ", once it has taken over" : "";
  switch (pooling?.kind) {
    case undefined:
      if (side === "reader" && !topology.application.useReadReplica) return [];
      return [demandOf(`application${after}`, [processes(topology)], applicationPool(topology, side))];
    case "managed": {
      // https://docs.cloud.google.com/sql/docs/postgres/managed-connection-pooling: each pooler keeps its own pools.
      const poolers = { count: managedPoolers(instance.cpus), noun: "pooler" };
      return [demandOf(`${side} pool${after}`, [POOL_USERS], [poolers], [pooledSize(pooling, side)])];
    }
    case "sidecar":
      return sidecarSides(topology, side).map((pool) =>
        demandOf(
          `the sidecars' ${pool} pools${after}`,
          [processes(topology)],
          [POOL_USERS],
          [pooledSize(pooling, pool)],
        ),
      );
  }
}

/** Without a replica to read from, the readers' pool leads to the primary. */
function sidecarSides(topology: ResolvedGcp, side: Side): readonly Side[] {
  return side === "writer" && !readsFromReplicas(topology) ? ["writer", "reader"] : [side];
}

function poolerRows(topology: ResolvedGcp): BudgetRow[] {
  const { pooling, replicas, primary } = topology;
  const clients = (place: string, demand: readonly Demand[]): BudgetRow =>
    budgetRow(
      { place: `clients of ${place}`, kind: "pooler", gives: pooling?.maxClients ?? 0, reserved: 0, administrative: 0 },
      demand,
    );
  switch (pooling?.kind) {
    case undefined:
      return [];
    case "managed": {
      const read = readsFromReplicas(topology) ? replicas.filter(({ purpose }) => purpose === "read") : [];
      return [primary, ...read].map((instance) =>
        clients(`${instance.part}'s pooler`, [
          demandOf("application", [processes(topology)], applicationPool(topology, sideOf(topology, instance))),
        ]),
      );
    }
    case "sidecar": {
      const sides: readonly Side[] = readsFromReplicas(topology) ? ["writer", "reader"] : ["writer"];
      return [
        clients(
          "each sidecar",
          sides.map((side) => demandOf(side, applicationPool(topology, side))),
        ),
      ];
    }
  }
}

/** One instance of the service may have so many connections through its socket to one database server. */
function socketRows(topology: ResolvedGcp): BudgetRow[] {
  const { access, service, pooling } = topology;
  if (access.path !== "socket" || service === undefined) return [];
  const gives = CONNECTION_LIMITS.cloudRunPerInstance.connections;
  const demand =
    pooling?.kind === "sidecar"
      ? sidecarSides(topology, "writer").map((pool) =>
          demandOf(`${pool} pool`, [POOL_USERS], [pooledSize(pooling, pool)]),
        )
      : [demandOf("application", applicationPool(topology, "writer"))];
  return [
    budgetRow(
      { place: "each service instance's socket", kind: "socket", gives, reserved: 0, administrative: 0 },
      demand,
    ),
  ];
}
