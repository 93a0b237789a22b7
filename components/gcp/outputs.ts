import * as pulumi from "@pulumi/pulumi";
import { CLOUD_SQL_POOLER_PORT, CLOUD_SQL_PORT } from "../../topology/cloud-sql-words.ts";
import type { CloudPlace } from "./cloud-place.ts";
import type { GcpInstances } from "./instances.ts";
import { serverHost, writerHost } from "./server-names.ts";

/** The contract of a topology on Cloud SQL, each value on its own: in a preview, what is known stays known. */
export function outputsOf(place: CloudPlace, { primary, replicas }: GcpInstances, pending: readonly string[]) {
  const { topology } = place;
  const host = writerHost(place, primary);
  const readers: [string, { host: pulumi.Output<string>; port: number }][] = [...replicas].map(([key, replica]) => [
    key,
    { host: serverHost(place, replica), port: CLOUD_SQL_PORT },
  ]);
  return {
    name: topology.name,
    target: topology.target,
    environment: topology.environment,
    version: topology.version,
    database: topology.database,
    writer: { host, port: CLOUD_SQL_PORT },
    readers: Object.fromEntries(readers),
    // Each server has its own pooler, and a pool is named after its database: a reader's pool is at the reader's host.
    pooled:
      topology.pooling?.kind === "managed"
        ? { host, port: CLOUD_SQL_POOLER_PORT, writerPool: topology.database, readerPool: topology.database }
        : undefined,
    caCertificate: caBundle([primary, ...replicas.values()]),
    tlsMode: topology.access.tlsMode,
    data: undefined,
    pending,
  };
}

/** The authorities of all servers, as PEM: another region, and another instance of the "per-instance" kind, has another. */
export function caBundle(instances: readonly GcpInstances["primary"][]): pulumi.Output<string> {
  // The provider calls them secret, and every client has to have them.
  const lists = instances.map(({ serverCaCerts }) => pulumi.unsecret(serverCaCerts));
  return pulumi
    .all(lists)
    .apply((certificates) => `${[...new Set(certificates.flat().map(({ cert }) => cert.trim()))].join("\n")}\n`);
}
