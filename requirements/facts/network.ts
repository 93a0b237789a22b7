import type { Fact } from "../known.ts";

/** A port of a container that the host publishes. */
export interface PublishedPort {
  readonly container: string;
  /** Address of the host; `0.0.0.0` and `::` are all of them. */
  readonly address: Fact<string>;
  /** Port of the host. */
  readonly published: Fact<number>;
}

/** What can be reached from where. */
export interface NetworkFacts {
  readonly ports: Fact<readonly PublishedPort[]>;
  /** Addresses beside loopback that the stack asks for in so many words. */
  readonly wishedAddresses: Fact<readonly string[]>;
}
