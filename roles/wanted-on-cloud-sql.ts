import { gcpRows } from "../topology/budget/gcp-rows.ts";
import type { ResolvedGcp } from "../topology/resolved-gcp.ts";
import { serviceUser } from "../topology/service-accounts.ts";
import {
  applicationAccess,
  applicationLimit,
  grantAll,
  PLAIN_ROLE,
  type ServerConnections,
} from "./application-access.ts";
import type { WantedAccess } from "./wanted.ts";

/** What ends the names of a stack's things in the cloud, and the project that they are in. */
export interface StackNames {
  readonly project: string;
  readonly suffix: string;
}

/**
 * What a topology on Cloud SQL wants of roles and grants. The cloud makes the users, each of them a member of
 * `cloudsqlsuperuser` (https://cloud.google.com/sql/docs/postgres/users): here they are members of what they need, and of
 * nothing else. It replicates, pools and keeps its slots by itself, with roles of its own that nobody manages.
 */
export function wantedOnCloudSql(topology: ResolvedGcp, stack: StackNames): WantedAccess {
  const { database, roles: names } = topology;
  const connections = connectionsOf(topology);
  const { publicSchema, roles, ...common } = applicationAccess({ roles: names, database, connections });
  const own = [roles.owner, roles.readWrite, roles.readOnly, roles.monitoring];
  const user = serviceUser(topology, stack);
  return {
    ...common,
    accounts: "cloud",
    // Not the service's user: who is in a role of IAM is taken for a user of IAM, and its password for none.
    administratorIn: own.map(({ name }) => name),
    roles: [
      ...own,
      ...(user === undefined
        ? []
        : [
            {
              ...PLAIN_ROLE,
              key: "service",
              name: user,
              memberOf: [names.readWrite],
              // A member has the other's privileges, and a limit of its own.
              connectionLimit: applicationLimit(connections),
            } as const,
          ]),
    ],
    databases: [
      {
        name: database,
        owner: names.owner,
        grants: grantAll([names.readWrite, names.readOnly, names.monitoring], ["CONNECT"]),
        // The cloud's own users come in as PUBLIC: for exports, insights, pooling.
        left: ["CONNECT"],
      },
    ],
    schemas: [{ name: "public", owner: names.owner, grants: publicSchema, left: ["USAGE"] }],
    lookup: undefined,
    slots: undefined,
  };
}

/** Of the primary; without a size that exists there is no number, and validation has said so. */
function connectionsOf(topology: ResolvedGcp): ServerConnections {
  const row = gcpRows(topology).find(({ kind, place }) => kind === "server" && place === topology.primary.part);
  return row === undefined ? { usable: -1, pooled: -1 } : { usable: row.gives - row.reserved, pooled: row.needed };
}
