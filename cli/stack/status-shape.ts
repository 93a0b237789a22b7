import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { BackupEntry } from "./backup-entry.ts";
import type { KeptVolume } from "./kept-data.ts";

// What `pgt status` says of a stack, whatever its target; also the shape of its JSON. What a target does not have is null,
// and what could not be seen says why.

/** What could not be seen, and why. */
export interface Unseen {
  readonly unknown: string;
}

/** One part of the stack: a container, a managed server, a unit of the data host. */
export interface PartStatus {
  readonly part: string;
  /** In the words of who runs it: `running` of a container, `online` of a managed server, `active` of a unit; `missing`. */
  readonly state: string;
  /** `healthy`, `unhealthy`, `starting`; `none` where nothing runs, `unknown` where it could not be seen. */
  readonly health: string;
  /** Tag or id of a container's image. */
  readonly image: string | null;
  /** Where clients reach it, as in `127.0.0.1:5432`. */
  readonly addresses: readonly string[];
  /** ISO 8601; null when it does not run. */
  readonly since: string | null;
  /** Of work that is done at its time: when it was last done, and when it will be. ISO 8601. */
  readonly lastRun: string | null;
  readonly nextRun: string | null;
}

/** What a server says of itself by SQL. */
export interface ServerStatus {
  readonly part: string;
  readonly reachable: boolean;
  /** Why it was not reached. */
  readonly why: string | null;
  readonly role: "primary" | "replica" | null;
  /** As in `17.6`. */
  readonly version: string | null;
  /** Protocol of the connection that asked; null over a container's own socket. */
  readonly tls: string | null;
  /** Client connections, and how many there may be. */
  readonly connections: { readonly used: number; readonly limit: number } | null;
  /** Of a replica: whether it receives WAL at present, and how far it is behind the primary. */
  readonly replication: {
    readonly streaming: boolean;
    /** Null when it does not stream: nobody knows what it lacks. */
    readonly lagSeconds: number | null;
    /** Null when the primary was not reached. */
    readonly lagBytes: number | null;
  } | null;
}

/** The pool that applications write through. */
export interface PoolStatus {
  readonly part: string;
  readonly name: string;
  readonly mode: string;
  readonly size: number;
  readonly reachable: boolean;
  readonly why: string | null;
}

/** How WAL gets into the archive. */
export interface ArchiveStatus {
  /** Null where none was since the server's statistics began: a crash begins them anew. */
  readonly lastWal: string | null;
  readonly archivedAt: string | null;
  /** Attempts that failed since the statistics began. */
  readonly failures: number;
  /** Whether the newest attempt failed. */
  readonly failing: boolean;
}

/** The newest export of a managed database to the bucket. */
export interface ExportStatus {
  readonly endedAt: string;
  /** `ok`, or `error`. */
  readonly status: string;
  readonly bytes: number | null;
}

/** How one of the stack's databases is doing. */
export interface DatabaseStatus {
  readonly database: string;
  /** Whether every part of it runs and does its work. */
  readonly healthy: boolean;
  readonly servers: readonly ServerStatus[];
  /** Null without one. */
  readonly pool: PoolStatus | null;
  /** Null where the stack archives no WAL of its own. */
  readonly archive: ArchiveStatus | Unseen | null;
  /** Null without a backup. */
  readonly lastBackup: Pick<BackupEntry, "label" | "type" | "finishedAt"> | Unseen | null;
  /** Null where nothing is exported, or was yet. */
  readonly lastExport: ExportStatus | Unseen | null;
}

/** What `pgt status` says. */
export interface StackStatus {
  readonly stack: string;
  readonly target: "docker" | "digitalocean";
  /** Whether every part of every database runs and does its work, and was seen to. */
  readonly healthy: boolean;
  /** What could not be looked at, and why. */
  readonly unseen: readonly string[];
  readonly databases: readonly DatabaseStatus[];
  readonly parts: readonly PartStatus[];
  readonly volumes: readonly KeptVolume[];
  /** Of the first database. */
  readonly lastBackup: DatabaseStatus["lastBackup"];
}

/** Whether a part runs and does its work. */
export function isHealthy({ health }: PartStatus): boolean {
  return health === "healthy";
}

/** 1 where something is known not to do its work, 3 where something could not be seen. */
export function statusExit({ healthy, parts, unseen }: StackStatus): ExitCode {
  if (healthy) return EXIT.ok;
  const isBroken = parts.some(({ health }) => health !== "healthy" && health !== "unknown");
  return isBroken || unseen.length === 0 ? EXIT.failed : EXIT.couldNotCheck;
}
