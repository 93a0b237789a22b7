import type { GcpRule } from "./gcp-rule.ts";
import { unprotectedIssues } from "./unprotected.ts";

/** What is kept from harm. */
export const PROTECTION_RULES = {
  prodIsProtected: unprotectedIssues,
} satisfies Readonly<Record<string, GcpRule>>;
