import type { Issue } from "../issue.ts";
import type { ResolvedGcp } from "../resolved-gcp.ts";
import type { TopologySpec } from "../spec.ts";
import { ACCESS_RULES } from "./gcp-access.ts";
import { BACKUP_RULES } from "./gcp-backup.ts";
import { MAINTENANCE_RULES } from "./gcp-maintenance.ts";
import { NAME_RULES } from "./gcp-names.ts";
import { NETWORK_RULES } from "./gcp-network.ts";
import { PARAMETER_RULES } from "./gcp-parameters.ts";
import { PROTECTION_RULES } from "./gcp-protection.ts";
import { REPLICA_RULES } from "./gcp-replicas.ts";
import type { GcpRule } from "./gcp-rule.ts";
import { SECOND_COPY_RULES } from "./gcp-second-copy.ts";
import { SERVICE_RULES } from "./gcp-service.ts";
import { SERVICE_VARIABLE_RULES } from "./gcp-service-variables.ts";
import { SIZE_RULES } from "./gcp-size.ts";
import { STORAGE_RULES } from "./gcp-storage.ts";
import { VERIFICATION_RULES } from "./gcp-verification.ts";
import { OBJECTIVE_RULES } from "./objectives.ts";
import { PLACE_RULES } from "./places.ts";

/**
 * Every rule about a topology on Cloud SQL by its name, in the order of the fields. Whether a version is past its end
 * is not among them: a document that was right stays right as time goes by, and requirements judge with a clock.
 */
export const GCP_RULES = {
  ...PLACE_RULES,
  ...NAME_RULES,
  ...SIZE_RULES,
  ...STORAGE_RULES,
  ...REPLICA_RULES,
  ...ACCESS_RULES,
  ...VERIFICATION_RULES,
  ...BACKUP_RULES,
  ...SECOND_COPY_RULES,
  ...NETWORK_RULES,
  ...SERVICE_RULES,
  ...SERVICE_VARIABLE_RULES,
  ...PARAMETER_RULES,
  ...PROTECTION_RULES,
  ...MAINTENANCE_RULES,
  ...OBJECTIVE_RULES,
} satisfies Readonly<Record<string, GcpRule>>;

/** What does not fit together on Cloud SQL, in the order of the fields. */
export function validateGcp(spec: TopologySpec, topology: ResolvedGcp): Issue[] {
  return Object.values<GcpRule>(GCP_RULES).flatMap((rule) => rule(topology, spec));
}
