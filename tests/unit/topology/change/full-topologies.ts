import type { ResolvedDocker } from "../../../../topology/resolved-docker.ts";
import type { ResolvedDigitalOcean } from "../../../../topology/resolved-digitalocean.ts";
import type { ManagedPooling, ResolvedGcp, SidecarPooling } from "../../../../topology/resolved-gcp.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";

/** Nothing left out: a field that is added to a topology must be added here, or this does not compile. */
type Filled<T> = T extends object ? { readonly [K in keyof T]-?: Filled<NonNullable<T[K]>> } : T;

const EXPECTED = { schemas: ["shop"], tables: ["shop.orders"], columns: ["shop.orders.at"], extensions: ["citext"] };

const docker = resolveTopology(
  {
    target: "docker",
    replicas: { a: {} },
    data: {},
    objectives: { rtoSeconds: 600, rpoSeconds: 60 },
    budget: { monthlyUsd: 100 },
  },
  "local",
);

/** A data database has none itself, and no mode. */
type FilledDatabase = Filled<Omit<ResolvedDocker, "data" | "mode">> & Pick<ResolvedDocker, "data" | "mode">;

/** On Docker, with everything that can be there. */
export const FULL_DOCKER: FilledDatabase & { readonly data: FilledDatabase } = {
  ...filled(docker),
  data: filled(there(docker.data)),
};

function filled(database: ResolvedDocker): FilledDatabase {
  return {
    ...database,
    expected: { ...EXPECTED },
    objectives: { rtoSeconds: 600, rpoSeconds: 60, restoreMiBPerSecond: 50 },
    budget: { monthlyUsd: 100 },
    pooling: there(database.pooling),
    backup: there(database.backup),
  };
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the example lacks it");
  return value;
}

const KEY = "projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k";
const gcp = resolveTopology({ target: "gcp", region: "europe-west4", replicas: { a: {} } }, "prod");
const POOL_SIZES = {
  mode: "transaction",
  writerPoolSize: 20,
  readerPoolSize: 15,
  maxClients: 500,
  maxPreparedStatements: 200,
} as const;

const WITHOUT_POOLING: Omit<Filled<ResolvedGcp>, "pooling"> = {
  ...gcp,
  expected: EXPECTED,
  objectives: { rtoSeconds: 600, rpoSeconds: 60, restoreMiBPerSecond: 50 },
  budget: { monthlyUsd: 100 },
  network: {
    existing: "projects/p/global/networks/n",
    subnet: "projects/p/regions/europe-west4/subnetworks/s",
    subnetCidr: "10.100.0.0/24",
    connection: "private-services-access",
    servicesPrefixLength: 20,
  },
  access: {
    ...gcp.access,
    certificateAuthorityPool: "projects/p/locations/europe-west4/caPools/c",
    verification: { image: "registry.example/pgtopology@sha256:1" },
  },
  backup: {
    schedule: "02:00",
    retentionDays: 30,
    pointInTimeDays: 7,
    location: "eu",
    secondCopy: {
      location: "europe-west1",
      schedule: "04:00",
      retentionDays: 30,
      softDeleteDays: 14,
      encryptionKey: KEY,
    },
  },
  maintenance: { day: "sunday", hour: 3, track: "stable", freeze: [{ from: "2026-12-20", to: "2027-01-05" }] },
  observability: { queryInsights: true, labels: { owner: "team" } },
  service: {
    image: "registry.example/app@sha256:1",
    port: 8080,
    minInstances: 1,
    maxInstances: 5,
    concurrency: 80,
    cpus: 1,
    memoryMiB: 512,
    healthPath: "/healthz",
    public: false,
    environment: { MODE: "fast" },
  },
};

const MANAGED: Filled<ManagedPooling> = { kind: "managed", ...POOL_SIZES };
const SIDECAR: Filled<SidecarPooling> = {
  kind: "sidecar",
  image: "registry.example/pgbouncer@sha256:1",
  ...POOL_SIZES,
};

/** On Cloud SQL, with everything that can be there; pooling is one of two. */
export const FULL_GCP: readonly Filled<ResolvedGcp>[] = [
  { ...WITHOUT_POOLING, pooling: MANAGED },
  { ...WITHOUT_POOLING, pooling: SIDECAR },
];

const digitalocean = resolveTopology(
  {
    target: "digitalocean",
    region: "nyc3",
    size: { cpus: 4 },
    replicas: { a: {} },
    data: {},
    access: { ssh: { keys: ["1"], sources: ["203.0.113.7/32"] }, sources: ["198.51.100.0/24"] },
    parameters: { work_mem: "8MB" },
  },
  "split",
);
const dataHost = there(digitalocean.dataHost);

/** On DigitalOcean, with everything that can be there; a data host has no replicas yet. */
export const FULL_DIGITALOCEAN: Filled<ResolvedDigitalOcean> = {
  ...digitalocean,
  expected: EXPECTED,
  objectives: { rtoSeconds: 600, rpoSeconds: 60, restoreMiBPerSecond: 50 },
  budget: { monthlyUsd: 100 },
  project: "4e1bfbc3-dc3e-41f2-a18f-1b4d7ba71679",
  storage: { diskGiB: 60, autoscale: true },
  network: { existing: "5a4981aa-9653-4bd1-bef5-d6bff52042e4", cidr: "10.100.0.0/24" },
  pooling: there(digitalocean.pooling),
  backup: there(digitalocean.backup),
  observability: { alertEmails: ["dba@example.com"] },
  dataHost: {
    ...dataHost,
    bucketRegion: there(dataHost.bucketRegion),
    server: {
      ...dataHost.server,
      replicas: [{ key: "a", part: "replica-a", port: 5433, slot: "replica_a" }],
      pooling: there(dataHost.server.pooling),
      backup: {
        schedule: "02:30",
        retentionDays: 30,
        archiveTimeoutSeconds: 60,
        repository: { type: "bucket", region: "nyc3" },
      },
    },
  },
};
