import { PgtError } from "../../kernel/errors.ts";
import type { UserMemberships } from "../../roles/step.ts";
import { openCloudSql } from "../../verify/cloud-sql-client.ts";
import type { GoogleApiOptions } from "../../verify/google-api.ts";
import { runOperation } from "./cloud-sql-operation.ts";

/** Whose user, and how the cloud is asked. */
export interface ChangeUserOptions extends GoogleApiOptions {
  /** By its name in the cloud. */
  readonly instance: string;
  /** Milliseconds between two looks at what has to be waited for. */
  readonly intervalMs?: number | undefined;
}

/** A user is changed in a few seconds. */
const INTERVAL_MS = 1000;

/**
 * Has the cloud change what a user is a member of, and waits until that is done. The user's password stays. The roles go
 * beside the user: "body.database_roles will be ignored".
 * @see https://docs.cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/users/update
 * @throws {PgtError} when the cloud refuses it, or fails
 */
export async function changeCloudUser(options: ChangeUserOptions, change: UserMemberships): Promise<void> {
  const { instance, intervalMs = INTERVAL_MS, signal } = options;
  const { exact, memberOf, user } = change;
  const query = new URLSearchParams([
    ["name", user],
    ...memberOf.map((role): [string, string] => ["databaseRoles", role]),
    ["revokeExistingRoles", String(exact)],
  ]);
  const isThere = await runOperation(
    await openCloudSql(options),
    {
      method: "PUT",
      path: `instances/${instance}/users?${query.toString()}`,
      body: { name: user, type: user.includes("@") ? "CLOUD_IAM_SERVICE_ACCOUNT" : "BUILT_IN" },
      permission: "cloudsql.users.update",
      role: "roles/cloudsql.admin",
    },
    { instance, what: `the change of user ${user}`, intervalMs, signal },
  );
  if (!isThere) throw new PgtError(`there is no user ${user} of instance ${instance}`);
}
