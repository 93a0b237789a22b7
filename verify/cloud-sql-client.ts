import { backupRunsAnswer, type CloudSqlApi, instanceAnswer } from "../facts/from-live/gcp/cloud-sql-api.ts";
import { type GoogleApi, googleApi, type GoogleApiOptions } from "./google-api.ts";

const NEWEST_BACKUPS = 10;
/** The least role that has what is asked for. */
const ROLE = "roles/cloudsql.viewer";

/** The Cloud SQL Admin API, below its project. @throws {PgtError} as {@link googleApi} */
export function openCloudSql(options: GoogleApiOptions): Promise<GoogleApi> {
  const service = {
    title: "Cloud SQL Admin API",
    host: "sqladmin.googleapis.com",
    root: `sql/v1beta4/projects/${options.project}/`,
    scope: "https://www.googleapis.com/auth/sqlservice.admin",
  };
  return googleApi(service, options);
}

/** What verification asks of the Cloud SQL Admin API. @throws {PgtError} as {@link googleApi} */
export async function cloudSqlClient(options: GoogleApiOptions): Promise<CloudSqlApi> {
  const ask = await openCloudSql(options);
  return {
    getInstance: (name) =>
      ask({ path: `instances/${name}`, permission: "cloudsql.instances.get", role: ROLE }, instanceAnswer),
    newestBackup: async (instance) => {
      const path = `instances/${instance}/backupRuns?maxResults=${NEWEST_BACKUPS}`;
      const runs = await ask({ path, permission: "cloudsql.backupRuns.list", role: ROLE }, backupRunsAnswer);
      const ends = (runs?.items ?? []).filter(({ status }) => status === "SUCCESSFUL").map(({ endTime }) => endTime);
      const newest = ends
        .filter((end) => end !== undefined)
        .sort((a, b) => Date.parse(a) - Date.parse(b))
        .at(-1);
      return newest === undefined ? undefined : new Date(newest);
    },
  };
}
