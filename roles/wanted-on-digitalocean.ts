import { digitalOceanRows } from "../topology/budget/digitalocean-rows.ts";
import type { ResolvedDigitalOcean } from "../topology/resolved-digitalocean.ts";
import { applicationAccess, grantAll, type ServerConnections } from "./application-access.ts";
import type { WantedAccess } from "./wanted.ts";

/**
 * What a managed primary on DigitalOcean wants of roles and grants. The platform makes the users and their passwords, and
 * gives them nothing: since PostgreSQL 15 not even the right to make something in `public`
 * (https://www.postgresql.org/docs/release/15.0/). It replicates and pools by roles of its own, which nobody manages.
 */
export function wantedOnDigitalOcean(topology: ResolvedDigitalOcean): WantedAccess {
  const { database, roles: names } = topology;
  const connections = connectionsOf(topology);
  const { publicSchema, roles, ...common } = applicationAccess({ roles: names, database, connections });
  const own = [roles.owner, roles.readWrite, roles.readOnly, roles.monitoring];
  return {
    ...common,
    accounts: "cloud",
    administratorIn: own.map(({ name }) => name),
    roles: own,
    databases: [
      {
        name: database,
        owner: names.owner,
        grants: grantAll([names.readWrite, names.readOnly, names.monitoring], ["CONNECT"]),
      },
    ],
    schemas: [{ name: "public", owner: names.owner, grants: publicSchema }],
    lookup: undefined,
    slots: undefined,
  };
}

/** Of the primary; without a size that exists there is no number, and validation has said so. */
function connectionsOf(topology: ResolvedDigitalOcean): ServerConnections {
  const row = digitalOceanRows(topology).find(
    ({ kind, place }) => kind === "server" && place === topology.primary.part,
  );
  return row === undefined ? { usable: -1, pooled: -1 } : { usable: row.gives - row.reserved, pooled: row.needed };
}
