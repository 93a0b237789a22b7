import { z } from "zod";

/** Connection pooling. Sizes are for each user and each server process of the pooler. */
export const pooling = z.strictObject({
  enabled: z.boolean().optional().meta({ description: "Pool connections in front of the servers. Default: true." }),
  kind: z.enum(["container", "managed", "sidecar"]).optional().meta({
    description:
      "container: PgBouncer beside the servers (docker). managed: the cloud's own (gcp in enterprise-plus, digitalocean). sidecar: PgBouncer in each instance of the service (gcp). Default: container on docker, managed on digitalocean and in enterprise-plus, else none.",
  }),
  mode: z
    .enum(["transaction", "session"])
    .optional()
    .meta({ description: "When a server connection goes back to its pool. Default: transaction." }),
  writerPoolSize: z.int().min(1).optional().meta({
    description: "Server connections to the primary, for each user. Default: 20, on digitalocean 15, in a sidecar 5.",
  }),
  readerPoolSize: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Server connections to the replicas, for each user. Default: 15, in a sidecar 5." }),
  maxClients: z.int().min(1).optional().meta({ description: "Clients that may be connected at once. Default: 500." }),
  maxPreparedStatements: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Prepared statements kept for each client in transaction mode. Default: 200." }),
  image: z
    .string()
    .regex(/^[^@\s]+@sha256:[0-9a-f]{64}$/, "an image with its digest, as in registry/name@sha256:…")
    .optional()
    .meta({
      description:
        "PgBouncer's image, by digest; of version 1.21 or newer, which keeps prepared statements in transaction mode. Needed by a sidecar, which has no default.",
    }),
});
