import type { ConnectionOptions } from "node:tls";
import type { CloudEndpoint } from "../facts/from-live/gcp/cloud-access.ts";
import type { ClientTls, LiveSession, Login } from "../facts/from-live/live-access.ts";
import { CLOUD_SQL_POOLER_PORT } from "../topology/cloud-sql-words.ts";
import type { ResolvedGcp } from "../topology/resolved-gcp.ts";
import { VERIFICATION_LOGINS, type VerificationPasswords } from "../topology/verification-job.ts";
import { openSession, type SessionTarget } from "./session.ts";

/** What connecting to Cloud SQL needs to know. */
export interface CloudConnector {
  readonly topology: ResolvedGcp;
  readonly passwords: VerificationPasswords;
  /** PEM. */
  readonly strangerCa: string;
  /** Where an endpoint is reached from here, when it is through a tunnel; its certificate is checked all the same. */
  readonly reach: ((endpoint: CloudEndpoint) => Pick<CloudEndpoint, "host" | "port">) | undefined;
}

/**
 * Connects over TLS: by the name in the certificate (as libpq's `verify-full`), or, where its authority signs none, by
 * the private address with that one authority pinned (`verify-ca`). Never without TLS, but to see that it is refused.
 */
export function connectCloud(connector: CloudConnector, endpoint: CloudEndpoint, login: Login): Promise<LiveSession> {
  const target = cloudTarget(connector, endpoint, login);
  const ssl = tlsOptions(endpoint, connector.strangerCa, login.tls ?? "verify-full");
  return openSession({ ...target, ssl }, endpoint.port === CLOUD_SQL_POOLER_PORT);
}

/** What a client connects to, as whom, and how it checks the server. */
export function cloudTarget(
  { passwords, reach, topology }: Omit<CloudConnector, "strangerCa">,
  endpoint: CloudEndpoint,
  login: Pick<Login, "database" | "password" | "role">,
): SessionTarget {
  const { host, port } = reach?.(endpoint) ?? endpoint;
  const role = VERIFICATION_LOGINS.find((key) => key === login.role);
  if (role === undefined) throw new RangeError(`nothing on Cloud SQL is verified as ${login.role}`);
  return {
    host,
    port,
    user: topology.roles[role],
    password: login.password ?? passwords[role],
    database: login.database ?? topology.database,
    ssl: checkedTls(endpoint),
  };
}

function checkedTls({ caCertificate, serverName }: CloudEndpoint): ConnectionOptions {
  return {
    ca: caCertificate,
    rejectUnauthorized: true,
    // Without a name in the certificate there is nothing to compare; the authority is this one instance's own.
    ...(serverName === undefined ? { checkServerIdentity: () => undefined } : { servername: serverName }),
  };
}

function tlsOptions(endpoint: CloudEndpoint, strangerCa: string, tls: ClientTls): ConnectionOptions | false {
  switch (tls) {
    case "none":
      return false;
    case "verify-full":
      return checkedTls(endpoint);
    case "stranger-ca":
      return { ...checkedTls(endpoint), ca: strangerCa };
    case "below-minimum":
      throw new RangeError("which TLS versions there are is for Cloud SQL to decide");
  }
}
