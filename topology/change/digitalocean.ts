import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import { DIGITALOCEAN_ACCESS } from "./digitalocean-access.ts";
import { DIGITALOCEAN_CLUSTER } from "./digitalocean-cluster.ts";
import { DIGITALOCEAN_DATA_HOST } from "./digitalocean-data-host.ts";
import { DIGITALOCEAN_OPERATION } from "./digitalocean-operation.ts";
import { EVERY_TARGET } from "./every-target.ts";
import type { Rules } from "./rule.ts";

/** What each edit of a topology on DigitalOcean does. */
export const DIGITALOCEAN_RULES: Rules<ResolvedDigitalOcean> = {
  ...EVERY_TARGET,
  ...DIGITALOCEAN_CLUSTER,
  ...DIGITALOCEAN_ACCESS,
  ...DIGITALOCEAN_DATA_HOST,
  ...DIGITALOCEAN_OPERATION,
};
