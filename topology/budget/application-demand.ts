import type { ResolvedTopology } from "../resolved.ts";
import type { Term } from "./budget-row.ts";

/** What the application may open to a server: to the one that takes writes, or to those that are read from. */
export type Side = "writer" | "reader";

/** Connections of one process of the application, as `pgt env` and the service's variables size its pools. */
export function applicationPool({ application }: ResolvedTopology, side: Side): readonly Term[] {
  return side === "writer"
    ? [
        { count: application.poolSize, field: "application.poolSize" },
        { count: application.maxOverflow, field: "application.maxOverflow" },
      ]
    : [
        { count: application.replicaPoolSize, field: "application.replicaPoolSize" },
        { count: application.replicaMaxOverflow, field: "application.replicaMaxOverflow" },
      ];
}

/** Server connections of one pool of a pooler. */
export function pooledSize(
  pooling: { readonly writerPoolSize: number; readonly readerPoolSize: number },
  side: Side,
): Term {
  return side === "writer"
    ? { count: pooling.writerPoolSize, field: "pooling.writerPoolSize" }
    : { count: pooling.readerPoolSize, field: "pooling.readerPoolSize" };
}
