import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { DataHostPlace, ExportedDatabase } from "../../rendering/data-host/host-file.ts";
import { hoursLater } from "../../rendering/data-host/hours-later.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import type { Delivery } from "./deliver-host.ts";

/** Hours after the platform's backup at which the export begins: both read everything. */
const EXPORT_AFTER_HOURS = 2;

/** What a stack's data host is given. */
export function deliveryOf(world: DigitalOceanWorld, root: string, now: Date): Delivery {
  const { dataSecrets, delivery, topology } = world;
  if (topology.dataHost === undefined || delivery.dataHost === undefined || dataSecrets === undefined) {
    throw new PgtError(`stack ${world.place.stack} has no data host yet`, { exitCode: EXIT.couldNotCheck });
  }
  const { bucket, privateAddress } = delivery.dataHost;
  const place: DataHostPlace = {
    // Spaces has a certificate for every bucket's own name.
    bucket: bucket && { ...bucket, uriStyle: "host", caCertificate: undefined },
    exported: exportedDatabase(world),
  };
  return {
    root,
    server: topology.dataHost.server,
    place,
    secrets: {
      administratorPassword: dataSecrets.passwords.administrator,
      poolerPassword: dataSecrets.passwords.pooler,
      repositoryPassphrase: dataSecrets.repositoryPassphrase,
      bucketKey: bucket && { id: bucket.accessKey, secret: bucket.secretKey },
      exportedPassword: place.exported && delivery.passwords.readOnly,
    },
    authority: dataSecrets.authority,
    address: privateAddress,
    now,
  };
}

/** By the role that only reads: whoever gets into the data host changes nothing in the primary. */
function exportedDatabase({ outputs, topology }: DigitalOceanWorld): ExportedDatabase | undefined {
  const { backup } = topology;
  if (backup?.exports !== true) return undefined;
  return {
    ...outputs.writer,
    database: topology.database,
    user: topology.roles.readOnly,
    administrator: topology.roles.administrator,
    caCertificate: outputs.caCertificate,
    schedule: hoursLater(backup.schedule, EXPORT_AFTER_HOURS),
    retentionDays: backup.retentionDays,
  };
}
