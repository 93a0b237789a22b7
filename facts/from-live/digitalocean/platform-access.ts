import type { ResolvedDigitalOcean } from "../../../topology/resolved-digitalocean.ts";
import type { CloudSecrets } from "../../../topology/secrets.ts";
import type { LiveSession, OtherDatabase } from "../live-access.ts";
import type { ManagedLogin } from "../managed/sql-collector.ts";
import type { DigitalOceanApi } from "./digitalocean-answers.ts";

/** What the platform calls a stack's things. */
export interface DigitalOceanPlace {
  readonly clusterId: string;
  /** By the user's name of the replica: the server's own id, not its place in the cluster. */
  readonly replicaIds: Readonly<Record<string, string>>;
  /** `undefined` without a data host. */
  readonly dropletId: string | undefined;
}

/** Everything through which the facts of a managed primary on DigitalOcean are collected. */
export interface PlatformAccess {
  readonly topology: ResolvedDigitalOcean;
  readonly place: DigitalOceanPlace;
  readonly api: DigitalOceanApi;
  /** Of the managed servers' roles. */
  readonly passwords: CloudSecrets["passwords"];
  /** The data database; `undefined` without one, and where nothing leads to it. */
  readonly other: OtherDatabase | undefined;
  readonly signal: AbortSignal;
  /** What age is reckoned from. */
  readonly now: Date;
  /** Connections that are opened at once to see how long that takes. */
  readonly probeConnections: number;
  /** Connects over TLS; a text says why nothing leads to the servers, and what to run where. */
  readonly dial: ((login: ManagedLogin) => Promise<LiveSession>) | string;
}
