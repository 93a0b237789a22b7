import { resolveTopology } from "../../../topology/resolve.ts";
import type { ResolvedDocker } from "../../../topology/resolved-docker.ts";
import type { TopologySecrets } from "../../../topology/secrets.ts";
import type { SpecOf } from "../../../topology/spec.ts";

/** One replica, pooling and backups, and otherwise what the defaults are. */
export function exampleTopology(spec: Partial<SpecOf<"docker">> = {}): ResolvedDocker {
  return resolveTopology({ target: "docker", replicas: { a: {} }, ...spec }, "local");
}

/** Every secret says what it is. */
export const EXAMPLE_SECRETS: TopologySecrets = {
  passwords: {
    administrator: "administrator's",
    owner: "owner's",
    readWrite: "read-write's",
    readOnly: "read-only's",
    replication: "replication's:\\",
    monitoring: "monitoring's",
    pooler: "pooler's\"",
  },
  repositoryPassphrase: "repository's",
  caCertificate: "CA\n",
  certificates: {
    primary: { certificate: "primary's certificate\n", key: "primary's key\n" },
    "replica-a": { certificate: "replica's certificate\n", key: "replica's key\n" },
    pooler: { certificate: "pooler's certificate\n", key: "pooler's key\n" },
  },
};
