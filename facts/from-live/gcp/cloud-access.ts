import type { ResolvedGcp } from "../../../topology/resolved-gcp.ts";
import type { LiveSession, Login } from "../live-access.ts";
import type { CloudSqlApi } from "./cloud-sql-api.ts";

/** Where an instance, or the pooler in front of it, is reached. */
export interface CloudEndpoint {
  readonly part: string;
  readonly host: string;
  readonly port: number;
  /** The name in its certificate; `undefined` of an authority that signs none, where only the authority is checked. */
  readonly serverName: string | undefined;
  /** PEM, of the authority that signed it. */
  readonly caCertificate: string;
}

/** Everything through which the facts of a topology on Cloud SQL are collected. */
export interface CloudAccess {
  readonly topology: ResolvedGcp;
  readonly project: string;
  /** Ends every name. */
  readonly suffix: string;
  readonly api: CloudSqlApi;
  readonly signal: AbortSignal;
  /** What age is reckoned from. */
  readonly now: Date;
  /** Connections that are opened at once to see how long that takes. */
  readonly probeConnections: number;
  /** Connects over TLS; `undefined` where the private addresses can't be reached from. */
  readonly dial: ((endpoint: CloudEndpoint, login: Login) => Promise<LiveSession>) | undefined;
}
