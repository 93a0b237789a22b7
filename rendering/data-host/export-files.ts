import { renderPgpass } from "../pgpass.ts";
import type { BucketPlace, DataHostPlace, DataHostSecrets, ExportedDatabase, HostFile } from "./host-file.ts";
import { openFile, secretFile } from "./host-file-kinds.ts";
import { HOST_PATHS } from "./host-paths.ts";

/** What the commands need that export the managed database to the bucket. */
export function exportFiles({ bucket, exported }: DataHostPlace, secrets: DataHostSecrets): HostFile[] {
  if (bucket === undefined || exported === undefined) return [];
  const { bucketKey, exportedPassword, repositoryPassphrase } = secrets;
  if (bucketKey === undefined) throw new RangeError("the bucket has no key");
  if (exportedPassword === undefined) throw new RangeError("the user of the exported database has no password");
  return [
    openFile(HOST_PATHS.exports, renderEnvironment(bucket, exported)),
    openFile(HOST_PATHS.exportedService, renderService(exported)),
    openFile(HOST_PATHS.exportedCa, exported.caCertificate),
    secretFile(HOST_PATHS.exportedPgpass, renderPgpass(exported.user, exportedPassword)),
    secretFile(HOST_PATHS.bucketCredentials, renderCredentials(bucketKey)),
    secretFile(HOST_PATHS.repositoryPassphrase, `${repositoryPassphrase}\n`),
  ];
}

/** https://restic.readthedocs.io/en/stable/040_backup.html#environment-variables */
function renderEnvironment(bucket: BucketPlace, { administrator, retentionDays }: ExportedDatabase): string {
  const variables = {
    RESTIC_REPOSITORY: `s3:https://${bucket.endpoint}/${bucket.name}/exports`,
    RESTIC_PASSWORD_FILE: HOST_PATHS.repositoryPassphrase,
    AWS_SHARED_CREDENTIALS_FILE: HOST_PATHS.bucketCredentials,
    AWS_DEFAULT_REGION: bucket.region,
    PGSERVICEFILE: HOST_PATHS.exportedService,
    EXPORT_DAYS: String(retentionDays),
    EXPORTS_ADMINISTRATOR: administrator,
    EXPORTS_CA: bucket.caCertificate === undefined ? "" : HOST_PATHS.bucketCa,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  return lines.join("");
}

/** https://www.postgresql.org/docs/17/libpq-pgservice.html */
function renderService(exported: ExportedDatabase): string {
  const settings = {
    host: exported.host,
    port: String(exported.port),
    dbname: exported.database,
    user: exported.user,
    passfile: HOST_PATHS.exportedPgpass,
    sslmode: "verify-full",
    sslrootcert: HOST_PATHS.exportedCa,
    connect_timeout: "10",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  return `[exported]\n${lines.join("")}`;
}

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html */
function renderCredentials({ id, secret }: { id: string; secret: string }): string {
  return `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
}
