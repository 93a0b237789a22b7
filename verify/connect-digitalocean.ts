import type { Duplex } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import type { ClientTls, LiveSession } from "../facts/from-live/live-access.ts";
import type { ManagedLogin } from "../facts/from-live/managed/sql-collector.ts";
import type { Endpoint, TopologyOutputs } from "../topology/contract.ts";
import { replicaPart } from "../topology/names.ts";
import type { ResolvedDigitalOcean } from "../topology/resolved-digitalocean.ts";
import { CLOUD_ROLE_KEYS, type CloudSecrets } from "../topology/secrets.ts";
import { forwardedSocket } from "./forwarded-socket.ts";
import { openSession } from "./session.ts";

/** A TCP connection that starts on the data host. */
export type Forward = (host: string, port: number) => Promise<Duplex>;

/** What connecting to managed servers needs to know. */
export interface ManagedConnector {
  readonly topology: ResolvedDigitalOcean;
  /** As applications are told. */
  readonly outputs: Pick<TopologyOutputs, "writer" | "readers" | "pooled" | "caCertificate">;
  readonly passwords: CloudSecrets["passwords"];
  /** PEM. */
  readonly strangerCa: string;
  /** `undefined` where the private addresses are reached from here. */
  readonly forward: Forward | undefined;
}

/**
 * Connects over TLS to the address that applications are told, and checks name and authority as libpq's `verify-full`.
 * Never without TLS, but to see that it is refused.
 */
export async function connectManaged(connector: ManagedConnector, login: ManagedLogin): Promise<LiveSession> {
  const { forward, outputs, strangerCa, topology } = connector;
  const { host, port, pool } = endpointOf(outputs, login);
  const { password, user } = credentials(connector, login);
  const stream = await forward?.(host, port);
  return openSession(
    {
      host,
      port,
      user,
      password,
      database: login.database ?? pool ?? topology.database,
      ssl: tlsOptions(outputs.caCertificate, strangerCa, login.tls ?? "verify-full"),
      ...(stream !== undefined && { stream: () => forwardedSocket(stream) }),
    },
    pool !== undefined,
  );
}

/** Of a role here, unless somebody else's name and password are tried. */
function credentials(
  { passwords, topology }: ManagedConnector,
  { password, role, user }: ManagedLogin,
): { readonly user: string; readonly password: string } {
  if (user !== undefined && password !== undefined) return { user, password };
  const key = CLOUD_ROLE_KEYS.find((one) => one === role);
  if (key === undefined) throw new RangeError(`nothing on DigitalOcean is verified as ${role}`);
  return { user: topology.roles[key], password: password ?? passwords[key] };
}

function endpointOf(
  { pooled, readers, writer }: ManagedConnector["outputs"],
  login: ManagedLogin,
): Endpoint & { readonly pool?: string } {
  if (login.pooled === true) {
    if (pooled === undefined) throw new RangeError("the stack has no pool");
    return { host: pooled.host, port: pooled.port, pool: pooled.writerPool };
  }
  const reader = Object.entries(readers).find(([key]) => replicaPart(key) === login.part)?.[1];
  return reader ?? writer;
}

function tlsOptions(ca: string, strangerCa: string, tls: ClientTls): ConnectionOptions | false {
  switch (tls) {
    case "none":
      return false;
    case "verify-full":
      return { ca, rejectUnauthorized: true };
    case "stranger-ca":
      return { ca: strangerCa, rejectUnauthorized: true };
    case "below-minimum":
      throw new RangeError("which TLS versions there are is for DigitalOcean to decide");
  }
}
