import type { DataHostPlace, DataHostSecrets } from "../../../../rendering/data-host/host-file.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { ResolvedSelfRun } from "../../../../topology/resolved-self-run.ts";

/** The data host of a split with nothing but defaults. */
export function exampleServer(): ResolvedSelfRun {
  const { dataHost } = resolveTopology({ target: "digitalocean", region: "nyc3", data: {} }, "split");
  if (dataHost === undefined) throw new Error("a topology with a data database has a data host");
  return dataHost.server;
}

/** A bucket, and a managed database that is exported to it. */
export const EXAMPLE_PLACE = {
  bucket: {
    name: "split-backups",
    endpoint: "nyc3.digitaloceanspaces.com",
    region: "nyc3",
    uriStyle: "host",
    caCertificate: undefined,
  },
  exported: {
    host: "private-split.db.ondigitalocean.com",
    port: 25060,
    database: "app",
    user: "doadmin",
    administrator: "doadmin",
    caCertificate: "cluster's CA\n",
    schedule: "04:00",
    retentionDays: 30,
  },
} satisfies DataHostPlace;

/** Every secret says what it is. */
export const EXAMPLE_HOST_SECRETS: DataHostSecrets = {
  administratorPassword: "administrator's",
  poolerPassword: "pooler's\"",
  repositoryPassphrase: "repository's",
  bucketKey: { id: "bucket's id", secret: "bucket's secret" },
  exportedPassword: "exported:\\",
  caCertificate: "CA\n",
  certificate: "host's certificate\n",
};
