import { noneToEverybody } from "../identities/public-grants.ts";
import type { Requirement } from "../requirement.ts";
import { every, known, none, notApplicable, verdict } from "../verdict.ts";

const SECRETS = "https://cloud.google.com/secret-manager/docs";
const KMS = "https://cloud.google.com/kms/docs";
/** The cloud's own API tells of them to whoever may ask; `pgt verify` is not one of those. */
const PLANNED = ["plan"] as const;

/** Who reads secrets and uses keys, how old they get, and where they are. */
export const keptSecrets: readonly Requirement<"secrets">[] = [
  {
    id: "secrets/not-public",
    topic: "secrets",
    severity: "critical",
    title: "Nobody who is unknown may read a secret",
    why: "A secret that everybody may read is none.",
    fix: "Name the accounts that need the secret.",
    docs: `${SECRETS}/access-control`,
    witnesses: PLANNED,
    references: ["PRW secretmanager_secret_not_publicly_accessible"],
    check: ({ grants }) => noneToEverybody(grants, "nobody is let in to a secret"),
  },
  {
    id: "secrets/rotated",
    topic: "secrets",
    severity: "medium",
    title: "A secret is changed every few months",
    why: "A password that leaked unseen is good until somebody changes it.",
    fix: "Set `rotation.rotationPeriod` and a topic, and change the password when the message comes.",
    docs: `${SECRETS}/rotation-recommendations`,
    witnesses: PLANNED,
    references: ["PRW secretmanager_secret_rotation_enabled"],
    check: (facts, { maxRotationDays }) =>
      known(facts, ["secrets"], ({ secrets }) =>
        every(
          secrets,
          (secret) => secret.name,
          (secret) =>
            known(secret, ["rotationDays"], ({ rotationDays }) => rotatedInTime(rotationDays, maxRotationDays)),
          "the plan has no secret",
        ),
      ),
  },
  {
    id: "secrets/keys-rotated",
    topic: "secrets",
    severity: "medium",
    title: "A key is changed every few months",
    why: "The less is encrypted with one version of a key, the less is lost with it.",
    fix: "Set `rotationPeriod` of the key to 7776000s or less.",
    docs: `${KMS}/key-rotation`,
    witnesses: PLANNED,
    references: ["CIS GCP 1.10", "CKV_GCP_43", "TRV GCP-0065", "PRW kms_key_rotation_enabled", "TFG", "PAC"],
    check: (facts, { maxRotationDays }) =>
      known(facts, ["keys"], ({ keys }) =>
        every(
          keys,
          (key) => key.name,
          (key) => known(key, ["rotationDays"], ({ rotationDays }) => rotatedInTime(rotationDays, maxRotationDays)),
          "the plan has no key",
        ),
      ),
  },
  {
    id: "secrets/keys-not-public",
    topic: "secrets",
    severity: "critical",
    title: "Nobody who is unknown may use a key",
    why: "Whoever may use the key reads what it encrypts, and whoever may change it locks everybody out.",
    fix: "Name the accounts that need the key.",
    docs: `${KMS}/reference/permissions-and-roles`,
    witnesses: PLANNED,
    references: [
      "CIS GCP 1.9",
      "CKV_GCP_112",
      "CKV2_GCP_6",
      "CKV2_GCP_8",
      "PRW kms_key_not_publicly_accessible",
      "TFG",
    ],
    check: ({ keyGrants }) => noneToEverybody(keyGrants, "nobody is let in to a key"),
  },
  {
    id: "secrets/replicas-cover-database",
    topic: "secrets",
    severity: "medium",
    joins: true,
    title: "A secret is kept in the region of the database",
    why: "What needs the secret to log in stands still with the region that the secret is in, though the database runs.",
    fix: "Add the region to `replication.userManaged.replicas`, or let the cloud choose; the secret is made anew.",
    docs: `${SECRETS}/choosing-replication`,
    witnesses: PLANNED,
    check: (facts) =>
      known(facts, ["databaseRegions", "secrets"], ({ databaseRegions, secrets }) => {
        if (databaseRegions.length === 0) return notApplicable("the plan has no database");
        return every(
          secrets,
          (secret) => secret.name,
          (secret) =>
            known(secret, ["regions"], ({ regions }) => {
              const missing = regions === undefined ? [] : databaseRegions.filter((one) => !regions.includes(one));
              return verdict(
                missing.length === 0,
                `got ${regions?.join(", ") ?? "every region"}, want ${missing.join(", ")} like the database`,
              );
            }),
          "the plan has no secret",
        );
      }),
  },
  {
    id: "secrets/none-at-first-boot",
    topic: "secrets",
    severity: "high",
    title: "What a machine is told at its first start holds no secret",
    why: "The metadata service tells it to every process of the machine, and the stack's state to whoever reads that.",
    fix: "Let the machine fetch the secret by its own identity, or hand it over once the machine is there.",
    docs: "https://docs.digitalocean.com/products/droplets/how-to/provide-user-data/",
    witnesses: PLANNED,
    check: (facts) =>
      known(facts, ["firstBootTexts"], ({ firstBootTexts }) =>
        every(
          firstBootTexts,
          (machine) => machine.name,
          (machine) => known(machine, ["secrets"], ({ secrets }) => none(secrets, "got plain text of")),
          "the plan has no machine",
        ),
      ),
  },
];

function rotatedInTime(days: number | undefined, most: number) {
  if (days === undefined) return verdict(false, `got no rotation, want one every ${most} days`);
  return verdict(days <= most, `got a rotation every ${days} days, want ${most} at most`);
}
