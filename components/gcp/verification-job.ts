import { Job } from "@pulumi/gcp/cloudrunv2/job.js";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedVerification } from "../../topology/resolved-gcp.ts";
import type { CloudSecrets } from "../../topology/secrets.ts";
import { VERIFICATION_LOGINS, VERIFICATION_ROLE, type VerificationPasswords } from "../../topology/verification-job.ts";
import type { CloudPlace } from "./cloud-place.ts";
import type { GcpInstances } from "./instances.ts";
import type { GcpNetwork } from "./network.ts";
import { createServiceAccount, grantRole, instancesAndBackups } from "./service-account.ts";
import { letRead, storeSecret } from "./stored-secret.ts";
import { verificationJobArgs } from "./verification-job-args.ts";

/** What the job is made from. */
export interface VerificationParts {
  readonly secrets: CloudSecrets<pulumi.Output<string>>;
  readonly network: GcpNetwork;
  readonly instances: GcpInstances;
}

/** The Cloud Run job that proves the servers by SQL from inside the VPC. Whoever may start it needs no password. */
export function createVerificationJob(
  place: CloudPlace,
  verification: ResolvedVerification,
  { secrets, network, instances }: VerificationParts,
): Job {
  const account = createServiceAccount(place, VERIFICATION_ROLE, "Proves the servers by SQL from inside the VPC");
  const names = pulumi.all([instances.primary, ...instances.replicas.values()].map(({ name }) => name));
  const condition = names.apply((known) => instancesAndBackups(place.project, known));
  const viewer = grantRole(place, account, `${VERIFICATION_ROLE}-viewer`, "roles/cloudsql.viewer", condition);
  const secretRole = `${VERIFICATION_ROLE}-passwords`;
  const passwords = storeSecret(place, secretRole, passwordsText(secrets));
  const reader = letRead(place, secretRole, passwords, account);
  return new Job(
    place.childName(`${VERIFICATION_ROLE}-job`),
    verificationJobArgs(place, verification, { accountEmail: account.email, network, passwords }),
    // The platform refuses a job whose account can't read its secret.
    { ...place.options, dependsOn: [viewer, reader] },
  );
}

function passwordsText({ passwords }: CloudSecrets<pulumi.Output<string>>): pulumi.Output<string> {
  return pulumi.all(VERIFICATION_LOGINS.map((role) => passwords[role])).apply((values) => {
    const byRole = Object.fromEntries(VERIFICATION_LOGINS.map((role, index) => [role, values[index] ?? ""]));
    return JSON.stringify(byRole satisfies Partial<VerificationPasswords>);
  });
}
