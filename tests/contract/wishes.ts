import type { SpecOf } from "../../topology/spec.ts";
import { SSH } from "../support/digitalocean-cases.ts";
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

/** A handful for DigitalOcean: nothing said, most said, and each part that can be left out. */
export const DIGITALOCEAN_WISHES = {
  "nothing but the place": { target: "digitalocean", region: "nyc3", application: FEW },
  "a split, for which nothing else is said": {
    target: "digitalocean",
    region: "nyc3",
    data: {},
    access: { ssh: SSH },
    application: FEW,
  },
  "a split in prod, with a standby, replicas and values of its own": {
    target: "digitalocean",
    environment: "prod",
    region: "fra1",
    database: "shop",
    project: "4e1bfbc3-dc3e-41f2-a18f-1b4d7ba71679",
    size: { cpus: 2, memoryGiB: 4 },
    storage: { diskGiB: 80, autoscale: false },
    replicas: { reports: {}, west: { region: "nyc3", size: { memoryGiB: 8 } } },
    pooling: { mode: "session", writerPoolSize: 20, readerPoolSize: 5, maxClients: 200 },
    backup: { schedule: "03:45", retentionDays: 60, location: "ams3", archiveTimeoutSeconds: 30 },
    access: { sources: ["203.0.113.0/24", "198.51.100.7/32"], ssh: SSH },
    maintenance: { day: "tuesday", hour: 4 },
    observability: { alertEmails: ["dba@example.com"] },
    parameters: { work_mem: "8MB", jit: false, track_io_timing: true },
    data: { database: "facts", size: { cpus: 2, memoryGiB: 4 }, diskGiB: 200, parameters: { work_mem: "16MB" } },
    mode: "single",
    application: FEW,
  },
  "somebody else's network": {
    target: "digitalocean",
    region: "nyc3",
    data: {},
    access: { network: { existing: "5a4981aa-9653-4bd1-bef5-d6bff52042e4" }, ssh: SSH },
    application: FEW,
  },
  "no pooler": {
    target: "digitalocean",
    region: "nyc3",
    size: { memoryGiB: 2 },
    data: {},
    pooling: { enabled: false },
    access: { ssh: SSH },
    application: FEW,
  },
  "no backups, and so no bucket": {
    target: "digitalocean",
    environment: "local",
    region: "nyc1",
    data: {},
    backup: { enabled: false },
    protection: { deletion: false },
    access: { ssh: SSH },
    application: FEW,
  },
} as const satisfies Readonly<Record<string, SpecOf<"digitalocean">>>;
