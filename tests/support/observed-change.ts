import { type ChangeLabel, worst } from "../../topology/change-label.ts";

/** What was seen of a PostgreSQL server. */
export interface SeenServer {
  /** Whether others follow it. */
  readonly isPrimary: boolean;
  /** Of the cluster that `initdb` made; each copy has it, too. */
  readonly system: string;
  /** Another one when its data was copied or made anew. */
  readonly copy: string;
  readonly timeline: number;
  readonly startedAt: string;
  readonly reloadedAt: string;
}

/** Where the rows are that an application wrote before a change. */
export type RowsAt =
  /** The application reads them with what it is told after the change. */
  | "reached"
  /** It does not, but they are there: in another database of the server, or in a volume that nothing uses. */
  | "kept"
  | "gone";

/** Everything that was seen of a stack at one moment. */
export interface SeenStack {
  /** By the names of their containers. */
  readonly servers: Readonly<Record<string, SeenServer>>;
  /** Each pooler's container and when its process started, by the container's name. */
  readonly poolers: Readonly<Record<string, string>>;
  /** Volumes of backups, with the time when they were made. */
  readonly repositories: Readonly<Record<string, string>>;
}

/** What became of a stack. */
export interface SeenChange {
  readonly before: SeenStack;
  readonly after: SeenStack;
  /** By database. */
  readonly rows: Readonly<Record<string, RowsAt>>;
  /** Sessions that were open before, and no longer were afterwards. */
  readonly lostSessions: readonly string[];
}

const LABEL_OF_ROWS: Readonly<Record<RowsAt, ChangeLabel>> = { reached: "none", kept: "replace", gone: "data loss" };

/** What a change did, from what was seen before and after it, without a look at what was planned. */
export function observedLabel({ before, after, rows, lostSessions }: SeenChange): ChangeLabel {
  return worst([
    ...Object.values(rows).map((at) => LABEL_OF_ROWS[at]),
    ...changed(before.repositories, after.repositories).map((): ChangeLabel => "data loss"),
    ...Object.entries(before.servers).map(([name, server]) => labelOfServer(server, after.servers[name])),
    ...changed(before.poolers, after.poolers).map((): ChangeLabel => "restart"),
    ...lostSessions.map((): ChangeLabel => "restart"),
  ]);
}

/** Names of what is gone, or is another one now. */
function changed(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string[] {
  return Object.keys(before).filter((name) => before[name] !== after[name]);
}

function labelOfServer(before: SeenServer, after: SeenServer | undefined): ChangeLabel {
  // What became of a primary's data is seen by its rows.
  if (after === undefined) return before.isPrimary ? "restart" : "rebuild";
  if (after.system !== before.system) return "replace";
  if (after.copy !== before.copy) return "rebuild";
  if (after.isPrimary !== before.isPrimary || after.timeline !== before.timeline) return "failover";
  if (after.startedAt !== before.startedAt) return "restart";
  return after.reloadedAt === before.reloadedAt ? "none" : "reload";
}
