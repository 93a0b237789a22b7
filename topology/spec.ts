import { z } from "zod";

// The one source of every field's description, default behaviour and shape: the JSON schema for editors and the
// reference in docs/reference/ are generated from it. Defaults are not filled here but in resolve.ts, once.

const port = z.int().min(1024, "an unprivileged port, 1024 or above").max(65_535);

/** Lower-case words joined by hyphens: safe in Docker names, host names, and (with underscores) slot names. */
const partName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "a name of lower-case letters, digits and single hyphens, a letter first");

const replica = z
  .strictObject({
    port: port.optional().meta({ description: "Published port. Default: from 5433 on, in the order of the names." }),
  })
  .meta({ description: "One streaming replica, reached by read-only sessions." });

const ports = z.strictObject({
  address: z
    .string()
    .optional()
    .meta({ description: "Address of this machine that ports are published on. Default: 127.0.0.1." }),
  primary: port.optional().meta({ description: "Published port of the primary. Default: 5432." }),
  pooler: port.optional().meta({ description: "Published port of PgBouncer. Default: 6432." }),
});

const pooling = z.strictObject({
  enabled: z.boolean().optional().meta({ description: "Run PgBouncer in front of the nodes. Default: true." }),
  mode: z
    .enum(["transaction", "session"])
    .optional()
    .meta({ description: "When a server connection goes back to its pool. Default: transaction." }),
  writerPoolSize: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Server connections to the primary, for each user. Default: 20." }),
  readerPoolSize: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Server connections to the replicas, for each user. Default: 15." }),
  maxClients: z.int().min(1).optional().meta({ description: "Clients that may be connected at once. Default: 500." }),
  maxPreparedStatements: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Prepared statements kept for each client in transaction mode. Default: 200." }),
});

const backup = z.strictObject({
  enabled: z
    .boolean()
    .optional()
    .meta({ description: "Archive WAL and make backups. Default: true; without, a policy refuses the stack." }),
  schedule: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day as HH:MM, UTC")
    .optional()
    .meta({ description: "Time of the daily backup, HH:MM in UTC. Default: 02:00." }),
  retentionDays: z.int().min(1).max(3650).optional().meta({ description: "Days that backups are kept. Default: 30." }),
  archiveTimeoutSeconds: z
    .int()
    .min(1)
    .max(3600)
    .optional()
    .meta({ description: "Longest time, in seconds, that a written row waits for the archive. Default: 60." }),
  repository: z
    .strictObject({ type: z.literal("volume") })
    .optional()
    .meta({ description: "Where backups and WAL are kept. Default: a Docker volume of its own." }),
});

const application = z.strictObject({
  poolSize: z.int().min(1).optional().meta({ description: "DB_POOL_SIZE. Default: 20." }),
  maxOverflow: z.int().min(0).optional().meta({ description: "DB_MAX_OVERFLOW. Default: 30." }),
  poolTimeoutSeconds: z.int().min(1).optional().meta({ description: "DB_POOL_TIMEOUT. Default: 60." }),
  poolRecycleSeconds: z.int().min(1).optional().meta({ description: "DB_POOL_RECYCLE. Default: 3600." }),
  replicaPoolSize: z.int().min(1).optional().meta({ description: "DB_REPLICA_POOL_SIZE. Default: 15." }),
  replicaMaxOverflow: z.int().min(0).optional().meta({ description: "DB_REPLICA_MAX_OVERFLOW. Default: 20." }),
  replicaPoolTimeoutSeconds: z.int().min(1).optional().meta({ description: "DB_REPLICA_POOL_TIMEOUT. Default: 30." }),
  useReadReplica: z.boolean().optional().meta({ description: "USE_READ_REPLICA. Default: true with a replica." }),
  replicaFallback: z.boolean().optional().meta({ description: "REPLICA_FALLBACK_ENABLED. Default: true." }),
});

/** What a stack wants: the value of the configuration key `pgtopology:topology`. */
export const topologySpec = z
  .strictObject({
    target: z.enum(["docker"]).meta({ description: "Where the topology runs." }),
    environment: z
      .enum(["local", "staging", "prod"])
      .optional()
      .meta({ description: "Which floors the requirements have. Default: local." }),
    version: z
      .literal(17)
      .optional()
      .meta({ description: "PostgreSQL's major version. Default: 17, what the image carries." }),
    database: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,40}$/, "lower-case letters, digits and underscores, a letter first")
      .optional()
      .meta({ description: "Name of the application's database and read-write role. Default: app." }),
    size: z
      .strictObject({
        memoryMiB: z.int().min(256).optional().meta({ description: "Memory of each server, in MiB. Default: 1024." }),
        cpus: z.number().positive().optional().meta({ description: "Processors of each server. Default: 1." }),
      })
      .optional()
      .meta({ description: "Limits of each PostgreSQL container; memory parameters follow from them." }),
    storage: z
      .strictObject({
        maxSlotWalKeepMiB: z
          .int()
          .min(64)
          .optional()
          .meta({ description: "WAL, in MiB, kept at most for a replica that is away. Default: 4096." }),
      })
      .optional()
      .meta({ description: "What may fill the data volume." }),
    replicas: z.record(partName, replica).optional().meta({ description: "Replicas by name. Default: none." }),
    ports: ports.optional().meta({ description: "Where the topology can be reached on this machine." }),
    pooling: pooling.optional().meta({ description: "PgBouncer." }),
    backup: backup.optional().meta({ description: "WAL archive and backups, by pgBackRest." }),
    tls: z
      .strictObject({
        minProtocolVersion: z
          .enum(["TLSv1.2", "TLSv1.3"])
          .optional()
          .meta({ description: "Oldest TLS version that servers accept. Default: TLSv1.3." }),
      })
      .optional()
      .meta({ description: "Encryption of connections; plain text is never accepted." }),
    parameters: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({ description: "PostgreSQL parameters, as in postgresql.conf. Default: max_connections 100, and more." }),
    protection: z
      .strictObject({
        keepData: z
          .boolean()
          .optional()
          .meta({ description: "Keep the volumes when a node or the stack is removed. Default: true." }),
      })
      .optional()
      .meta({ description: "What survives a removal." }),
    application: application.optional().meta({ description: "Pool sizes handed to the application by `pgt env`." }),
  })
  .meta({ title: "pgtopology:topology", description: "A PostgreSQL topology." });

/** What a stack wants, before defaults. */
export type TopologySpec = z.infer<typeof topologySpec>;
