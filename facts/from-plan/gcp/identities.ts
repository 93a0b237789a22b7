import type { IdentitiesFacts } from "../../../requirements/facts/identities.ts";
import type { PlannedResource } from "../planned-resource.ts";
import { grantsOf } from "./grants.ts";
import { GCP_TYPES, IAM_TYPES, ofTypes } from "./resource-types.ts";

/** Who acts in the project, and with what power. */
export function identitiesOf(resources: readonly PlannedResource[]): IdentitiesFacts {
  return {
    accounts: ofTypes(resources, [GCP_TYPES.account]).map(({ name }) => name),
    userKeys: ofTypes(resources, [GCP_TYPES.accountKey]).map(({ name }) => name),
    projectGrants: grantsOf(resources, IAM_TYPES.project),
  };
}
