import type { Fact } from "../known.ts";
import type { Grant } from "./grant.ts";

/** Who acts in the project, and with what power. */
export interface IdentitiesFacts {
  /** Service accounts, by their resources' names. */
  readonly accounts: Fact<readonly string[]>;
  /** Keys of service accounts that somebody keeps as a file. */
  readonly userKeys: Fact<readonly string[]>;
  /** Roles of the whole project. */
  readonly projectGrants: Fact<readonly Grant[]>;
}
