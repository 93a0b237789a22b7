import { z } from "zod";
import { timeOfDay } from "./words.ts";

const place = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)?\d*$/, "a region such as europe-west4 or nyc3, or a multi-region such as eu");

const secondCopy = z.strictObject({
  location: place.meta({ description: "Region of the bucket. It must not be the primary's: it is for its loss." }),
  schedule: timeOfDay.optional().meta({
    description:
      "Time of the daily export, HH:MM in UTC. Default: 06:30, after the four hours that the backup may begin in.",
  }),
  retentionDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .meta({ description: "Days that an export can't be removed, and is kept. Default: 30." }),
  softDeleteDays: z
    .int()
    .min(7)
    .max(90)
    .optional()
    .meta({ description: "Days that a removed object can be brought back. Default: 14." }),
  encryptionKey: z
    .string()
    .regex(
      /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
      "projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>",
    )
    .optional()
    .meta({ description: "Cloud KMS key of the bucket, in the bucket's location. Default: the platform's own key." }),
});

/** WAL archive, backups and their copies. */
export const backup = z.strictObject({
  enabled: z
    .boolean()
    .optional()
    .meta({ description: "Archive WAL and make backups. Default: true; without, a policy refuses the stack." }),
  schedule: timeOfDay
    .optional()
    .meta({ description: "Time of the daily backup, HH:MM in UTC. Default: 02:00; on digitalocean 02:30." }),
  retentionDays: z.int().min(1).max(3650).optional().meta({
    description:
      "Days that backups are kept. Default: 30; on gcp outside prod 14; on digitalocean 7 without a data host.",
  }),
  pointInTimeDays: z.int().min(1).max(35).optional().meta({
    description:
      "Days back that every moment can be restored. Default: 7; docker keeps it as long as backups, and digitalocean has 7.",
  }),
  location: place.optional().meta({
    description:
      "Where the cloud keeps its backups. Default: the multi-region around the primary's region; on digitalocean, of the data host's bucket, its region.",
  }),
  archiveTimeoutSeconds: z.int().min(1).max(3600).optional().meta({
    description:
      "Longest time, in seconds, that a written row waits for the archive. Default: 60. Servers of the stack's own only.",
  }),
  repository: z
    .strictObject({ type: z.literal("volume") })
    .optional()
    .meta({ description: "Where backups and WAL are kept. Default: a Docker volume of its own. Docker only." }),
  secondCopy: secondCopy
    .optional()
    .meta({ description: "Daily export to a bucket in another failure domain. Default: none." }),
});
