import { readAt } from "../limits/limit.ts";
import type { Effect } from "./rule.ts";

/** Uploaded files, ports, mounts, processors and shared memory replace a container when they change. */
export const CONTAINERS = readAt(
  "https://github.com/kreuzwerker/terraform-provider-docker/blob/master/internal/provider/resource_docker_container.go",
);

/** Containers of servers are made anew, on the volumes that are there. */
export function serversRestart(what: string, exposure = false): Effect {
  return { label: "restart", exposure, what, source: CONTAINERS };
}
