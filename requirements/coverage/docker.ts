import type { CoverageRow } from "./coverage-row.ts";

const NO_INPUT = "the Docker provider's container has no input for it (5.2.0)";

/** Rules that checkers have for containers. */
export const DOCKER: readonly CoverageRow[] = [
  { rule: "docker-no-privileged", requirements: ["containers/not-privileged"] },
  { rule: "docker-cap-drop", requirements: ["containers/capabilities-dropped", "containers/no-strong-capabilities"] },
  { rule: "docker-no-sensitive-mounts", requirements: ["containers/no-sensitive-mounts"] },
  { rule: "docker-no-socket-mount", requirements: ["containers/no-docker-socket"] },
  { rule: "docker-no-privileged-ports", requirements: ["network/unprivileged-ports"] },
  { rule: "docker-no-host-network", requirements: ["containers/no-host-namespaces"] },
  { rule: "docker-loopback-ports", requirements: ["network/loopback-ports", "network/not-every-address"] },
  { rule: "docker-memory-limit", requirements: ["containers/memory-limit"] },
  { rule: "docker-cpu-limit", requirements: ["containers/cpu-limit"] },
  { rule: "docker-readonly-rootfs", requirements: ["containers/read-only-root"] },
  { rule: "docker-restart-policy", requirements: ["containers/restarts"] },
  { rule: "docker-no-host-pid", requirements: ["containers/no-host-namespaces"] },
  { rule: "docker-no-host-ipc", requirements: ["containers/no-host-namespaces"] },
  { rule: "docker-no-host-devices", requirements: ["containers/no-host-devices"] },
  { rule: "docker-ulimits", requirements: ["containers/resource-limits"] },
  { rule: "docker-mount-propagation", requirements: ["containers/mounts-private"] },
  { rule: "docker-no-host-userns", requirements: ["containers/no-host-user-namespace"] },
  { rule: "docker-seccomp", requirements: ["containers/confined"] },
  { rule: "docker-mac-profile", requirements: ["containers/profile-named", "containers/confined"] },
  { rule: "docker-cgroup-default", requirements: ["containers/own-control-group"] },
  { rule: "docker-no-new-privileges", requirements: ["containers/no-new-privileges"] },
  { rule: "docker-healthcheck", requirements: ["containers/health-check"] },
  { rule: "docker-image-pinned", requirements: ["containers/image-pinned"] },
  { rule: "docker-own-network", requirements: ["containers/own-network"] },
  { rule: "docker-nonroot", requirements: ["containers/not-root"] },
  { rule: "docker-no-secret-env", requirements: ["containers/no-secret-in-environment"] },
  { rule: "docker-pids-limit (CIS Docker 5.29)", notCovered: NO_INPUT },
  { rule: "docker-no-host-uts (CIS Docker 5.21)", notCovered: NO_INPUT },
  {
    rule: "CIS Docker 5.1, 5.7, 5.9, 5.23 and 5.24",
    notCovered: "they are about the engine's daemon and about how it is operated, which no planned resource tells",
  },
];
