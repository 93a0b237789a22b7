import { z } from "zod";
import { partName, port, region } from "./words.ts";

/** How large a server is. */
export const size = z.strictObject({
  cpus: z
    .number()
    .positive()
    .optional()
    .meta({ description: "Processors of each server. Default: 1 on docker, 2 on gcp; on digitalocean any." }),
  memoryGiB: z.number().min(0.25).optional().meta({
    description:
      "Memory of each server, in GiB. Default: 1 on docker; on gcp 4 for each processor, in enterprise-plus 8; on digitalocean that of the smallest machine that fits.",
  }),
  tier: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9_-]*$/, "a machine's name as the cloud writes it, such as db-custom-2-8192")
    .optional()
    .meta({
      description: "The cloud's own name of the machine, instead of cpus and memoryGiB. Default: made from both.",
    }),
});

/** How much disk a server has. */
export const storage = z.strictObject({
  diskGiB: z.int().min(1).optional().meta({
    description:
      "Disk of each server at its creation, in GiB. Default: 20; on digitalocean what comes with the machine. It can't shrink.",
  }),
  maxDiskGiB: z
    .int()
    .min(1)
    .optional()
    .meta({ description: "Size, in GiB, that the disk may grow to by itself. Default: four times diskGiB." }),
  autoscale: z.boolean().optional().meta({
    description:
      "The managed servers' disk grows by itself, in steps of 10 GiB at 80 % full and without a limit. Default: true. DigitalOcean only.",
  }),
  diskType: z.enum(["ssd", "hdd"]).optional().meta({ description: "Kind of disk. Default: ssd." }),
  maxSlotWalKeepMiB: z.int().min(64).optional().meta({
    description:
      "WAL, in MiB, kept at most for a replica that is away. Default: 4096. Servers of the stack's own only.",
  }),
});

const replica = z
  .strictObject({
    port: port
      .optional()
      .meta({ description: "Published port. Default: from 5433 on, in the order of the names. Docker only." }),
    purpose: z.enum(["read", "disaster-recovery"]).optional().meta({
      description:
        "read serves queries, in the primary's region; disaster-recovery waits in another region to take over. Default: read.",
    }),
    region: region.optional().meta({ description: "The cloud's region. Default: the primary's, for a read replica." }),
    size: size.optional().meta({ description: "Its own size. Default: the primary's, which is also the least." }),
    delaySeconds: z
      .int()
      .min(0)
      .max(86_400)
      .optional()
      .meta({ description: "Seconds that it stays behind on purpose, to undo a mistake from. Default: 0." }),
  })
  .meta({ description: "One streaming replica, reached by read-only sessions." });

/** Replicas by the user's names for them. */
export const replicas = z.record(partName, replica);

/** Where a topology on Docker can be reached on its machine. */
export const ports = z.strictObject({
  address: z
    .string()
    .optional()
    .meta({ description: "Address of this machine that ports are published on. Default: 127.0.0.1." }),
  primary: port.optional().meta({ description: "Published port of the primary. Default: 5432." }),
  pooler: port.optional().meta({ description: "Published port of PgBouncer. Default: 6432." }),
});
