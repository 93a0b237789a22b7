import { NAME_LENGTHS } from "./limits/google-cloud.ts";
import type { ResolvedGcp } from "./resolved-gcp.ts";

/** Characters of a role's name in PostgreSQL: https://www.postgresql.org/docs/17/limits.html */
const LONGEST_ROLE = 63;
/** A user of the database is called `<id>@<project>.iam`: this many are left beside the longest project, and IAM takes them. */
const LONGEST_ACCOUNT_ID = Math.min(
  NAME_LENGTHS.serviceAccountId.bounds.max,
  LONGEST_ROLE - NAME_LENGTHS.projectId.bounds.max - "@.iam".length,
);

/** What the service's account is called among the stack's resources. */
export const SERVICE_ROLE = "service";

/** The id of an account, from a stack's name of any length: what is cut off, the suffix stands for. */
export function accountId(stack: string, role: string, suffix: string): string {
  const end = `-${role}-${suffix}`;
  return `${stack.slice(0, LONGEST_ACCOUNT_ID - end.length).replace(/-+$/, "")}${end}`;
}

/** PostgreSQL's name of a service account: names there end after 63 letters, so the cloud leaves out the part that all share. */
export function iamUserName(email: string): string {
  return email.replace(/\.gserviceaccount\.com$/, "");
}

/** The user that the service logs in as with a token; `undefined` where it has a password, or there is no service. */
export function serviceUser(
  { access, service, stack }: ResolvedGcp,
  { project, suffix }: { readonly project: string; readonly suffix: string },
): string | undefined {
  if (service === undefined || access.login !== "iam") return undefined;
  return iamUserName(`${accountId(stack, SERVICE_ROLE, suffix)}@${project}.iam.gserviceaccount.com`);
}
