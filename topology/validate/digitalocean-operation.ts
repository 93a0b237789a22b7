import type { DigitalOceanRule } from "./digitalocean-rule.ts";
import { unprotectedIssues } from "./unprotected.ts";

const alertIsSentOnce: DigitalOceanRule = ({ observability: { alertEmails } }) =>
  alertEmails.flatMap((address, index) => {
    const first = alertEmails.findIndex((other) => other.toLowerCase() === address.toLowerCase());
    if (first === index) return [];
    return [
      {
        where: `observability.alertEmails.${index}`,
        got: address,
        want: "an address that is not there yet",
        because: `observability.alertEmails.${first} is the same`,
        fix: "remove it",
      },
    ];
  });

/** What is kept from harm, and who is told. */
export const DIGITALOCEAN_OPERATION_RULES = {
  prodIsProtected: unprotectedIssues,
  alertIsSentOnce,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
