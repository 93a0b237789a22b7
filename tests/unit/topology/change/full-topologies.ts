import type { ResolvedDocker } from "../../../../topology/resolved-docker.ts";
import type { ManagedPooling, ResolvedGcp, SidecarPooling } from "../../../../topology/resolved-gcp.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";

/** Nothing left out: a field that is added to a topology must be added here, or this does not compile. */
type Filled<T> = T extends object ? { readonly [K in keyof T]-?: Filled<NonNullable<T[K]>> } : T;

const EXPECTED = { schemas: ["shop"], tables: ["shop.orders"], columns: ["shop.orders.at"], extensions: ["citext"] };

const docker = resolveTopology(
  { target: "docker", replicas: { a: {} }, objectives: { rtoSeconds: 600, rpoSeconds: 60 } },
  "local",
);

/** On Docker, with everything that can be there. */
export const FULL_DOCKER: Filled<ResolvedDocker> = {
  ...docker,
  expected: EXPECTED,
  objectives: { rtoSeconds: 600, rpoSeconds: 60, restoreMiBPerSecond: 50 },
  pooling: there(docker.pooling),
  backup: there(docker.backup),
};

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
