import type { ResolvedCommon } from "./resolved.ts";
import type { ResolvedSelfRun } from "./resolved-self-run.ts";

/** A topology in containers on one Docker engine. */
export interface ResolvedDocker extends ResolvedCommon, ResolvedSelfRun {
  readonly target: "docker";
  /** Where ports are published. */
  readonly address: string;
  /** The data database of a split: containers, volumes, network and secrets of its own. It has none itself. */
  readonly data: ResolvedDocker | undefined;
  /** What applications are told of two databases; `undefined` where there is one. */
  readonly mode: "single" | "split" | undefined;
}

/** One of a stack's databases: a topology with servers, volumes and secrets of its own. */
export interface StackDatabase {
  /** Stands before the names of its parts and secrets; the first database's have none. */
  readonly prefix: "" | "data-";
  readonly topology: ResolvedDocker;
}

/** Every database of a stack, the first one first. */
export function databasesOf(topology: ResolvedDocker): readonly StackDatabase[] {
  const first: StackDatabase = { prefix: "", topology };
  return topology.data === undefined ? [first] : [first, { prefix: "data-", topology: topology.data }];
}

/** The address that a client on this machine uses: ports that are published everywhere are also on the loopback. */
export function clientAddress(topology: ResolvedDocker): string {
  return topology.address === "0.0.0.0" ? "127.0.0.1" : topology.address;
}
