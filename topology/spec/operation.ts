import { z } from "zod";
import { day } from "./words.ts";

/** When the cloud may work on the servers. */
export const maintenance = z.strictObject({
  day: z
    .enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
    .optional()
    .meta({ description: "Day of the weekly window. Default: sunday." }),
  hour: z.int().min(0).max(23).optional().meta({ description: "Hour at which the window begins, UTC. Default: 3." }),
  track: z
    .enum(["canary", "stable", "week5"])
    .optional()
    .meta({ description: "How early updates come: canary first, week5 last. Default: canary, in prod stable." }),
  freeze: z
    .array(
      z.strictObject({
        from: day.meta({ description: "First day." }),
        to: day.meta({ description: "Last day." }),
      }),
    )
    .optional()
    .meta({ description: "Times without maintenance; the provider takes one, and each has its year. Default: none." }),
});

/** What survives a removal, and what refuses one. */
export const protection = z.strictObject({
  keepData: z
    .boolean()
    .optional()
    .meta({ description: "Keep volumes and backups when a node or the stack is removed. Default: true." }),
  deletion: z.boolean().optional().meta({
    description: "Refuse to remove what holds data, in Pulumi and in the cloud. Default: true outside local.",
  }),
  finalBackupDays: z
    .int()
    .min(1)
    .max(365)
    .optional()
    .meta({ description: "Days that a last backup is kept after a removal. Default: 30." }),
});

/** What is written down of the servers' work. */
export const observability = z.strictObject({
  alertEmails: z
    .array(z.email("an address for mail"))
    .optional()
    .meta({ description: "Who is told when processor, memory or disk run out. Default: nobody. DigitalOcean only." }),
  queryInsights: z.boolean().optional().meta({ description: "The cloud's view of queries and plans. Default: true." }),
  labels: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, "lower-case letters, digits, _ and -, a letter first"),
      z.string().regex(/^[a-z0-9_-]{0,63}$/, "lower-case letters, digits, _ and -"),
    )
    .optional()
    .meta({ description: "Labels beside the stack's own, such as owner and cost-centre. Default: none." }),
});

/** What must be reached when something is lost. A topology that can't is refused. */
export const objectives = z.strictObject({
  rtoSeconds: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Longest time, in seconds, until the database can be written again. Default: not stated." }),
  rpoSeconds: z
    .int()
    .min(0)
    .optional()
    .meta({ description: "Newest time, in seconds before a loss, that is still there after it. Default: not stated." }),
  restoreMiBPerSecond: z.number().positive().optional().meta({
    description: "Rate of a restore, in MiB per second, as a drill measured it. Default: 50, taken on trust.",
  }),
});

/** What may be spent. `pgt cost` judges it. */
export const budget = z.strictObject({
  monthlyUsd: z.number().positive().optional().meta({
    description:
      "Most that a month may cost, in US dollars by the vendor's list, without what is billed by use. Default: none.",
  }),
});

/** What `pgt env` hands to the application. */
export const application = z.strictObject({
  poolSize: z.int().min(1).optional().meta({ description: "DB_POOL_SIZE. Default: 20." }),
  maxOverflow: z.int().min(0).optional().meta({ description: "DB_MAX_OVERFLOW. Default: 30." }),
  poolTimeoutSeconds: z.int().min(1).optional().meta({ description: "DB_POOL_TIMEOUT. Default: 60." }),
  poolRecycleSeconds: z.int().min(1).optional().meta({ description: "DB_POOL_RECYCLE. Default: 3600." }),
  replicaPoolSize: z.int().min(1).optional().meta({ description: "DB_REPLICA_POOL_SIZE. Default: 15." }),
  replicaMaxOverflow: z.int().min(0).optional().meta({ description: "DB_REPLICA_MAX_OVERFLOW. Default: 20." }),
  replicaPoolTimeoutSeconds: z.int().min(1).optional().meta({ description: "DB_REPLICA_POOL_TIMEOUT. Default: 30." }),
  useReadReplica: z
    .boolean()
    .optional()
    .meta({ description: "USE_READ_REPLICA. Default: true with a replica that serves reads." }),
  replicaFallback: z.boolean().optional().meta({ description: "REPLICA_FALLBACK_ENABLED. Default: true." }),
});
