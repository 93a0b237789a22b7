import type { Issue } from "../issue.ts";
import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import type { TopologySpec } from "../spec.ts";
import { DIGITALOCEAN_ACCESS_RULES } from "./digitalocean-access.ts";
import { DIGITALOCEAN_BACKUP_RULES } from "./digitalocean-backup.ts";
import { DIGITALOCEAN_DATA_HOST_RULES } from "./digitalocean-data-host.ts";
import { DIGITALOCEAN_NAME_RULES } from "./digitalocean-names.ts";
import { DIGITALOCEAN_NETWORK_RULES } from "./digitalocean-network.ts";
import { DIGITALOCEAN_OBJECTIVE_RULES } from "./digitalocean-objectives.ts";
import { DIGITALOCEAN_OPERATION_RULES } from "./digitalocean-operation.ts";
import { DIGITALOCEAN_PARAMETER_RULES } from "./digitalocean-parameters.ts";
import { DIGITALOCEAN_PLACE_RULES } from "./digitalocean-places.ts";
import type { DigitalOceanRule } from "./digitalocean-rule.ts";
import { DIGITALOCEAN_SIZE_RULES } from "./digitalocean-size.ts";
import { DIGITALOCEAN_STORAGE_RULES } from "./digitalocean-storage.ts";

/** Every rule about a topology on DigitalOcean by its name, in the order of the fields. */
export const DIGITALOCEAN_RULES = {
  ...DIGITALOCEAN_PLACE_RULES,
  ...DIGITALOCEAN_NAME_RULES,
  ...DIGITALOCEAN_DATA_HOST_RULES,
  ...DIGITALOCEAN_SIZE_RULES,
  ...DIGITALOCEAN_STORAGE_RULES,
  ...DIGITALOCEAN_BACKUP_RULES,
  ...DIGITALOCEAN_ACCESS_RULES,
  ...DIGITALOCEAN_NETWORK_RULES,
  ...DIGITALOCEAN_PARAMETER_RULES,
  ...DIGITALOCEAN_OPERATION_RULES,
  ...DIGITALOCEAN_OBJECTIVE_RULES,
} satisfies Readonly<Record<string, DigitalOceanRule>>;

/** What does not fit together on DigitalOcean, in the order of the fields. */
export function validateDigitalOcean(spec: TopologySpec, topology: ResolvedDigitalOcean): Issue[] {
  return Object.values<DigitalOceanRule>(DIGITALOCEAN_RULES).flatMap((rule) => rule(topology, spec));
}
