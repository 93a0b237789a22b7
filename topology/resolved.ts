import type { Major } from "./parameters/server-settings.ts";
import type { RoleKey } from "./names.ts";
import type { ResolvedDigitalOcean } from "./resolved-digitalocean.ts";
import type { ResolvedDocker } from "./resolved-docker.ts";
import type { ResolvedGcp } from "./resolved-gcp.ts";

/** What the application is told of its pools; see docs/reference for the variables. */
export interface ResolvedApplication {
  readonly poolSize: number;
  readonly maxOverflow: number;
  readonly poolTimeoutSeconds: number;
  readonly poolRecycleSeconds: number;
  readonly replicaPoolSize: number;
  readonly replicaMaxOverflow: number;
  readonly replicaPoolTimeoutSeconds: number;
  readonly useReadReplica: boolean;
  readonly replicaFallback: boolean;
}

/** What must be reached when something is lost; `undefined` is not stated. */
export interface ResolvedObjectives {
  readonly rtoSeconds: number | undefined;
  readonly rpoSeconds: number | undefined;
  /** Measured by a drill, or taken on trust. */
  readonly restoreMiBPerSecond: number;
}

/** What may be spent; `undefined` is not stated. */
export interface ResolvedBudget {
  readonly monthlyUsd: number | undefined;
}

/** What the application expects in its database: identifiers as PostgreSQL stores them. */
export interface ResolvedExpected {
  readonly schemas: readonly string[];
  /** `schema.table`, or a view. */
  readonly tables: readonly string[];
  /** `schema.table.column` */
  readonly columns: readonly string[];
  readonly extensions: readonly string[];
}

/** What every target has. */
export interface ResolvedCommon {
  /** Prefix of everything that the stack makes. */
  readonly name: string;
  readonly stack: string;
  readonly environment: "local" | "staging" | "prod";
  readonly version: Major;
  readonly database: string;
  readonly roles: Readonly<Record<RoleKey, string>>;
  /** PostgreSQL's parameters as the target sets them, as text. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Volumes and backups outlive the nodes and the stack. */
  readonly keepData: boolean;
  readonly expected: ResolvedExpected;
  readonly objectives: ResolvedObjectives;
  readonly budget: ResolvedBudget;
  readonly application: ResolvedApplication;
}

/** A topology with every default filled: nothing after resolve.ts knows a default. Plain data, without secrets. */
export type ResolvedTopology = ResolvedDocker | ResolvedGcp | ResolvedDigitalOcean;
