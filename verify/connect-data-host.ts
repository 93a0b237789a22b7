import type { LiveSession, Login } from "../facts/from-live/live-access.ts";
import type { TopologyOutputs } from "../topology/contract.ts";
import type { ResolvedSelfRun } from "../topology/resolved-self-run.ts";
import type { TopologySecrets } from "../topology/secrets.ts";
import type { Forward } from "./connect-digitalocean.ts";
import { clientTls } from "./connect.ts";
import { forwardedSocket } from "./forwarded-socket.ts";
import { openSession } from "./session.ts";

/** What connecting to the data database needs to know. */
export interface DataConnector {
  readonly server: ResolvedSelfRun;
  /** As applications are told. */
  readonly outputs: Pick<TopologyOutputs, "writer" | "pooled" | "caCertificate">;
  readonly secrets: Pick<TopologySecrets, "passwords">;
  /** PEM. */
  readonly strangerCa: string;
  /** `undefined` where the private address is reached from here. */
  readonly forward: Forward | undefined;
}

/** Connects over TLS to the host's private address, which its certificate carries. */
export async function connectData(connector: DataConnector, login: Login): Promise<LiveSession> {
  const { forward, outputs, secrets, server, strangerCa } = connector;
  const isPooled = login.part === "pooler";
  const endpoint = isPooled ? outputs.pooled : outputs.writer;
  if (endpoint === undefined) throw new RangeError("the data database has no pooler");
  const { host, port } = endpoint;
  const checked = { ca: outputs.caCertificate, rejectUnauthorized: true };
  const stream = await forward?.(host, port);
  return openSession(
    {
      host,
      port,
      user: login.user ?? server.roles[login.role],
      password: login.password ?? secrets.passwords[login.role],
      database: login.database ?? server.database,
      ssl: clientTls(checked, login.tls ?? "verify-full", { strangerCa, least: server.tls.minProtocolVersion }),
      ...(stream !== undefined && { stream: () => forwardedSocket(stream) }),
    },
    isPooled,
  );
}
