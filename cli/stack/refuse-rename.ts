import { TOPOLOGY_KEY } from "../../config/keys.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { configurationOf, readConfiguration } from "./configuration-file.ts";
import type { Place } from "./place.ts";

/** The database that the last `up` made, when its name was not said. */
const DEFAULT_DATABASE = "app";

/**
 * Another database name on the same data would make an empty database beside the old one, and lock the application out
 * of its rows.
 * @throws {PgtError} exit code 2
 */
export async function refuseRename(place: Place, topology: ResolvedTopology): Promise<void> {
  if (!place.local) return;
  const before = configurationOf(await readConfiguration(place.configFile))[TOPOLOGY_KEY];
  if (before === undefined) return;
  const { database = DEFAULT_DATABASE } = before as { database?: string };
  if (database === topology.database) return;
  throw new PgtError(`database: got ${topology.database}, and this stack's data is in the database ${database}`, {
    exitCode: EXIT.usage,
    fix: [
      `Set database: ${database} again, or make another stack with --stack local-<name>.`,
      `To give the data up: ./pgt down --stack ${place.stack} --delete-data --delete-backups`,
    ],
  });
}
