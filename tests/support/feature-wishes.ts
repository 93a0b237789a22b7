import assert from "node:assert/strict";
import type { Ask } from "../../topology/capabilities/feature.ts";
import { type Target, topologySpec, type TopologySpec } from "../../topology/spec.ts";

/** A value that the spec takes, for each field that asks for a feature. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  edition: "enterprise",
  mode: "single",
  "data.database": "facts",
  "data.parameters": { work_mem: "8MB" },
  "data.size.cpus": 2,
  "data.size.memoryGiB": 2,
  "data.size.tier": "s-1vcpu-2gb",
  "data.diskGiB": 50,
  "data.ports": { primary: 6001 },
  region: "europe-west1",
  "size.tier": "db-custom-2-8192",
  "storage.diskGiB": 20,
  "storage.maxDiskGiB": 40,
  "storage.diskType": "ssd",
  "storage.maxSlotWalKeepMiB": 1024,
  highAvailability: true,
  "replicas.*.region": "europe-west4",
  "replicas.*.size": { cpus: 2 },
  "replicas.*.delaySeconds": 60,
  "replicas.*.port": 5440,
  ports: { primary: 6000 },
  "pooling.image": `registry/pgbouncer@sha256:${"0".repeat(64)}`,
  "access.network.existing": "projects/p/global/networks/n",
  "access.network.subnet": "projects/p/regions/r/subnetworks/s",
  "access.network.subnetCidr": "10.1.0.0/24",
  "access.network.servicesPrefixLength": 20,
  "access.path": "socket",
  "access.certificateAuthority": "shared",
  "access.certificateAuthorityPool": "projects/p/locations/l/caPools/c",
  "access.clientCertificates": true,
  "access.verification": { image: "registry.example/pgtopology@sha256:1" },
  "tls.minProtocolVersion": "TLSv1.3",
  service: { image: "registry/app" },
  "backup.pointInTimeDays": 7,
  "backup.location": "eu",
  "backup.repository": { type: "volume" },
  "backup.archiveTimeoutSeconds": 60,
  "backup.secondCopy": { location: "europe-north1" },
  "maintenance.day": "monday",
  "maintenance.hour": 3,
  "maintenance.track": "stable",
  "maintenance.freeze": [{ from: "2027-01-01", to: "2027-01-02" }],
  "protection.deletion": true,
  "protection.finalBackupDays": 30,
  "observability.queryInsights": true,
  "observability.labels": { owner: "me" },
  "observability.alertEmails": ["dba@example.com"],
  project: "4e1bfbc3-dc3e-41f2-a18f-1b4d7ba71679",
  "storage.autoscale": true,
  "access.sources": ["203.0.113.7/32"],
  "access.ssh": { keys: ["1"], sources: ["203.0.113.7/32"] },
};

/** The smallest wish that asks for something. */
export function wishFor(target: Target, { field, values }: Ask): TopologySpec {
  const value = values?.[0] ?? SAMPLES[field];
  assert.notEqual(value, undefined, `no sample for ${field}`);
  const nested = field
    .split(".")
    .reduceRight<unknown>((inner, key) => ({ [key === "*" ? "a" : key]: inner }), value) as object;
  return topologySpec.parse({ target, ...nested });
}
