import type Dockerode from "dockerode";
import type { RoleKey } from "../../topology/names.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { ResolvedSelfRun } from "../../topology/resolved-self-run.ts";
import type { ResolvedExpected } from "../../topology/resolved.ts";
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
  /** Another name than the role's. */
  readonly user?: string;
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

/** A database beside the one that facts are collected of. */
export interface OtherDatabase {
  readonly topology: Pick<ResolvedSelfRun, "database"> & {
    readonly primary: Pick<ResolvedSelfRun["primary"], "part">;
    /** `undefined` where clients are not pooled by their own names. */
    readonly pooling: object | undefined;
  };
  connect(login: Login): Promise<LiveSession>;
}

/** What a command left. */
export interface Executed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Everything through which facts of the PostgreSQL are collected that a stack runs itself, in containers or on a host. */
export interface LiveAccess {
  readonly topology: ResolvedSelfRun;
  readonly secrets: Pick<TopologySecrets, "passwords">;
  /** What its application expects to find. */
  readonly expected: ResolvedExpected;
  readonly signal: AbortSignal;
  /** What age is reckoned from. */
  readonly now: Date;
  /** Runs the check of the backup repository anew. */
  readonly deep: boolean;
  /** Runs a command where a part runs, as the server's own user, whatever it ends with. */
  execute(part: string, command: readonly string[], timeoutMs: number): Promise<Executed>;
  /** Whether something makes a backup each day without being asked. */
  isScheduled(): Promise<boolean>;
  connect(login: Login): Promise<LiveSession>;
  /** The stack's other database, where it has two. */
  readonly other: OtherDatabase | undefined;
  /** The administrator's session on a server, shared by everybody who only reads; nobody ends it. */
  administrator(part: string): Promise<LiveSession>;
}

/** The same in containers. */
export interface DockerAccess extends LiveAccess {
  readonly topology: ResolvedDocker;
  readonly secrets: TopologySecrets;
  readonly docker: Dockerode;
}
