// That the cloud then refuses to remove it, or sends a mail, is not proven here.
import { describe } from "mocha";
import { DIGITALOCEAN_OPERATION_RULES } from "../../../../topology/validate/digitalocean-operation.ts";
import { DATA_HOST, type DigitalOceanCase, testDigitalOceanRules } from "../../../support/digitalocean-cases.ts";

const CASES: Record<keyof typeof DIGITALOCEAN_OPERATION_RULES, readonly DigitalOceanCase[]> = {
  prodIsProtected: [
    {
      title: "prod that one command removes",
      good: { ...DATA_HOST, environment: "staging", protection: { deletion: false } },
      bad: { ...DATA_HOST, environment: "prod", protection: { deletion: false } },
      text: `protection.deletion
    got: false
    want: true in prod
    because: one wrong command would remove the database
    fix: remove protection.deletion`,
    },
  ],
  alertIsSentOnce: [
    {
      title: "an address that is there twice",
      good: { observability: { alertEmails: ["a@example.com", "b@example.com"] } },
      bad: { observability: { alertEmails: ["a@example.com", "A@example.com"] } },
      text: `observability.alertEmails.1
    got: A@example.com
    want: an address that is not there yet
    because: observability.alertEmails.0 is the same
    fix: remove it`,
    },
  ],
};

describe("protection and alerts on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_OPERATION_RULES, CASES);
});
