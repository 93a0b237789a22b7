import type { Grant } from "../../../requirements/facts/grant.ts";
import { type Known, UNKNOWN } from "../../../requirements/known.ts";
import { objects, type Planned, type PlannedResource, text } from "../planned-resource.ts";
import { GCP_TYPES, ofTypes, sources } from "./resource-types.ts";

/** https://cloud.google.com/iam/docs/principals-overview */
const EVERYBODY: readonly string[] = ["allUsers", "allAuthenticatedUsers"];

/** https://cloud.google.com/storage/docs/access-control/lists#predefined-acl */
const PUBLIC_ACLS: readonly string[] = ["publicRead", "publicReadWrite", "authenticatedRead"];

/** What IAM resources of some types give to whom: one for each role of a resource. */
export function grantsOf(resources: readonly PlannedResource[], types: readonly string[]): Grant[] {
  return ofTypes(resources, types).flatMap((resource) => {
    const { name, props } = resource;
    if (resource.type.endsWith("Policy")) return policyGrants(resource);
    const members = "members" in props ? listOf(props.members) : [props.member];
    const role = text(props, "role");
    return [grant(name, role ?? "", members, isAccount(resource))];
  });
}

/** What lists of access beside IAM give to whom. */
export function accessListGrants(resources: readonly PlannedResource[]): Grant[] {
  const { bucketAccess, bucketAcl, defaultObjectAccess, defaultObjectAcl } = GCP_TYPES;
  return ofTypes(resources, [bucketAccess, bucketAcl, defaultObjectAccess, defaultObjectAcl]).map(({ name, props }) => {
    const acl = text(props, "predefinedAcl");
    const ready = typeof acl === "string" && PUBLIC_ACLS.includes(acl) ? [EVERYBODY[0]] : [];
    // As in `READER:allUsers`.
    const entities = listOf(props.roleEntities).map((entity) =>
      typeof entity === "string" ? entity.slice(entity.indexOf(":") + 1) : entity,
    );
    const unsaid = acl === UNKNOWN ? [UNKNOWN] : [];
    return grant(name, "its list of access", [...ready, ...unsaid, ...entities, props.entity], false);
  });
}

/** Of members, with what is known of each: one that is everybody is found beside others that are not known yet. */
function grant(name: string, role: Known<string>, members: readonly Planned[], hasAccount: boolean): Grant {
  const everybody = EVERYBODY.filter((member) => members.includes(member));
  const unknown = members.some((one) => one !== undefined && one !== null && typeof one !== "string");
  const account = hasAccount || members.some((one) => typeof one === "string" && one.startsWith("serviceAccount:"));
  return {
    name,
    role,
    publicMembers: everybody.length === 0 && unknown ? UNKNOWN : everybody,
    toServiceAccount: !account && unknown ? UNKNOWN : account,
  };
}

/** The policy is JSON, as `gcp.organizations.getIAMPolicy` writes it. */
function policyGrants({ name, props }: PlannedResource): Grant[] {
  if (typeof props.policyData !== "string") return [grant(name, UNKNOWN, [UNKNOWN], false)];
  const bindings = objects(parsed(props.policyData), "bindings");
  if (bindings === UNKNOWN) return [grant(name, UNKNOWN, [UNKNOWN], false)];
  return bindings.map((binding) => grant(name, text(binding, "role") ?? "", listOf(binding.members), false));
}

/** An account that is made in the same stack has no name yet, but it is one. */
function isAccount(resource: PlannedResource): boolean {
  return ["member", "members"].some((property) => sources(resource, property, GCP_TYPES.account).length > 0);
}

function listOf(value: Planned): readonly Planned[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [UNKNOWN];
}

/** What is no JSON gives nothing to anybody: the cloud refuses it. */
function parsed(json: string): Record<string, Planned> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
