import type { BucketFacts } from "../requirements/facts/bucket.ts";
import type { SubnetFacts } from "../requirements/facts/network.ts";
import { unknownBucket } from "../requirements/facts/nothing-known.ts";
import type { ServiceFacts, ServicesFacts } from "../requirements/facts/services.ts";
import { UNKNOWN } from "../requirements/known.ts";
import type { ResolvedGcp } from "../topology/resolved-gcp.ts";
import { VERIFICATION_ROLE } from "../topology/verification-job.ts";
import { BY_IAM, BY_LIFECYCLE } from "./from-plan/gcp/buckets.ts";
import { NO_INGRESS, ONCE } from "./from-plan/gcp/services.ts";
import { secretNames } from "./from-plan/secret-variables.ts";

// What the wish for Cloud SQL promises of what stands around the servers; components/gcp/ has it in the cloud's words.

/** Live, noncurrent, and the parts of an upload that never ended. */
const LIFECYCLE_RULES = 3;

/** The bucket of the daily exports. */
export function wishedBuckets({ backup }: ResolvedGcp): BucketFacts {
  const copy = backup?.secondCopy;
  if (copy === undefined) return { buckets: [], grants: [] };
  return {
    buckets: [
      {
        ...unknownBucket("exports"),
        private: BY_IAM,
        versioned: true,
        protected: BY_LIFECYCLE,
        forceDestroy: false,
        uniformAccess: true,
        publicAccessPrevented: true,
        accessLogged: false,
        logsToItself: false,
        ownKey: copy.encryptionKey !== undefined,
        softDeleteDays: copy.softDeleteDays,
        lifecycleRules: LIFECYCLE_RULES,
        removedAfterDays: copy.retentionDays,
        retentionDays: copy.retentionDays,
        retentionLocked: false,
        exports: { pointInTimeDays: backup?.pointInTimeDays ?? 0 },
      },
    ],
    grants: [
      { name: "exports-writer", role: "roles/storage.objectCreator", publicMembers: [], toServiceAccount: true },
    ],
  };
}

/** The service in front of the database, and the job that verifies it. */
export function wishedServices({ access, protection, service }: ResolvedGcp): ServicesFacts {
  const services: ServiceFacts[] = [];
  if (service !== undefined) {
    services.push({
      name: "service",
      kind: "service",
      openIngress: service.public,
      plainSecrets: secretNames(service.environment),
      removalRefused: protection.deletion,
      ownAccount: true,
      logins: UNKNOWN,
    });
  }
  if (access.verification !== undefined) {
    services.push({
      name: `${VERIFICATION_ROLE}-job`,
      kind: "job",
      openIngress: NO_INGRESS,
      plainSecrets: [],
      removalRefused: ONCE,
      ownAccount: true,
      logins: [],
    });
  }
  return {
    services,
    grants:
      service?.public === true
        ? [
            {
              name: "service-public",
              role: "roles/run.invoker",
              publicMembers: ["allUsers"],
              toServiceAccount: false,
            },
          ]
        : [],
    demand: UNKNOWN,
  };
}

/** The stack's own subnet; somebody else's is theirs to judge. */
export function wishedSubnets({ network }: ResolvedGcp): readonly SubnetFacts[] {
  return network.existing === undefined ? [{ name: "subnet", privateGoogleAccess: true, flowLogs: false }] : [];
}
