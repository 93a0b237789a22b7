import { POOLER_SCHEMA } from "../topology/names.ts";
import type { ResolvedSelfRun } from "../topology/resolved-self-run.ts";
import { applicationAccess, grantAll, PLAIN_ROLE } from "./application-access.ts";
import { MAINTENANCE_DATABASE, type WantedAccess } from "./wanted.ts";

/** What a server that the stack runs itself wants of roles, grants, the application's database and slots. */
export function wantedOnDocker(topology: ResolvedSelfRun): WantedAccess {
  const { roles: names, database, parameters, pooling } = topology;
  const usable = Number(parameters.max_connections ?? 100) - Number(parameters.superuser_reserved_connections ?? 3);
  // Without a replica both pools lead to the primary.
  const pooled = pooling === undefined ? 0 : pooling.writerPoolSize + pooling.readerPoolSize;
  const { publicSchema, roles, ...common } = applicationAccess({
    roles: names,
    database,
    connections: { usable, pooled },
  });
  return {
    ...common,
    accounts: "sql",
    administratorIn: [],
    roles: [
      roles.owner,
      roles.readWrite,
      roles.readOnly,
      // max_wal_senders is its limit.
      { ...PLAIN_ROLE, key: "replication", name: names.replication, replication: true, connectionLimit: -1 },
      roles.monitoring,
      {
        ...PLAIN_ROLE,
        key: "pooler",
        name: names.pooler,
        login: pooling !== undefined,
        // Look-ups have a pool of their own beside each of the two pools.
        connectionLimit: pooled,
      },
    ],
    databases: [
      {
        name: database,
        owner: names.owner,
        grants: grantAll([names.readWrite, names.readOnly, names.monitoring, names.pooler], ["CONNECT"]),
      },
      {
        name: MAINTENANCE_DATABASE,
        owner: names.administrator,
        grants: grantAll([names.monitoring], ["CONNECT"]),
      },
      { name: "template1", owner: names.administrator, grants: {} },
    ],
    schemas: [
      { name: "public", owner: names.owner, grants: publicSchema },
      { name: POOLER_SCHEMA, owner: names.administrator, grants: grantAll([names.pooler], ["USAGE"]) },
    ],
    lookup: { pooler: names.pooler, pooled: [names.owner, names.readWrite, names.readOnly] },
    slots: topology.replicas.map((replica) => replica.slot),
  };
}
