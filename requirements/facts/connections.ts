import type { Fact } from "../known.ts";

/** Connections that were opened at once, and held until all of them were open. */
export interface Opening {
  readonly asked: number;
  readonly opened: number;
  readonly timedOut: number;
  /** Of those that opened. */
  readonly medianMs: number;
  readonly worstMs: number;
  /** Why the others did not, each reason once. */
  readonly reasons: readonly string[];
}

/** Clients of the pooler, and the server connections that their statements ran on. */
export interface PoolSharing {
  readonly clients: number;
  readonly serverConnections: number;
}

/** How clients get in. Live only. */
export interface ConnectionsFacts {
  /** To the primary, on the way that the application takes: through the pooler where there is one. */
  readonly opening: Fact<Opening>;
  readonly sharing: Fact<PoolSharing>;
}
