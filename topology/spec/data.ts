import { z } from "zod";
import { databaseName, port } from "./words.ts";
import { size } from "./server.ts";

/** The second database of a split: a PostgreSQL of its own, run by the stack itself beside the primary. */
export const data = z.strictObject({
  database: databaseName.optional().meta({ description: "Name of its database and read-write role. Default: data." }),
  size: size.optional().meta({
    description:
      "Of its server. Default: the topology's size on docker; on digitalocean the smallest Droplet with 1 GiB or more.",
  }),
  diskGiB: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Size, in GiB, of the volume that it lives on. It can't shrink. Default: 50." }),
  ports: z
    .strictObject({
      primary: port.optional().meta({ description: "Published port of its server. Default: 5442." }),
      pooler: port.optional().meta({ description: "Published port of its PgBouncer. Default: 6442." }),
    })
    .optional()
    .meta({ description: "Where it can be reached on this machine. Docker only." }),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .meta({ description: "PostgreSQL parameters of its server. Default: those of every server of the stack's own." }),
});
