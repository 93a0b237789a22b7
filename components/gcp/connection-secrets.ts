import * as pulumi from "@pulumi/pulumi";
import { renderSidecarPgbouncerIni, SERVICE_PATHS } from "../../rendering/pgbouncer-sidecar-ini.ts";
import { renderUserlist } from "../../rendering/pgbouncer-userlist.ts";
import { connectionUrl } from "../../topology/connection-url.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { CloudSecrets } from "../../topology/secrets.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { hasSidecar, readReplica, type Route, type ServiceRoutes } from "./service-routes.ts";
import { type StoredSecret, storeSecret } from "./stored-secret.ts";

/** What is kept in Secret Manager: connections in one line, and the files that can be mounted from there only. */
export type ConnectionSecret =
  | "migration-url"
  | "pgbouncer-config"
  | "pgbouncer-users"
  | "reader-url"
  | "server-ca"
  | "service-password"
  | "writer-url";

/** What the values are made of. */
export interface ConnectionFacts {
  readonly secrets: CloudSecrets<pulumi.Output<string>>;
  readonly routes: ServiceRoutes;
  /** PEM; not secret. */
  readonly caCertificate: pulumi.Output<string>;
}

/** What is kept, by its name; a service that shows tokens has no password that could be. */
function wantedSecrets(topology: ResolvedGcp): readonly ConnectionSecret[] {
  const hasPassword = topology.access.login === "password";
  const hasReader = readReplica(topology) !== undefined;
  const wanted: Record<ConnectionSecret, boolean> = {
    "migration-url": true,
    "server-ca": true,
    "service-password": hasPassword && topology.service !== undefined,
    "writer-url": hasPassword,
    "reader-url": hasPassword && hasReader,
    "pgbouncer-config": hasSidecar(topology),
    "pgbouncer-users": hasSidecar(topology),
  };
  return (Object.keys(wanted) as ConnectionSecret[]).filter((name) => wanted[name]);
}

/** Whether the service reads a secret: not what changes the schema, nor the authority that a socket has no use for. */
export function isUsedByService({ access }: ResolvedGcp, name: ConnectionSecret): boolean {
  if (name === "server-ca") return access.path === "private-address";
  return name !== "migration-url";
}

/** Keeps everything that the service, and what changes the schema, connect with. */
export function createConnectionSecrets(
  place: CloudPlace,
  facts: ConnectionFacts,
): ReadonlyMap<ConnectionSecret, StoredSecret> {
  return new Map(
    wantedSecrets(place.topology).map((name) => [name, storeSecret(place, name, valueOf(place.topology, name, facts))]),
  );
}

function valueOf(topology: ResolvedGcp, name: ConnectionSecret, facts: ConnectionFacts): pulumi.Output<string> {
  const { roles, database, access } = topology;
  const { passwords } = facts.secrets;
  const { direct, pooled, migration } = facts.routes;
  const { writer, reader } = pooled ?? direct;
  const service = { user: pulumi.output(roles.readWrite), password: passwords.readWrite };
  switch (name) {
    case "migration-url":
      return routeUrl(access, migration, { user: pulumi.output(roles.owner), password: passwords.owner });
    case "server-ca":
      return facts.caCertificate;
    case "service-password":
      return passwords.readWrite;
    case "writer-url":
      return routeUrl(access, writer, service);
    case "reader-url":
      if (reader === undefined) throw new RangeError(`database ${database} has no replica that serves reads`);
      return routeUrl(access, reader, service);
    case "pgbouncer-config":
      return sidecarConfig(topology, direct);
    case "pgbouncer-users":
      return passwords.readWrite.apply((password) => renderUserlist(roles.readWrite, password));
  }
}

/** A route in one line, for a user. A secret when the password is one. */
export function routeUrl(
  access: ResolvedGcp["access"],
  { host, port, database, hasTls }: Route,
  login: { readonly user: pulumi.Output<string>; readonly password: pulumi.Output<string> | undefined },
): pulumi.Output<string> {
  const tls = hasTls ? { mode: access.tlsMode, caFile: SERVICE_PATHS.caCertificate } : undefined;
  return pulumi
    .all([host, login.user, login.password])
    .apply(([name, user, password]) => connectionUrl({ host: name, port, database, user, password, tls }));
}

function sidecarConfig(topology: ResolvedGcp, { writer, reader }: ServiceRoutes["direct"]): pulumi.Output<string> {
  const { pooling } = topology;
  if (pooling?.kind !== "sidecar") throw new RangeError("the topology has no sidecar");
  return pulumi
    .all([writer.host, reader?.host])
    .apply(([writerHost, readerHost]) =>
      renderSidecarPgbouncerIni(topology, pooling, { writer: writerHost, reader: readerHost }),
    );
}
