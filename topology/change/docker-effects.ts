import { readAt } from "../limits/limit.ts";
import type { Effect, OwnSource } from "./rule.ts";

/** Uploaded files, ports, mounts, processors and shared memory replace a container when they change. */
export const CONTAINERS = readAt(
  "https://github.com/kreuzwerker/terraform-provider-docker/blob/master/internal/provider/resource_docker_container.go",
);
export const VOLUMES: OwnSource = { file: "components/docker/docker-topology.ts" };
export const REPLICA: OwnSource = { file: "images/postgres/commands/pgt-replica" };
export const PGBACKREST: OwnSource = { file: "rendering/pgbackrest-conf.ts" };
const UPGRADING = readAt("https://www.postgresql.org/docs/17/upgrading.html");

/** From the safest to the oldest. */
export const TLS_VERSIONS: readonly string[] = ["TLSv1.3", "TLSv1.2"];

/** Containers of servers are made anew, on the volumes that are there. */
export function serversRestart(what: string, exposure = false): Effect {
  return { label: "restart", exposure, what, source: CONTAINERS };
}

export const POOLER_RESTARTS: Effect = {
  label: "restart",
  what: "the pooler restarts, and sessions through it end; servers go on",
  source: CONTAINERS,
};

export const POOLER_GOES: Effect = {
  ...POOLER_RESTARTS,
  what: "the pooler goes, and sessions through it end for good; servers go on",
};

export const POOLER_COMES: Effect = {
  label: "none",
  what: "a pooler is put in front of the servers, which go on",
  source: CONTAINERS,
};

export const SCHEDULER_RESTARTS: Effect = {
  label: "none",
  what: "the scheduler restarts, and begins a backup anew that it was making; servers go on",
  source: { file: "images/postgres/commands/pgt-scheduler" },
};

export const ANOTHER_MAJOR: Effect = {
  label: "replace",
  what: "servers of another major can't open the volumes: the data has to be dumped and restored",
  source: UPGRADING,
};

/** A replica starts without data. */
export const REPLICA_COPIES: Effect = {
  label: "rebuild",
  what: "the replica copies the primary anew",
  source: REPLICA,
};

/** Whether ports that were open at one address are then open at one that more can reach. */
export function opensAddress(from: unknown, to: unknown): boolean {
  return !String(to).startsWith("127.") && from !== "0.0.0.0";
}
