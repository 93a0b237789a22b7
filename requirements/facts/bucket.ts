import type { Fact } from "../known.ts";

/** The bucket that a repository of backups lies in. */
export interface BucketFacts {
  /** It lists and hands out nothing to strangers. */
  readonly private: Fact<boolean>;
  /** What is removed from it, or written over there, can be brought back for a while. */
  readonly versioned: Fact<boolean>;
  /** Pulumi refuses to remove it, and does not empty it for that. */
  readonly protected: Fact<boolean>;
}
