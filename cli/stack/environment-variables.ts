import { connectionUrl } from "../../topology/connection-url.ts";
import { type ApplicationConnection, environmentVariables } from "../../topology/environment-variables.ts";
import { clientAddress, type ResolvedDocker } from "../../topology/resolved-docker.ts";

/** Every certificate of the stack's own authority names its part. */
const TLS_MODE = "verify-full";

/** What the variables are made of. */
export interface EnvironmentBasis {
  readonly topology: ResolvedDocker;
  /** Of the application's read-write role. */
  readonly password: string;
  /** Path of the CA certificate on the application's machine. */
  readonly caFile: string;
}

/** The variables of an application on this machine, by name. */
export function environmentOf(basis: EnvironmentBasis): Record<string, string> {
  return environmentVariables(connectionOf(basis));
}

function connectionOf(basis: EnvironmentBasis): ApplicationConnection<string> {
  const { topology, password, caFile } = basis;
  const { primary, replicas, pooling, database, roles, application } = topology;
  const host = clientAddress(topology);
  const [firstReplica] = replicas;
  return {
    writer: { host, port: primary.port },
    reader: firstReplica && { host, port: firstReplica.port },
    pooled: pooling && { host, port: pooling.port, database: pooling.writerPool },
    pooledReader: pooling && firstReplica && { host, port: pooling.port, database: pooling.readerPool },
    pooledTlsMode: pooling && TLS_MODE,
    database,
    user: roles.readWrite,
    password,
    url: url(basis, pooling?.port ?? primary.port, pooling?.writerPool ?? database),
    readerUrl: firstReplica && url(basis, pooling?.port ?? firstReplica.port, pooling?.readerPool ?? database),
    tls: { mode: TLS_MODE, caFile },
    application,
  };
}

function url({ topology, password, caFile }: EnvironmentBasis, port: number, database: string): string {
  const user = topology.roles.readWrite;
  return connectionUrl({
    host: clientAddress(topology),
    port,
    database,
    user,
    password,
    tls: { mode: TLS_MODE, caFile },
  });
}
