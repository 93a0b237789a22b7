import type { CoverageRow } from "./coverage-row.ts";

/** Rules about services, secrets, keys, identities and alerts on Google Cloud. */
export const SERVERLESS_COVERAGE: readonly CoverageRow[] = [
  { rule: "run-no-public-invoker", requirements: ["services/no-public-invoker"] },
  { rule: "run-ingress-restricted", requirements: ["services/ingress-restricted"] },
  { rule: "run-no-plaintext-secret-env", requirements: ["services/no-plain-secrets"] },
  { rule: "run-deletion-protection", requirements: ["services/removal-refused"] },
  { rule: "secret-not-public", requirements: ["secrets/not-public"] },
  { rule: "secret-rotation-90d", requirements: ["secrets/rotated"] },
  { rule: "kms-rotation-90d", requirements: ["secrets/keys-rotated"] },
  { rule: "kms-not-public", requirements: ["secrets/keys-not-public"] },
  { rule: "kms-protected", requirements: ["lifecycle/protected"] },
  { rule: "sa-no-user-keys", requirements: ["identities/no-user-keys"] },
  { rule: "alert-sql-config-change", requirements: ["alerts/configuration-changes"] },
  { rule: "alert-bucket-iam-change", requirements: ["alerts/bucket-grants"] },
  { rule: "iam-no-primitive-roles", requirements: ["identities/no-basic-roles", "services/own-account"] },
  { rule: "service-region-matches-db", requirements: ["places/service-aligned", "clusters/machines-aligned"] },
  { rule: "kms-key-region-matches", requirements: ["places/keys-aligned"] },
  { rule: "secret-replica-regions-cover-db", requirements: ["secrets/replicas-cover-database"] },
  { rule: "services-fit-max-connections", requirements: ["services/fit-max-connections"] },
  { rule: "one-user-per-service", requirements: ["services/own-user"] },
];
