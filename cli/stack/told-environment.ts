import { type Client, connectionUrl } from "../../topology/connection-url.ts";
import type { Endpoint, TopologyOutputs } from "../../topology/contract.ts";
import { type ApplicationConnection, environmentVariables } from "../../topology/environment-variables.ts";
import type { ResolvedApplication } from "../../topology/resolved.ts";
import { type DatabaseUrls, splitVariables } from "../../topology/split-variables.ts";

/** Every server that an application is told of has its name or address in its certificate. */
const TLS_MODE = "verify-full";

/** A database, as an application is told of it. */
export interface ToldDatabase extends Pick<TopologyOutputs, "database" | "writer" | "readers" | "pooled"> {
  /** True when the pooler gives each transaction another server connection. */
  readonly sharesConnections: boolean;
  /** The application's read-write role. */
  readonly user: string;
  readonly password: string;
  /** Who may change the schema. */
  readonly owner: { readonly user: string; readonly password: string };
  /** Path of the CA certificate on the application's machine. */
  readonly caFile: string;
  readonly application: ResolvedApplication;
}

/** What the variables are made of. */
export interface ToldStack {
  readonly first: ToldDatabase;
  /** The data database of a split. */
  readonly data: ToldDatabase | undefined;
  readonly isSplit: boolean;
  readonly authSecret: string | undefined;
  /** Whose words every line has; each variable's own unless told. */
  readonly client: Client | undefined;
}

/** The variables of an application, by name. In single mode the data database is the only one that it knows. */
export function toldEnvironment({ authSecret, client, data, first, isSplit }: ToldStack): Record<string, string> {
  const primary = isSplit ? first : (data ?? first);
  return {
    ...environmentVariables(connectionOf(primary, client)),
    ...splitVariables({
      primary: urlsOf(primary, client),
      data: isSplit && data !== undefined ? urlsOf(data, client) : undefined,
      splitMode: data && isSplit,
      authSecret,
    }),
  };
}

function connectionOf(told: ToldDatabase, client: Client | undefined): ApplicationConnection<string> {
  const { application, caFile, database, password, pooled, user, writer } = told;
  const reader = Object.values(told.readers)[0];
  const readerPool = reader && pooled?.readerPool;
  const pooledReader =
    pooled === undefined || readerPool === undefined
      ? undefined
      : { host: pooled.host, port: pooled.port, database: readerPool };
  return {
    writer,
    reader,
    pooled: pooled && { host: pooled.host, port: pooled.port, database: pooled.writerPool },
    pooledReader,
    pooledTlsMode: pooled && TLS_MODE,
    database,
    user,
    password,
    url: pooledUrl(told, client),
    readerUrl: reader && url(told, client, pooledReader ?? { ...reader, database }),
    tls: { mode: TLS_MODE, caFile },
    application,
  };
}

function urlsOf(told: ToldDatabase, client: Client | undefined): DatabaseUrls {
  // Migrations go this way, and the application's own role changes no schema.
  const direct = url({ ...told, ...told.owner }, client, { ...told.writer, database: told.database });
  return { pooled: pooledUrl(told, client ?? "prisma"), direct };
}

function pooledUrl(told: ToldDatabase, client: Client | undefined): string {
  const { database, pooled, writer } = told;
  return url(told, client, pooled === undefined ? { ...writer, database } : { ...pooled, database: pooled.writerPool });
}

function url(told: ToldDatabase, client: Client | undefined, place: Endpoint & { readonly database: string }): string {
  const { caFile, password, pooled, sharesConnections, user } = told;
  const { database, host, port } = place;
  return connectionUrl(
    {
      host,
      port,
      database,
      user,
      password,
      tls: { mode: TLS_MODE, caFile },
      sharesConnections: sharesConnections && port === pooled?.port,
    },
    client,
  );
}
