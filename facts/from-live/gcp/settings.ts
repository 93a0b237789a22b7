import type { Fact } from "../../../requirements/known.ts";
import { instancesOf, type ResolvedGcp } from "../../../topology/resolved-gcp.ts";
import { serverSettings, type ServerSettings } from "../settings.ts";
import { observeSql, type SqlCollector } from "../managed/sql-collector.ts";

/** Flags of the cloud are no parameters of PostgreSQL's: instances/flags-as-asked reads them back. */
const CLOUD_FLAG = "cloudsql.";

/** Reads pg_settings of every instance. */
export async function readCloudSettings(
  collector: SqlCollector,
  topology: ResolvedGcp,
): Promise<ReadonlyMap<string, Fact<ServerSettings>>> {
  const wanted = Object.fromEntries(
    Object.entries(topology.parameters).filter(([name]) => !name.startsWith(CLOUD_FLAG)),
  );
  const read = instancesOf(topology).map(async ({ part }): Promise<[string, Fact<ServerSettings>]> => [
    part,
    await observeSql(collector, { name: `the settings of ${part}`, needs: [part] }, () =>
      collector.access.administrator(part).then((session) => serverSettings(session, part, wanted)),
    ),
  ]);
  return new Map(await Promise.all(read));
}
