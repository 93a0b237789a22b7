import type { ConnectionOptions } from "node:tls";
import type { ClientTls, LiveSession, Login } from "../facts/from-live/live-access.ts";
import type { ResolvedDocker } from "../topology/resolved-docker.ts";
import { nodesOf } from "../topology/resolved-self-run.ts";
import type { TopologySecrets } from "../topology/secrets.ts";
import { openSession } from "./session.ts";

/** Protocol versions that a client may speak at most to be one version below the asked one. */
const BELOW = { "TLSv1.3": "TLSv1.2", "TLSv1.2": "TLSv1.1" } as const;

/** What connecting needs to know. */
export interface Connector {
  readonly topology: ResolvedDocker;
  readonly secrets: TopologySecrets;
  /** PEM. */
  readonly strangerCa: string;
}

/**
 * Connects over TLS to the part's published port, checks its certificate against the stack's CA and its name (as
 * libpq's `verify-full`), and limits the time of everything.
 */
export async function connect(connector: Connector, login: Login): Promise<LiveSession> {
  const { topology, secrets } = connector;
  const isPooled = login.part === "pooler";
  return openSession(
    {
      host: topology.address,
      port: publishedPort(topology, login.part),
      user: login.user ?? topology.roles[login.role],
      password: login.password ?? secrets.passwords[login.role],
      database: login.database ?? topology.database,
      ssl: tlsOptions(connector, login.part, login.tls ?? "verify-full"),
    },
    isPooled,
  );
}

function tlsOptions({ secrets, strangerCa, topology }: Connector, part: string, tls: ClientTls) {
  // The published address is the machine's; the certificate carries the part's name in the network.
  const checked = { ca: secrets.caCertificate, servername: part, rejectUnauthorized: true };
  return clientTls(checked, tls, { strangerCa, least: topology.tls.minProtocolVersion });
}

/** How a client of that kind speaks TLS; `false` is not at all. @param least what the server is asked to speak at least */
export function clientTls(
  checked: ConnectionOptions,
  tls: ClientTls,
  { least, strangerCa }: { readonly strangerCa: string; readonly least: keyof typeof BELOW },
): ConnectionOptions | false {
  switch (tls) {
    case "none":
      return false;
    case "verify-full":
      return checked;
    case "stranger-ca":
      return { ...checked, ca: strangerCa };
    case "below-minimum":
      return {
        ...checked,
        minVersion: "TLSv1",
        maxVersion: BELOW[least],
        // OpenSSL's default level has no cipher left below TLS 1.2; the refusal must be the server's, not ours.
        ciphers: "DEFAULT@SECLEVEL=0",
      };
  }
}

function publishedPort(topology: ResolvedDocker, part: string): number {
  const node = nodesOf(topology).find((candidate) => candidate.part === part);
  const port = node?.port ?? (part === "pooler" ? topology.pooling?.port : undefined);
  if (port === undefined) throw new RangeError(`the topology has nothing to connect to called ${part}`);
  return port;
}
