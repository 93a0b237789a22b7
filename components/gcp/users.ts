import type { DatabaseInstance } from "@pulumi/gcp/sql/databaseInstance.js";
import { User, type UserArgs } from "@pulumi/gcp/sql/user.js";
import type { Account } from "@pulumi/gcp/serviceaccount/account.js";
import type * as pulumi from "@pulumi/pulumi";
import { CLOUD_ROLE_KEYS, type CloudSecrets } from "../../topology/secrets.ts";
import { iamUserName } from "../../topology/service-accounts.ts";
import type { CloudPlace } from "./cloud-place.ts";

/** A user of the database by the last part of its resource's name. */
interface WantedUser {
  readonly key: string;
  readonly args: Pick<UserArgs, "name" | "type" | "password">;
}

/**
 * The users of the primary, one after the other: a server has room for one operation at a time, and refuses a second with
 * 409 (https://cloud.google.com/sql/docs/troubleshooting). What they may do is SQL's to say, not `databaseRoles`': that
 * would take away whatever was granted later.
 * @returns the last of them: with it, all are there.
 */
export function createUsers(
  place: CloudPlace,
  primary: DatabaseInstance,
  secrets: CloudSecrets<pulumi.Output<string>>,
  account: Account | undefined,
  database: pulumi.Resource,
): pulumi.Resource {
  let last = database;
  for (const { key, args } of [...iamUsers(account), ...passwordUsers(place, secrets)]) {
    last = new User(
      place.childName(`user-${key}`),
      {
        ...args,
        project: place.project,
        instance: primary.name,
        // A role that owns anything can't be removed, which would stop the removal of everything else.
        deletionPolicy: "ABANDON",
      },
      { ...place.options, dependsOn: [last] },
    );
  }
  return last;
}

/**
 * The user that the service logs in as with a token.
 * @see https://cloud.google.com/sql/docs/postgres/add-manage-iam-users
 */
function iamUsers(account: Account | undefined): WantedUser[] {
  if (account === undefined) return [];
  return [{ key: "service", args: { name: account.email.apply(iamUserName), type: "CLOUD_IAM_SERVICE_ACCOUNT" } }];
}

/** A user's own password policy is for MySQL only; the instance has one for all of them. */
function passwordUsers({ topology }: CloudPlace, { passwords }: CloudSecrets<pulumi.Output<string>>): WantedUser[] {
  return CLOUD_ROLE_KEYS.map((key) => ({
    key: key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    args: { name: topology.roles[key], type: "BUILT_IN", password: passwords[key] },
  }));
}
