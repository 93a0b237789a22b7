import { Secret } from "@pulumi/gcp/secretmanager/secret.js";
import { SecretIamMember } from "@pulumi/gcp/secretmanager/secretIamMember.js";
import { SecretVersion } from "@pulumi/gcp/secretmanager/secretVersion.js";
import type { Account } from "@pulumi/gcp/serviceaccount/account.js";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudPlace } from "./cloud-place.ts";

/** A week: a version that was replaced is turned off first, so that the former revision of a service can be brought back. */
const DESTROY_AFTER = `${7 * 24 * 60 * 60}s`;

/** Where something secret is kept, in one version. */
export interface StoredSecret {
  /** Its name in the project. */
  readonly secretId: pulumi.Output<string>;
  /** The version that was written last. A reference names it: a new one makes a new revision, which can be brought back. */
  readonly version: pulumi.Output<string>;
}

/** Keeps a value in Secret Manager, in the region of what uses it. */
export function storeSecret(place: CloudPlace, role: string, value: pulumi.Input<string>): StoredSecret {
  const { topology, project, labels, name, childName, options } = place;
  const secret = new Secret(
    childName(`secret-${role}`),
    {
      secretId: name(role),
      project,
      labels,
      replication: { userManaged: { replicas: [{ location: topology.region }] } },
      versionDestroyTtl: DESTROY_AFTER,
      deletionProtection: topology.protection.deletion,
    },
    options,
  );
  const { version } = new SecretVersion(
    childName(`secret-${role}-version`),
    { secret: secret.id, secretData: value },
    options,
  );
  return { secretId: secret.secretId, version };
}

/** Lets an account read one secret, and no other. */
export function letRead(
  place: CloudPlace,
  role: string,
  { secretId }: StoredSecret,
  { member }: Account,
): SecretIamMember {
  return new SecretIamMember(
    place.childName(`secret-${role}-reader`),
    { project: place.project, secretId, role: "roles/secretmanager.secretAccessor", member },
    place.options,
  );
}
