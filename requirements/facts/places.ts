import type { Fact } from "../known.ts";

/** Something that lies in a region. */
export interface Place {
  /** As in `replica-east`, `subnet of the service`. */
  readonly what: string;
  /** A region, or a multi-region such as `eu`. */
  readonly region: Fact<string>;
  /** Region of the primary that it belongs to, where a stack has several. */
  readonly primary?: Fact<string>;
}

/** Where everything is: what works together is aligned, what is for the loss of a region is apart. */
export interface PlacesFacts {
  readonly primary: Fact<string>;
  readonly readReplicas: Fact<readonly Place[]>;
  /** The service's side: the service, its subnet, the servers' own certificate authority. */
  readonly service: Fact<readonly Place[]>;
  readonly disasterRecovery: Fact<readonly Place[]>;
  /** The bucket of the second copy; none without one. */
  readonly secondCopy: Fact<readonly Place[]>;
  /** Keys, each with the region of what it encrypts. */
  readonly keys: Fact<readonly (Place & { readonly encrypts: Place })[]>;
  /** Where the cloud keeps its backups; `undefined`: the multi-region around the primary. */
  readonly backups: Fact<string | undefined>;
}
