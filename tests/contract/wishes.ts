import type { SpecOf } from "../../topology/spec.ts";
import { APP, POOLER_IMAGE, VERIFICATION } from "../support/gcp-cases.ts";

/** Pools that are small enough for every machine. */
const FEW = { poolSize: 2, maxOverflow: 1, replicaPoolSize: 2, replicaMaxOverflow: 1 };

/** A handful for Docker: nothing said, most said, and each part that can be left out. */
export const DOCKER_WISHES = {
  "nothing but the target": { target: "docker" },
  "three replicas, and values of its own": {
    target: "docker",
    database: "shop",
    replicas: { west: { port: 5544 }, south: {}, "far-east": {} },
    size: { memoryGiB: 2, cpus: 2 },
    ports: { address: "192.0.2.7", primary: 6001, pooler: 6002 },
    pooling: { mode: "session", writerPoolSize: 7, readerPoolSize: 3, maxClients: 150 },
    parameters: { work_mem: "8MB", log_lock_waits: false, max_connections: 321 },
    backup: { retentionDays: 7, archiveTimeoutSeconds: 30 },
    application: FEW,
  },
  "no pooler": { target: "docker", replicas: { a: {} }, pooling: { enabled: false }, application: FEW },
  "no backups, and data that goes with its node": {
    target: "docker",
    backup: { enabled: false },
    protection: { keepData: false },
  },
} as const satisfies Readonly<Record<string, SpecOf<"docker">>>;

/** A handful for Cloud SQL: nothing said, most said, and each way to the servers. */
export const GCP_WISHES = {
  "nothing but the place": { target: "gcp", region: "europe-west1", application: FEW },
  "the cloud's pooler, a second region, a service and an export": {
    target: "gcp",
    environment: "prod",
    edition: "enterprise-plus",
    region: "europe-west1",
    database: "shop",
    size: { cpus: 4, memoryGiB: 32 },
    replicas: { west: { purpose: "disaster-recovery", region: "europe-west4" }, reports: {} },
    pooling: { kind: "managed", writerPoolSize: 10, readerPoolSize: 5 },
    backup: { retentionDays: 30, location: "eu", secondCopy: { location: "europe-north1" } },
    parameters: { work_mem: "8MB", log_min_duration_statement: 500, autovacuum_naptime: 30 },
    observability: { labels: { team: "payments", "cost-centre": "c7" } },
    service: { ...APP, maxInstances: 3, environment: { LOG_LEVEL: "info", GREETING: "hello", ANSWER: "42" } },
    application: FEW,
  },
  "a sidecar, passwords and a job that verifies": {
    target: "gcp",
    region: "europe-west1",
    replicas: { reports: {} },
    access: { login: "password", verification: VERIFICATION },
    pooling: { kind: "sidecar", image: POOLER_IMAGE },
    service: { ...APP, maxInstances: 2, public: true },
    application: FEW,
  },
  "a socket, and authorities without names": {
    target: "gcp",
    region: "us-central1",
    replicas: { reports: {} },
    access: { path: "socket", certificateAuthority: "per-instance" },
    service: { ...APP, maxInstances: 2 },
    application: FEW,
  },
  "somebody else's network": {
    target: "gcp",
    region: "europe-west1",
    access: {
      network: {
        existing: "projects/hub/global/networks/main",
        subnet: "projects/hub/regions/europe-west1/subnetworks/run",
      },
    },
    application: FEW,
  },
  "no backups, and so no replicas": {
    target: "gcp",
    environment: "local",
    region: "europe-west1",
    backup: { enabled: false },
    application: FEW,
  },
} as const satisfies Readonly<Record<string, SpecOf<"gcp">>>;
