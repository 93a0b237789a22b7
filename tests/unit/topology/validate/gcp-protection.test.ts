// That the cloud then refuses to remove it is not proven here.
import { describe } from "mocha";
import { PROTECTION_RULES } from "../../../../topology/validate/gcp-protection.ts";
import { type GcpCase, testRules } from "../../../support/gcp-cases.ts";

const CASES: Record<keyof typeof PROTECTION_RULES, readonly GcpCase[]> = {
  prodIsProtected: [
    {
      title: "prod that one command removes",
      good: { protection: { deletion: false }, environment: "staging" },
      bad: { protection: { deletion: false }, environment: "prod" },
      text: `protection.deletion
    got: false
    want: true in prod
    because: one wrong command would remove the database
    fix: remove protection.deletion`,
    },
  ],
};

describe("what is kept from harm on Cloud SQL", () => {
  testRules(PROTECTION_RULES, CASES);
});
