import type { Fact } from "../known.ts";

/** Somebody who logs in to a database. */
export interface UserFacts {
  readonly name: string;
  /** A removal leaves the user in the database, or is refused. */
  readonly keptOnRemoval: Fact<boolean>;
  /** The password is kept as a secret. */
  readonly passwordSecret: Fact<boolean>;
  /** The password is handed over without being kept in the stack's state. */
  readonly passwordWriteOnly: Fact<boolean>;
  /** The role that may do nearly everything, when the user has it; `undefined` when not. */
  readonly superuserRole: Fact<string | undefined>;
}

/** Users of managed databases, as they are planned. */
export interface UsersFacts {
  readonly users: Fact<readonly UserFacts[]>;
}
