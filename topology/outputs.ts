import type { TopologyOutputs } from "./contract.ts";
import { clientAddress, type ResolvedDocker } from "./resolved-docker.ts";

/** The contract of one database, whose certificates were signed by `caCertificate` (PEM). */
export function outputsOf(topology: ResolvedDocker, caCertificate: string): Omit<TopologyOutputs, "data"> {
  const host = clientAddress(topology);
  const { pooling } = topology;
  return {
    name: topology.name,
    target: topology.target,
    environment: topology.environment,
    version: topology.version,
    database: topology.database,
    writer: { host, port: topology.primary.port },
    readers: Object.fromEntries(topology.replicas.map(({ key, port }) => [key, { host, port }])),
    pooled: pooling && { host, port: pooling.port, writerPool: pooling.writerPool, readerPool: pooling.readerPool },
    caCertificate,
    tlsMode: "verify-full",
    pending: [],
  };
}
