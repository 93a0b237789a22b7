import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { gcp, type SentOptions, sent } from "./gcp-resources.ts";

function grant(role: string, member: string, options: SentOptions = {}) {
  return [sent("gcp:projects/iAMMember:IAMMember", "grant", { project: "example", role, member }, options)];
}

const ACCOUNT = "serviceAccount:app@example.iam.gserviceaccount.com";

export const CASES: readonly PlanCase[] = [
  {
    id: "identities/no-user-keys",
    good: [gcp("account", "app-account", { accountId: "app" })],
    bad: [
      { why: "a key", resources: [gcp("accountKey", "file", { serviceAccountId: "app" })], says: /^file: got a key/ },
    ],
  },
  {
    id: "identities/no-basic-roles",
    good: grant("roles/cloudsql.client", ACCOUNT),
    bad: [
      {
        why: "an editor",
        resources: grant("roles/editor", ACCOUNT),
        says: /^grant: got roles\/editor for a service account/,
      },
      {
        why: "an account that is made in the same stack",
        resources: [
          ...grant("roles/owner", UNKNOWN_TEXT, { dependencies: { member: ["app-account"] } }),
          gcp("account", "app-account", { accountId: "app" }),
        ],
        says: /^grant: got roles\/owner/,
      },
    ],
    unknown: grant("roles/editor", UNKNOWN_TEXT),
  },
];
