import type { UserFacts, UsersFacts } from "../../../requirements/facts/users.ts";
import { type Fact, type Known, Missing, UNKNOWN } from "../../../requirements/known.ts";
import { GCP_TYPES } from "../gcp/resource-types.ts";
import { mapKnown, type PlannedResource, text } from "../planned-resource.ts";

const POOL = "digitalocean:index/databaseConnectionPool:DatabaseConnectionPool";

/** Types that {@link usersFacts} come from. */
export const USER_TYPES: readonly string[] = [GCP_TYPES.user, POOL];

/** The role that a user with a password has where no others are named. https://cloud.google.com/sql/docs/postgres/users#other_postgresql_users */
const CLOUD_SUPERUSER = "cloudsqlsuperuser";
/** The user that a cluster is made with. https://docs.digitalocean.com/products/databases/postgresql/how-to/modify-user-privileges/ */
const PLATFORM_ADMINISTRATOR = "doadmin";

const NOT_A_USER = new Missing("not-applicable", "a pool logs in as a user that somebody else made");
const NO_PASSWORD = new Missing("not-applicable", "it has no password here");

/** Users of managed databases, and those that pools log in as. */
export function usersFacts(resources: readonly PlannedResource[]): UsersFacts {
  return {
    users: resources.flatMap((resource) =>
      resource.type === GCP_TYPES.user ? [cloudUser(resource)] : resource.type === POOL ? [poolUser(resource)] : [],
    ),
  };
}

function cloudUser(resource: PlannedResource): UserFacts {
  const { name, props, secretProps } = resource;
  const hasPassword = props.password !== undefined && props.password !== null && props.password !== "";
  return {
    name,
    keptOnRemoval: mapKnown(text(props, "deletionPolicy"), (policy = "DELETE") => policy !== "DELETE"),
    passwordSecret: hasPassword ? (secretProps === undefined ? UNKNOWN : secretProps.has("password")) : true,
    passwordWriteOnly: hasPassword ? false : isBuiltIn(resource) === true ? true : NO_PASSWORD,
    superuserRole: superuserRole(resource),
  };
}

function superuserRole(user: PlannedResource): Known<string | undefined> {
  const roles = user.props.databaseRoles;
  if (roles === UNKNOWN) return UNKNOWN;
  if (roles !== undefined && roles !== null && !Array.isArray(roles)) return UNKNOWN;
  const named: readonly unknown[] = Array.isArray(roles) ? roles : [];
  if (named.includes(CLOUD_SUPERUSER)) return CLOUD_SUPERUSER;
  if (named.includes(UNKNOWN)) return UNKNOWN;
  return named.length > 0 ? undefined : mapKnown(isBuiltIn(user), (is) => (is ? CLOUD_SUPERUSER : undefined));
}

/** The provider's default type. */
function isBuiltIn({ props }: PlannedResource): Known<boolean> {
  return mapKnown(text(props, "type"), (type = "BUILT_IN") => type === "BUILT_IN");
}

function poolUser({ name, props }: PlannedResource): UserFacts {
  const superuser: Fact<string | undefined> = mapKnown(text(props, "user"), (user) =>
    user === PLATFORM_ADMINISTRATOR ? user : undefined,
  );
  return {
    name,
    keptOnRemoval: NOT_A_USER,
    passwordSecret: NOT_A_USER,
    passwordWriteOnly: NOT_A_USER,
    superuserRole: superuser,
  };
}
