import type { Fact } from "../known.ts";

/** A resource that data would be lost with. */
export interface GuardedResource {
  readonly name: string;
  /** As in `Cloud SQL instance`. */
  readonly what: string;
  /** Pulumi refuses to remove it. */
  readonly protected: Fact<boolean>;
  /** It is removed before its replacement is made. */
  readonly removedFirst: Fact<boolean>;
}

/** A server that is filled from another one before it is there. */
export interface CopiedServer {
  readonly name: string;
  /** Seconds that its creation may take; 0: the provider's own. */
  readonly createSeconds: Fact<number>;
}

/** What an update may do to what holds data. */
export interface LifecycleFacts {
  readonly guarded: Fact<readonly GuardedResource[]>;
  readonly copied: Fact<readonly CopiedServer[]>;
}
