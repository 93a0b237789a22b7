import type { Requirement } from "../requirement.ts";
import { every, fail, known, notApplicable, verdict } from "../verdict.ts";

const IAM = "https://cloud.google.com/iam/docs";
const PLANNED = ["plan"] as const;
/** https://cloud.google.com/iam/docs/roles-overview#basic: thousands of permissions each, over everything in the project. */
const BASIC_ROLES: readonly string[] = ["roles/owner", "roles/editor", "roles/viewer"];

/** What accounts may do, and how they prove who they are. */
export const accountPower: readonly Requirement<"identities">[] = [
  {
    id: "identities/no-user-keys",
    topic: "identities",
    severity: "medium",
    title: "No key of a service account is kept as a file",
    why: "The key is good from everywhere, for years, and lies in the stack's state.",
    fix: "Let what runs in the cloud take its own identity, and what runs elsewhere a workload identity.",
    docs: `${IAM}/best-practices-for-managing-service-account-keys`,
    witnesses: PLANNED,
    references: ["CIS GCP 1.4", "CKV2_GCP_3", "PRW iam_sa_no_user_managed_keys", "PAC"],
    check: (facts) =>
      known(facts, ["accounts", "userKeys"], ({ accounts, userKeys }) =>
        every(
          [...accounts, ...userKeys],
          (name) => name,
          (name) => verdict(!userKeys.includes(name), "got a key that somebody keeps, want none"),
          "the plan has no service account",
        ),
      ),
  },
  {
    id: "identities/no-basic-roles",
    topic: "identities",
    severity: "medium",
    joins: true,
    title: "No service account has a basic role of the project",
    why: "An editor may change every database, bucket and network of the project: more than any program needs.",
    fix: "Name the roles that it needs, as in roles/cloudsql.client, on the single resource where the cloud allows that.",
    docs: `${IAM}/roles-overview`,
    witnesses: PLANNED,
    references: ["CIS GCP 1.5", "CKV_GCP_49", "TRV GCP-0007", "Pulumi iam-no-broad-roles"],
    check: (facts) =>
      known(facts, ["projectGrants"], ({ projectGrants }) =>
        every(
          projectGrants,
          (grant) => grant.name,
          (grant) =>
            known(grant, ["role"], ({ role }) => {
              if (!BASIC_ROLES.includes(role)) return verdict(true, "");
              return known(grant, ["toServiceAccount"], ({ toServiceAccount }) =>
                toServiceAccount
                  ? fail(`got ${role} for a service account, want the roles that it needs`)
                  : notApplicable("a person has it"),
              );
            }),
          "the plan gives no role of the project",
        ),
      ),
  },
];
