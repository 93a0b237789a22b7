import type Dockerode from "dockerode";
import type { RoleKey } from "../../topology/names.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { TopologySecrets } from "../../topology/secrets.ts";

/** How a client speaks TLS: as it should, or as no client may. */
export type ClientTls = "verify-full" | "none" | "stranger-ca" | "below-minimum";

/** Who connects where. */
export interface Login {
  /** `primary`, `replica-<key>` or `pooler`. */
  readonly part: string;
  readonly role: RoleKey;
  /** The application's unless told. */
  readonly database?: string;
  readonly tls?: ClientTls;
  /** The role's own unless told. */
  readonly password?: string;
}

/** One connection; queries that are sent together wait for each other. */
export interface LiveSession {
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** Runs a statement that is prepared under the name once, and only executed from then on. */
  prepared<T extends object>(name: string, text: string, values: readonly unknown[]): Promise<T[]>;
  /** The end of the server's certificate; undefined without TLS. */
  certificateEnd(): Date | undefined;
  end(): Promise<void>;
}

/** Everything through which facts are collected. */
export interface LiveAccess {
  readonly topology: ResolvedDocker;
  readonly secrets: TopologySecrets;
  readonly docker: Dockerode;
  readonly signal: AbortSignal;
  /** What age is reckoned from. */
  readonly now: Date;
  /** Runs the check of the backup repository anew. */
  readonly deep: boolean;
  connect(login: Login): Promise<LiveSession>;
  /** The administrator's session on a server, shared by everybody who only reads; nobody ends it. */
  administrator(part: string): Promise<LiveSession>;
}
