import { EXIT, PgtError } from "../../kernel/errors.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { TopologySpec } from "../../topology/spec.ts";
import type { Place } from "./place.ts";

/**
 * Another database name on the same data would make an empty database beside the old one, and lock the application out
 * of its rows.
 * @param before the shape that the last `up` wrote, if there was one
 * @throws {PgtError} exit code 2
 */
export function refuseRename(place: Place, topology: ResolvedTopology, before: unknown): void {
  if (!place.local || before === undefined) return;
  const { database } = resolveTopology(before as TopologySpec, place.stack);
  if (database === topology.database) return;
  throw new PgtError(`database: got ${topology.database}, and this stack's data is in the database ${database}`, {
    exitCode: EXIT.usage,
    fix: [
      `Set database: ${database} again, or make another stack with --stack local-<name>.`,
      `To give the data up: ./pgt down --stack ${place.stack} --delete-data --delete-backups`,
    ],
  });
}
