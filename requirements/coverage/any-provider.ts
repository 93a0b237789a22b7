import type { CoverageRow } from "./coverage-row.ts";

const STEPS =
  "It needs the steps of an update: a policy is shown what there will be, and never what is removed or made anew. `pgt up` judges them in the engine's own preview, and asks for a permission.";

const UNTOLD =
  "In the engine it is not yet known: a policy is not told which values are secret. It is judged on an exported state or a saved preview.";

/** Rules that hold whatever provider a database is on. */
export const ANY_PROVIDER_COVERAGE: readonly CoverageRow[] = [
  { rule: "env-region-allowlist", requirements: ["stack/region-allowed"] },
  {
    rule: "restore-drill-exists",
    requirements: ["alerts/restore-drill"],
    leftOut: "On DigitalOcean: what restores an export is a command on a host, which no planned resource tells.",
  },
  {
    rule: "protect-prod",
    requirements: [
      "lifecycle/protected",
      "clusters/removal-refused",
      "host/volume-removal-refused",
      "bucket/removal-refused",
    ],
  },
  { rule: "db-user-deletion-policy", requirements: ["users/kept-on-removal"] },
  { rule: "no-delete-before-replace", requirements: ["lifecycle/replacement-first", "instances/not-removed-first"] },
  { rule: "custom-timeouts", requirements: ["lifecycle/time-to-copy", "instances/replica-has-time"] },
  { rule: "no-replace-of-stateful", notCovered: STEPS },
  { rule: "no-mass-delete", notCovered: STEPS },
  {
    rule: "no-password-in-env",
    requirements: ["services/no-plain-secrets", "containers/no-secret-in-environment", "secrets/none-at-first-boot"],
  },
  { rule: "no-secret-in-stack-outputs", requirements: ["stack/no-secret-in-outputs"], leftOut: UNTOLD },
  { rule: "password-generated", requirements: ["users/password-secret"], leftOut: UNTOLD },
  { rule: "write-only-preferred", requirements: ["users/password-write-only"] },
  { rule: "no-superuser-app", requirements: ["users/no-superuser"] },
  {
    rule: "alerts-complete",
    requirements: ["alerts/complete"],
    leftOut: "The age of backups: neither cloud has a metric of it. `pgt verify` judges it (`backup/recent`).",
  },
  { rule: "alert-has-channel", requirements: ["alerts/somebody-told"] },
  {
    rule: "explicit-provider-project",
    requirements: ["stack/explicit-project", "stack/region-allowed"],
    leftOut:
      "A region that comes from the provider alone is no finding: it is judged where it is, against those allowed.",
  },
];
