import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import { parseTier } from "../../topology/limits/cloud-sql-tiers.ts";
import { CLOUD_SQL_VERSIONS } from "../../topology/limits/postgresql-versions.ts";
import type { Requirement } from "../requirement.ts";
import { notApplicable, verdict } from "../verdict.ts";
import { eachInstance, thePrimary } from "./each-instance.ts";

const PLAN = ["plan"] as const;
const WISHED = ["spec", "plan"] as const;
const PROVIDER = "https://www.pulumi.com/registry/packages/gcp/api-docs/sql/databaseinstance/";

/** What a program says of its instances. */
export const instanceDefinition: readonly Requirement<"instances">[] = [
  {
    id: "instances/edition-said",
    topic: "instances",
    severity: "high",
    title: "The edition is said",
    why: "Unsaid, it is ENTERPRISE_PLUS from PostgreSQL 16 on: another price, and other machines, so that most tiers fail.",
    fix: "Set `settings.edition` to ENTERPRISE or ENTERPRISE_PLUS.",
    docs: `${PROVIDER}#edition_nodejs`,
    witnesses: PLAN,
    references: ["X9"],
    check: (facts) =>
      eachInstance(facts, ["editionSaid"], ({ editionSaid }, { edition, version }) => {
        if (!editionSaid && edition === "ENTERPRISE")
          return notApplicable("unsaid, it is ENTERPRISE, the edition that costs less");
        return verdict(
          editionSaid,
          `got no edition (${typeof edition === "string" ? edition : "the cloud's choice"} of PostgreSQL ${typeof version === "number" ? version : "of a version not known yet"}), want it said`,
        );
      }),
  },
  {
    id: "instances/machine-for-environment",
    topic: "instances",
    severity: "medium",
    title: "In production no machine has a shared core",
    why: "A shared core is a part of one, for as long as the neighbours leave it; no availability is promised for it.",
    fix: "Choose a machine with cores of its own: `size`, or `settings.tier` db-custom-… or db-perf-optimized-….",
    docs: `${CLOUD_SQL_DOCS}/operational-guidelines`,
    witnesses: WISHED,
    references: ["X6"],
    check: (facts, { allowsSharedCores, environment }) =>
      eachInstance(facts, ["tier"], ({ tier }) => {
        if (allowsSharedCores) return notApplicable(`${environment} may have any machine`);
        return verdict(parseTier(tier)?.series !== "shared-core", `got ${tier}, want cores of its own`);
      }),
  },
  {
    id: "instances/newest-version",
    topic: "instances",
    severity: "low",
    // Whoever follows closely asks for it; for the others there is instances/version-cared-for.
    level: "off",
    title: "PostgreSQL's newest major version runs",
    why: "What is new comes with the major versions, and each is one year less of the next move.",
    fix: "Plan the move to a newer `version`, with a rehearsal on a copy.",
    docs: `${CLOUD_SQL_DOCS}/db-versions`,
    witnesses: PLAN,
    references: ["CKV_GCP_79"],
    check: (facts) =>
      eachInstance(facts, ["version"], ({ version }) =>
        verdict(version >= NEWEST, `got PostgreSQL ${version}, want ${NEWEST}`),
      ),
  },
  {
    id: "instances/own-key",
    topic: "instances",
    severity: "medium",
    // Google encrypts every disk; a key of one's own is one more thing to lose, and some have to have it.
    level: "off",
    title: "Disks are encrypted with a key of the user's own",
    why: "Who owns the key can take it away from everybody, the cloud included.",
    fix: "Set `encryptionKeyName` to a key of the instance's region; that replaces the instance.",
    docs: `${CLOUD_SQL_DOCS}/cmek`,
    witnesses: PLAN,
    references: ["PRW cmek_encryption", "PAC"],
    check: (facts) =>
      eachInstance(facts, ["ownKey"], ({ ownKey }) => verdict(ownKey, "got Google's key, want your own")),
  },
  {
    id: "instances/password-policy",
    topic: "instances",
    severity: "medium",
    title: "The server refuses short passwords",
    why: "Whoever may create a role may give it the password `test`, and nobody sees it.",
    fix: "Set `settings.passwordValidationPolicy` with `enablePasswordPolicy` and `minLength`.",
    docs: `${CLOUD_SQL_DOCS}/built-in-authentication#instance_password_policies`,
    witnesses: PLAN,
    references: ["PAC"],
    check: (facts, { minPasswordLength }) =>
      thePrimary(facts, ["leastPassword"], ({ leastPassword }) =>
        verdict(
          leastPassword >= minPasswordLength,
          leastPassword === 0
            ? `got no length, want ${minPasswordLength} characters or more`
            : `got ${leastPassword} characters, want ${minPasswordLength} or more`,
        ),
      ),
  },
  {
    id: "instances/labelled",
    topic: "instances",
    severity: "low",
    title: "Instances have labels",
    why: "A bill, and an alert at night, ask whose it is.",
    fix: "Set `settings.userLabels`, as in environment and owner.",
    docs: `${CLOUD_SQL_DOCS}/label-instance`,
    witnesses: PLAN,
    references: ["SP sql_instance_with_labels"],
    check: (facts, { minLabels }) =>
      eachInstance(facts, ["labels"], ({ labels }) =>
        verdict(labels.length >= minLabels, `got ${labels.length} labels, want ${minLabels} or more`),
      ),
  },
];

const NEWEST = Math.max(...CLOUD_SQL_VERSIONS.map(({ major }) => major));
