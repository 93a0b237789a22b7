/** What a role may do; the key under which its name, its password and its checks are found. */
export const ROLE_KEYS = [
  "administrator",
  "owner",
  "readWrite",
  "readOnly",
  "replication",
  "monitoring",
  "pooler",
] as const;

/** One of {@link ROLE_KEYS}. */
export type RoleKey = (typeof ROLE_KEYS)[number];

/**
 * The PostgreSQL role of each key, for a topology whose database is `app`.
 * @param administrator who is there from the first moment on, where that isn't PostgreSQL's own
 */
export function roleNames(database: string, administrator = "postgres"): Record<RoleKey, string> {
  return {
    administrator,
    owner: `${database}_owner`,
    readWrite: database,
    readOnly: `${database}_readonly`,
    replication: "replicator",
    monitoring: "monitor",
    pooler: "pooler",
  };
}

/** The prefix of everything that a stack makes. */
export function topologyName(stack: string): string {
  return `pgtopology-${stack}`;
}

/**
 * The prefix of everything of the data database of a stack on Docker. No stack's name has an underscore, so that none of
 * these names is another stack's.
 */
export function dataName(name: string): string {
  return `${name}_data`;
}

/** The prefixes of everything that a stack on Docker makes, or has made when it had a data database. */
export function topologyNames(stack: string): readonly string[] {
  const name = topologyName(stack);
  return [name, dataName(name)];
}

/** Docker labels of everything that a stack makes: which stack it belongs to, and which part of it it is. */
export const LABELS = { stack: "pgtopology.stack", part: "pgtopology.part" } as const;

/** Labels of everything in the cloud that can have some; dots are not allowed there. */
export const CLOUD_LABELS = {
  stack: "pgtopology-stack",
  environment: "pgtopology-environment",
  /** Of a replica that is to take over. */
  purpose: "pgtopology-purpose",
} as const;

/** The schema that holds the pooler's look-up function, in the application's database. */
export const POOLER_SCHEMA = "pgbouncer";

/** The name, in the pooler, of the pool that reads from the replicas; the writer's pool has the database's own name. */
export function readerPoolName(database: string): string {
  return `${database}_readers`;
}

/** The part of a replica by the user's name for it: container suffix, network alias and certificate name. */
export function replicaPart(key: string): string {
  return `replica-${key}`;
}

/** The part of the DNS zone in which the server of a part has its name. */
export function zonePart(part: string): string {
  return `zone-${part}`;
}

/** Every replica's second name in the network: whoever connects to it gets one of them. */
export const READERS_ALIAS = "readers";

/** The physical replication slot of a replica; PostgreSQL allows lower-case letters, digits and underscores only. */
export function slotName(key: string): string {
  return `replica_${key.replaceAll("-", "_")}`;
}

/** Letters of the suffix that ends every name in the cloud. */
export const SUFFIX_LENGTH = 4;

/**
 * The name of something in the cloud: `<stack>-<role>-<suffix>`. Plain data, so that it is known before anything is made;
 * the suffix is made once for each stack, because a name may be held back for days after its owner was removed.
 */
export function cloudName(stack: string, role: string, suffix: string): string {
  return `${stack}-${role}-${suffix}`;
}
