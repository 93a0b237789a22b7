import type { Fact } from "../known.ts";

/** What a resource of IAM, or a list of access, gives to whom. */
export interface Grant {
  readonly name: string;
  /** As in `roles/run.invoker`; the owner's own words in a list of access. */
  readonly role: Fact<string>;
  /** Those of its members that are everybody: `allUsers`, `allAuthenticatedUsers`. */
  readonly publicMembers: Fact<readonly string[]>;
  /** One of its members is a service account. */
  readonly toServiceAccount: Fact<boolean>;
}
