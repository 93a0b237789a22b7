import { EXIT, PgtError } from "../../kernel/errors.ts";
import { INTERNAL_PORTS } from "../../rendering/paths.ts";
import type { RoleKey } from "../../topology/names.ts";
import { clientAddress, type ResolvedDocker } from "../../topology/resolved-docker.ts";

/** What the options of `pgt psql` choose. */
export interface PsqlChoice {
  /** True for the first replica. */
  readonly replica?: string | true;
  readonly pooled: boolean;
  readonly role: RoleKey;
}

/** Where psql connects to, and as whom. */
export interface PsqlTarget {
  /** Also its alias inside the network. */
  readonly part: string;
  readonly published: { readonly host: string; readonly port: number };
  readonly internalPort: number;
  readonly database: string;
  readonly user: string;
}

/** @throws {PgtError} exit code 2 when the topology has no such replica, or no pooler */
export function psqlTarget(topology: ResolvedDocker, choice: PsqlChoice): PsqlTarget {
  const host = clientAddress(topology);
  const user = topology.roles[choice.role];
  if (choice.pooled) {
    const { pooling } = topology;
    if (choice.replica !== undefined)
      throw usage("--replica and --pooled exclude each other", pooledReplicaFix(topology));
    if (pooling === undefined) throw usage(`stack ${topology.stack} has no pooler`, "Set pooling.enabled to true.");
    const published = { host, port: pooling.port };
    return { part: "pooler", published, internalPort: INTERNAL_PORTS.pooler, database: pooling.writerPool, user };
  }
  const node = choice.replica === undefined ? topology.primary : replicaOf(topology, choice.replica);
  const published = { host, port: node.port };
  return { part: node.part, published, internalPort: INTERNAL_PORTS.postgres, database: topology.database, user };
}

function replicaOf(topology: ResolvedDocker, wished: string | true): ResolvedDocker["primary"] {
  const { replicas, stack } = topology;
  const found = wished === true ? replicas[0] : replicas.find(({ key }) => key === wished);
  if (found !== undefined) return found;
  if (replicas.length === 0)
    throw usage(`stack ${stack} has no replica`, "Add one below replicas in its configuration.");
  const names = replicas.map(({ key }) => key).join(", ");
  throw usage(`stack ${stack} has no replica ${JSON.stringify(wished)}`, `Its replicas are ${names}.`);
}

function pooledReplicaFix({ pooling }: ResolvedDocker): string {
  return `The pool that reads from the replicas: ./pgt psql --pooled -- -d ${pooling?.readerPool ?? "<pool>"}`;
}

function usage(message: string, fix: string): PgtError {
  return new PgtError(message, { exitCode: EXIT.usage, fix: [fix] });
}
