import type { Fact } from "../known.ts";

/** Something that the stack tells everybody who may read it. */
export interface OutputFacts {
  /** Of the stack. */
  readonly name: string;
  readonly output: string;
  /** Nothing in it looks like a password, or it is kept secret. */
  readonly safe: Fact<boolean>;
}

/** Where a resource is put. */
export interface PlacedResource {
  readonly name: string;
  /** In lower case; `undefined` of what has none. */
  readonly region: Fact<string | undefined>;
}

/** Whom a resource belongs to. */
export interface OwnedResource {
  readonly name: string;
  /** Its project is written down, at it or at its provider, and does not come from whoever runs the update. */
  readonly explicitProject: Fact<boolean>;
}

/** What holds of all resources of a stack, whoever made them. */
export interface StackFacts {
  readonly outputs: Fact<readonly OutputFacts[]>;
  readonly placed: Fact<readonly PlacedResource[]>;
  /** Regions that the user's own settings allow. */
  readonly allowedRegions: Fact<readonly string[]>;
  readonly owned: Fact<readonly OwnedResource[]>;
}
