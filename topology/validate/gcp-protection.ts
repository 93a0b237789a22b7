import type { GcpRule } from "./gcp-rule.ts";

const prodIsProtected: GcpRule = ({ protection, environment }) => {
  if (protection.deletion || environment !== "prod") return [];
  return [
    {
      where: "protection.deletion",
      got: "false",
      want: "true in prod",
      because: "one wrong command would remove the database",
      fix: "remove protection.deletion",
    },
  ];
};

/** What is kept from harm. */
export const PROTECTION_RULES = {
  prodIsProtected,
} satisfies Readonly<Record<string, GcpRule>>;
