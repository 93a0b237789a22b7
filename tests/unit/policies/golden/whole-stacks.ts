import { CONTAINER_TYPE } from "../../../../facts/from-plan/docker-container.ts";
import { DIGITALOCEAN_TYPES } from "../../../../facts/from-plan/digitalocean.ts";
import { dockerStack } from "../cases/docker-stack.ts";
import { bucket, gcp, sent, service, variables } from "../cases/gcp-resources.ts";
import * as split from "../cases/good-digitalocean.ts";
import * as instances from "../cases/planned-instances.ts";
import { type SentResource, secret } from "../policy-rpc.ts";

// Whole stacks as somebody else would have written them, without any of our components.

const STACK = sent("pulumi:pulumi:Stack", "shop-prod", { url: "https://shop.example.com" });

/** What most people begin with, and forget to come back to. */
const CARELESS_CLOUD_SQL: readonly SentResource[] = [
  sent("pulumi:pulumi:Stack", "shop-dev", { databaseUrl: "postgres://app:marker-output@10.0.0.3/app" }),
  gcp(
    "instance",
    "db",
    {
      name: "db",
      databaseVersion: "POSTGRES_13",
      region: "us-central1",
      settings: {
        tier: "db-f1-micro",
        ipConfiguration: { ipv4Enabled: true, authorizedNetworks: [{ value: "0.0.0.0/0" }] },
        backupConfiguration: { enabled: false },
        databaseFlags: [{ name: "log_parser_stats", value: "on" }],
      },
    },
    { protect: false },
  ),
  gcp("user", "app", { name: "app", instance: "db", password: secret("marker-password") }, { protect: false }),
  service(variables({ name: "DATABASE_URL", value: "postgres://app:marker-env@10.0.0.3/app" }), {
    location: "europe-west1",
    ingress: "INGRESS_TRAFFIC_ALL",
  }),
  gcp("firewall", "open", {
    name: "open",
    network: "default",
    sourceRanges: ["0.0.0.0/0"],
    allows: [{ protocol: "tcp", ports: ["5432"] }],
  }),
  bucket({ publicAccessPrevention: "inherited", uniformBucketLevelAccess: false, forceDestroy: true }),
];

const CARELESS_DIGITALOCEAN: readonly SentResource[] = [
  sent(
    DIGITALOCEAN_TYPES.cluster,
    "db",
    { name: "db", engine: "pg", size: "db-s-1vcpu-1gb", region: "nyc3", nodeCount: 1 },
    { protect: false },
  ),
  sent(DIGITALOCEAN_TYPES.sources, "db-sources", {
    clusterId: "id-of-db",
    rules: [{ type: "ip_addr", value: "0.0.0.0/0" }],
  }),
  sent(DIGITALOCEAN_TYPES.pool, "db-pool", {
    clusterId: "id-of-db",
    name: "pool",
    mode: "session",
    size: 40,
    dbName: "app",
    user: "app",
  }),
  sent(
    DIGITALOCEAN_TYPES.droplet,
    "web",
    {
      name: "web",
      region: "fra1",
      size: "s-1vcpu-1gb",
      image: "debian-13-x64",
      userData: "#!/bin/sh\nexport PGPASSWORD=marker-user-data\n",
    },
    { protect: false },
  ),
  sent(
    DIGITALOCEAN_TYPES.bucket,
    "dumps",
    { name: "dumps", region: "nyc3", acl: "public-read", forceDestroy: true },
    { protect: false },
  ),
];

/** The container of a tutorial. */
const CARELESS_DOCKER: readonly SentResource[] = [
  sent(
    CONTAINER_TYPE,
    "postgres",
    {
      name: "postgres",
      image: "postgres:latest",
      envs: ["POSTGRES_PASSWORD=marker-docker", "POSTGRES_HOST_AUTH_METHOD=trust"],
      ports: [{ internal: 5432, external: 5432, ip: "0.0.0.0" }],
      volumes: [{ hostPath: "/var/run/docker.sock", containerPath: "/var/run/docker.sock" }],
      privileged: true,
      networkMode: "host",
      restart: "always",
    },
    { protect: false },
  ),
];

/** By the name of the file that holds the report. */
export const WHOLE_STACKS: Readonly<Record<string, readonly SentResource[]>> = {
  "cloud-sql-cared-for": [
    STACK,
    instances.primary({}, { protect: true }),
    instances.replica({}, { protect: true }),
    bucket(),
    service(),
  ],
  "cloud-sql-careless": CARELESS_CLOUD_SQL,
  "digitalocean-cared-for": [
    STACK,
    split.cluster(),
    split.replica(),
    split.sources(),
    split.sources({}, "reader"),
    split.database("app"),
    split.user("app"),
    split.pool(),
    split.droplet(),
    split.firewall(),
    split.volume(),
  ],
  "digitalocean-careless": CARELESS_DIGITALOCEAN,
  "docker-cared-for": [STACK, ...dockerStack()],
  "docker-careless": CARELESS_DOCKER,
  "two-clouds-and-a-laptop": [
    STACK,
    instances.primary(),
    split.cluster({ props: { nodeCount: 1 } }),
    ...CARELESS_DOCKER,
  ],
};
