/**
 * What the Docker provider, or the engine behind it, takes where a container says nothing.
 * What is not here depends on the image or on the engine's own configuration, and stays unknown: `user`, `stopSignal`
 * (the image's), `logDriver` (the engine's).
 * @see https://www.pulumi.com/registry/packages/docker/api-docs/container/
 */
export const DOCKER_DEFAULTS = {
  /** Input `restart`. */
  restart: "no",
  /** Input `networkMode`: Docker's own bridge, which every container of the machine is in. */
  network: "bridge",
  /** Input `ports[].ip`: every address. */
  portAddress: "0.0.0.0",
  /** Input `memory`, MiB: without limit. */
  memoryMiB: 0,
  /** Input `shmSize`, MiB. @see https://docs.docker.com/reference/cli/docker/container/run/ */
  sharedMemoryMiB: 64,
  /** Seconds. @see https://docs.docker.com/reference/cli/docker/container/stop/ */
  stopTimeoutSeconds: 10,
} as const;

/** Log drivers that keep their files small by themselves, or keep none here. Only these two write files that grow. */
export const GROWING_LOG_DRIVERS: readonly string[] = ["json-file", "journald"];
