import type { Fact } from "../known.ts";
import type { Grant } from "./grant.ts";

/** A service, a job or a pool of workers on Cloud Run. */
export interface ServiceFacts {
  readonly name: string;
  readonly kind: "service" | "job" | "worker pool";
  /** Requests of the whole internet reach it. */
  readonly openIngress: Fact<boolean>;
  /** Names (never values) of environment variables that hold a secret as plain text. */
  readonly plainSecrets: Fact<readonly string[]>;
  readonly removalRefused: Fact<boolean>;
  /** It runs as an account of its own, not as the project's default one. */
  readonly ownAccount: Fact<boolean>;
  /** What it shows to a database: names of users, of secrets and of accounts, never a secret's value. */
  readonly logins: Fact<readonly string[]>;
}

/** The connections that services may open together, and those that their database has for them. */
export interface ConnectionDemand {
  /** The database. */
  readonly name: string;
  /** With one connection for each instance of a service; more, where it is known how many. */
  readonly atLeast: Fact<number>;
  /** What the services open at most. */
  readonly wanted: Fact<number>;
  readonly available: Fact<number>;
}

/** What runs beside a database, and connects to it. */
export interface ServicesFacts {
  readonly services: Fact<readonly ServiceFacts[]>;
  /** Who may call them. */
  readonly grants: Fact<readonly Grant[]>;
  readonly demand: Fact<readonly ConnectionDemand[]>;
}
