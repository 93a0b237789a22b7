import { parseInteger } from "./setting-value.ts";

/** Parameters in which a standby must not be below its primary: it refuses to start otherwise. One value serves all.
 * @see https://www.postgresql.org/docs/17/hot-standby.html#HOT-STANDBY-ADMIN */
export const STANDBY_PARAMETERS = [
  "max_connections",
  "max_prepared_transactions",
  "max_locks_per_transaction",
  "max_wal_senders",
  "max_worker_processes",
] as const;

/** Who gets a changed value first, and why, as one sentence. */
export interface ChangeOrder {
  readonly first: "replicas" | "primary";
  readonly text: string;
}

/**
 * The order in which a standby parameter changes without stopping replication; `undefined` for any other parameter,
 * for a value that is no number, and for no change.
 * @see https://www.postgresql.org/docs/17/hot-standby.html#HOT-STANDBY-ADMIN
 */
export function orderOfChange(name: string, from: string, to: string): ChangeOrder | undefined {
  if (!STANDBY_PARAMETERS.some((parameter) => parameter === name)) return undefined;
  const [before, after] = [parseInteger(from), parseInteger(to)];
  if (before === undefined || after === undefined || before === after) return undefined;
  return after > before
    ? {
        first: "replicas",
        text: `raise ${name} from ${before} to ${after} on every replica first, then on the primary: a replica that is below its primary stops replaying`,
      }
    : {
        first: "primary",
        text: `lower ${name} from ${before} to ${after} on the primary first, then on every replica that has replayed the change: a replica that is below its primary does not start`,
      };
}
