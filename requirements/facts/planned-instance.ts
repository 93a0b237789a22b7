import type { Fact } from "../known.ts";

/** How many nodes a read pool has, or may have. */
export interface ReadPoolFacts {
  readonly minNodes: number;
  readonly maxNodes: number;
}

/** What a program says of a Cloud SQL instance, and neither the cloud nor every wish tells of it. */
export interface PlannedInstanceFacts {
  /** The program names the edition; else the cloud chooses by the version. */
  readonly editionSaid: Fact<boolean>;
  /** Names of the labels that it has. */
  readonly labels: Fact<readonly string[]>;
  /** Characters that a password must have at least; 0 where no policy asks. */
  readonly leastPassword: Fact<number>;
  /** Its disk is encrypted with a key of the user's own. */
  readonly ownKey: Fact<boolean>;
  /** `undefined`: the cloud chooses. */
  readonly zone: Fact<string | undefined>;
  /** Of the standby; `undefined`: the cloud chooses. */
  readonly standbyZone: Fact<string | undefined>;
  /** `undefined`: as the cloud chooses, which is the primary's for a replica. */
  readonly diskGiB: Fact<number | undefined>;
  /** A size that has grown by itself is left alone. */
  readonly diskSizeIgnored: Fact<boolean>;
  /** `undefined` of an instance that is no read pool. */
  readonly readPool: Fact<ReadPoolFacts | undefined>;
  /** `serverCertificateRotationMode`. */
  readonly certificateRotation: Fact<string>;
  /** Only who comes by a connector gets in. */
  readonly connectorsOnly: Fact<boolean>;
  /** Authorized networks without a name or an end. */
  readonly looseNetworks: Fact<readonly string[]>;
  /** The provider refuses to remove it. */
  readonly guarded: Fact<boolean>;
  /** Blocks that restore over it or copy it, by their names. */
  readonly restores: Fact<readonly string[]>;
  /** A replacement removes it before there is another. */
  readonly removedFirst: Fact<boolean>;
  /** Time for its creation, in seconds; `undefined`: the provider's own. */
  readonly createSeconds: Fact<number | undefined>;
  /** An upgrade of the major version takes the replicas with it. */
  readonly upgradesReplicas: Fact<boolean>;
}
