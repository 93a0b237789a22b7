import { ANY_PROVIDER_COVERAGE } from "./any-provider.ts";
import { CLOUD_SQL_COVERAGE } from "./cloud-sql.ts";
import type { CoverageRow } from "./coverage-row.ts";
import { DIGITALOCEAN } from "./digitalocean.ts";
import { DOCKER } from "./docker.ts";
import { NETWORK_COVERAGE } from "./network.ts";
import { SERVERLESS_COVERAGE } from "./serverless.ts";
import { STORAGE_COVERAGE } from "./storage.ts";
import { TOPOLOGY_DIGITALOCEAN } from "./topology-digitalocean.ts";

/** Every rule that was looked at; each has a row. */
export const COVERAGE: readonly CoverageRow[] = [
  ...CLOUD_SQL_COVERAGE,
  ...NETWORK_COVERAGE,
  ...STORAGE_COVERAGE,
  ...SERVERLESS_COVERAGE,
  ...ANY_PROVIDER_COVERAGE,
  ...DIGITALOCEAN,
  ...DOCKER,
  ...TOPOLOGY_DIGITALOCEAN,
];
