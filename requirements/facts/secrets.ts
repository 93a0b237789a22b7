import type { Fact } from "../known.ts";
import type { Grant } from "./grant.ts";

/** A secret of Secret Manager. */
export interface KeptSecret {
  readonly name: string;
  /** Days between two rotations; `undefined` without a plan for them. */
  readonly rotationDays: Fact<number | undefined>;
  /** Regions that it is kept in; `undefined`: wherever the cloud likes, and reached from everywhere. */
  readonly regions: Fact<readonly string[] | undefined>;
}

/** A key of Cloud KMS. */
export interface KeyFacts {
  readonly name: string;
  /** Days between two rotations; `undefined` without a plan for them. */
  readonly rotationDays: Fact<number | undefined>;
}

/** A machine with a text that it is given at its first start, and that everybody on it can read. */
export interface FirstBootText {
  readonly name: string;
  /** Names (never values) of what in it looks like a secret. */
  readonly secrets: Fact<readonly string[]>;
}

/** Where secrets and keys are kept, and where they should not be. */
export interface SecretsFacts {
  readonly secrets: Fact<readonly KeptSecret[]>;
  /** Who may read them. */
  readonly grants: Fact<readonly Grant[]>;
  readonly keys: Fact<readonly KeyFacts[]>;
  /** Who may use keys. */
  readonly keyGrants: Fact<readonly Grant[]>;
  /** Regions of the stack's primaries. */
  readonly databaseRegions: Fact<readonly string[]>;
  readonly firstBootTexts: Fact<readonly FirstBootText[]>;
}
