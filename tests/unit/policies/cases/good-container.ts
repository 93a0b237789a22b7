import { CONTAINER_TYPE } from "../../../../facts/from-plan/docker-container.ts";
import type { SentResource } from "../policy-rpc.ts";

/** A container that no requirement has anything to say of. */
const GOOD = {
  name: "db",
  image: `sha256:${"0a".repeat(32)}`,
  user: "postgres",
  memory: 512,
  shmSize: 128,
  cpus: "1.0",
  restart: "unless-stopped",
  logDriver: "local",
  networksAdvanced: [{ name: "net" }],
  securityOpts: ["no-new-privileges"],
  capabilities: { drops: ["ALL"] },
  healthcheck: { tests: ["CMD", "pg_isready"] },
  ports: [{ internal: 5432, external: 5432, ip: "127.0.0.1" }],
  volumes: [{ containerPath: "/var/lib/postgresql/data", volumeName: "db" }],
  envs: ["PGDATA=/var/lib/postgresql/data"],
  stopSignal: "SIGINT",
  stopTimeout: 60,
};

/** The good container, with some properties otherwise; one that is `undefined` is not set. */
export function container(change: object = {}, name = "db"): SentResource {
  const all: Readonly<Record<string, unknown>> = { ...GOOD, ...change };
  const props = Object.entries(all).filter(([, value]) => value !== undefined);
  return { type: CONTAINER_TYPE, name, props: Object.fromEntries(props) };
}
