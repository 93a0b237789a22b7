import type { ProviderBug } from "./bug.ts";
import { DIGITALOCEAN_ACCESS } from "./digitalocean-access.ts";
import { DIGITALOCEAN_CLUSTER } from "./digitalocean-cluster.ts";
import { DOCKER } from "./docker.ts";
import { ENGINE } from "./engine.ts";
import { GCP_LIFE } from "./gcp-life.ts";
import { GCP_REPLACEMENT } from "./gcp-replacement.ts";
import { GCP_UPDATE } from "./gcp-update.ts";
import { SERVERS } from "./servers.ts";

/** The ledger: every known bug of what this project is built upon. */
export const BUGS: readonly ProviderBug[] = [
  ...GCP_UPDATE,
  ...GCP_REPLACEMENT,
  ...GCP_LIFE,
  ...DIGITALOCEAN_ACCESS,
  ...DIGITALOCEAN_CLUSTER,
  ...DOCKER,
  ...SERVERS,
  ...ENGINE,
];
