import type { Client } from "../../topology/connection-url.ts";
import { outputsOf } from "../../topology/outputs.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { TopologySecrets } from "../../topology/secrets.ts";
import { type ToldDatabase, toldEnvironment } from "./told-environment.ts";

/** What an application needs to know of a database beside its shape. */
export interface DatabaseBasis {
  readonly topology: ResolvedDocker;
  /** Of the application's read-write role, and of the schema's owner. */
  readonly passwords: Pick<TopologySecrets["passwords"], "readWrite" | "owner">;
  /** Path of the CA certificate on the application's machine. */
  readonly caFile: string;
}

/** What the variables are made of. */
export interface EnvironmentBasis extends DatabaseBasis {
  /** The data database of a split. */
  readonly data?: DatabaseBasis | undefined;
  readonly authSecret?: string | undefined;
  /** Whose words every line has; each variable's own unless told. */
  readonly client?: Client | undefined;
}

/** The variables of an application on this machine, by name. */
export function environmentOf(basis: EnvironmentBasis): Record<string, string> {
  const { authSecret, client, data, topology } = basis;
  return toldEnvironment({
    first: toldOf(basis),
    data: data && toldOf(data),
    isSplit: topology.mode !== "single",
    authSecret,
    client,
  });
}

function toldOf({ caFile, passwords, topology }: DatabaseBasis): ToldDatabase {
  const { application, pooling, roles } = topology;
  return {
    ...outputsOf(topology, ""),
    sharesConnections: pooling?.mode === "transaction",
    user: roles.readWrite,
    password: passwords.readWrite,
    owner: { user: roles.owner, password: passwords.owner },
    caFile,
    application,
  };
}
