import { Job } from "@pulumi/gcp/cloudscheduler/job.js";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms/cryptoKeyIAMMember.js";
import { IAMCustomRole } from "@pulumi/gcp/projects/iamcustomRole.js";
import type { DatabaseInstance } from "@pulumi/gcp/sql/databaseInstance.js";
import { Bucket } from "@pulumi/gcp/storage/bucket.js";
import { BucketIAMMember } from "@pulumi/gcp/storage/bucketIAMMember.js";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage/getProjectServiceAccount.js";
import { Workflow } from "@pulumi/gcp/workflows/workflow.js";
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedSecondCopy } from "../../topology/resolved-gcp.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { dailyAt, exportBucketArgs, exportWorkflow } from "./export-args.ts";
import { createServiceAccount, grantRole, onlyInstances } from "./service-account.ts";

/** A copy of the database beside the cloud's own backups, made every day, in another failure domain. */
export function createExport(place: CloudPlace, copy: ResolvedSecondCopy, primary: DatabaseInstance): void {
  const bucket = createBucket(place, copy);
  new BucketIAMMember(
    place.childName("exports-writer"),
    {
      bucket: bucket.name,
      // The server writes the export itself. It can add an object, and neither read nor remove one.
      // https://cloud.google.com/sql/docs/postgres/import-export/import-export-sql
      role: "roles/storage.objectCreator",
      member: pulumi.interpolate`serviceAccount:${primary.serviceAccountEmailAddress}`,
    },
    place.options,
  );
  createTimer(place, copy, createWorkflow(place));
}

/** Beside the protection of all data in prod: the exports outlive the stack. */
function createBucket(place: CloudPlace, copy: ResolvedSecondCopy): Bucket {
  return new Bucket(place.childName("exports"), exportBucketArgs(place, copy), {
    ...place.dataOptions,
    retainOnDelete: place.topology.keepData,
    // Without it, the bucket can't be made: the key is used in Cloud Storage's name, not in ours.
    dependsOn: copy.encryptionKey === undefined ? [] : [grantKey(place, copy.encryptionKey)],
  });
}

/** https://cloud.google.com/storage/docs/encryption/using-customer-managed-keys */
function grantKey(place: CloudPlace, key: string): CryptoKeyIAMMember {
  const storage = getProjectServiceAccountOutput({ project: place.project }, place.options);
  return new CryptoKeyIAMMember(
    place.childName("exports-key-user"),
    {
      cryptoKeyId: key,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: pulumi.interpolate`serviceAccount:${storage.emailAddress}`,
    },
    place.options,
  );
}

/** What asks for the export and waits for it. It may do that on the primary, and nothing else. */
function createWorkflow(place: CloudPlace): Workflow {
  const { topology, project, suffix, labels, name, childName, options } = place;
  const account = createServiceAccount(place, "export", "Asks for the daily export of the database");
  const role = new IAMCustomRole(
    childName("export-role"),
    {
      // Letters, digits, `_` and `.`; a removed role holds its id back for weeks.
      roleId: `${topology.stack}_export_${suffix}`.replaceAll(/[^a-zA-Z0-9_.]/g, "_"),
      project,
      title: name("export"),
      description: "What an export needs: roles/cloudsql.editor, which the documentation names, could do much more",
      // https://cloud.google.com/sql/docs/postgres/import-export/import-export-sql
      permissions: ["cloudsql.instances.export", "cloudsql.instances.get"],
    },
    options,
  );
  const instance = name(topology.primary.part);
  grantRole(place, account, "export-grant", role.name, onlyInstances(project, [instance]));
  return new Workflow(
    childName("export"),
    {
      name: name("export"),
      project,
      region: topology.region,
      labels,
      description: "Exports the database to the bucket of exports",
      serviceAccount: account.email,
      sourceContents: exportWorkflow({ project, instance, database: topology.database, bucket: name("exports") }),
      callLogLevel: "LOG_ERRORS_ONLY",
      // It can be made again at any time.
      deletionProtection: false,
    },
    options,
  );
}

/** What starts the workflow every day, as an account that may start workflows only. */
function createTimer(place: CloudPlace, copy: ResolvedSecondCopy, workflow: Workflow): void {
  const { topology, project, name, childName, options } = place;
  const account = createServiceAccount(place, "timer", "Starts the daily export of the database");
  grantRole(place, account, "timer-grant", "roles/workflows.invoker");
  const parent = `projects/${project}/locations/${topology.region}`;
  new Job(
    childName("export-timer"),
    {
      name: name("export-timer"),
      project,
      region: topology.region,
      description: "Starts the daily export of the database",
      schedule: dailyAt(copy.schedule),
      timeZone: "Etc/UTC",
      attemptDeadline: "60s",
      retryConfig: { retryCount: 3, minBackoffDuration: "60s" },
      // https://cloud.google.com/scheduler/docs/tut-workflows
      httpTarget: {
        httpMethod: "POST",
        uri: pulumi.interpolate`https://workflowexecutions.googleapis.com/v1/${parent}/workflows/${workflow.name}/executions`,
        oauthToken: {
          serviceAccountEmail: account.email,
          scope: "https://www.googleapis.com/auth/cloud-platform",
        },
      },
    },
    options,
  );
}
