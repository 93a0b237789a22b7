import type { Fact, Known } from "../known.ts";

/** Something of the host, of Docker or of memory that a container sees at a path. */
export interface MountFacts {
  /** `anonymous` is a volume without a name: gone with its container. */
  readonly kind: "volume" | "anonymous" | "bind" | "tmpfs";
  /** The volume's name or the host's path; empty for the others. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** One container. */
export interface ContainerFacts {
  readonly name: string;
  /** `primary`, `replica-<key>`, `pooler`, `scheduler`; UNKNOWN for a container without our label. */
  readonly part: Known<string>;
  /**
   * Live only: `healthy`, `unhealthy`, `starting`; without a health check `running`; else Docker's word for its state
   * (`exited`, `paused`), or `absent`.
   */
  readonly condition: Fact<string>;
  /** It says how to ask whether it does its work. */
  readonly healthcheck: Known<boolean>;
  /** The image is named by its id or digest, so that it cannot change under the same name. */
  readonly imagePinned: Known<boolean>;
  /** User-defined networks that it is in. */
  readonly networks: Known<readonly string[]>;
  /** Namespaces of the host that it shares: `network`, `pid`, `ipc`, `user`. */
  readonly hostNamespaces: Known<readonly string[]>;
  readonly privileged: Known<boolean>;
  readonly devices: Known<readonly string[]>;
  readonly capabilitiesDropped: Known<readonly string[]>;
  readonly capabilitiesAdded: Known<readonly string[]>;
  /** As Docker takes them: `no-new-privileges`, `seccomp=unconfined`. */
  readonly securityOptions: Known<readonly string[]>;
  /** 0 is without limit. */
  readonly memoryMiB: Known<number>;
  /** User that its process runs as; empty is root. */
  readonly user: Known<string>;
  /** `no`, `on-failure`, `unless-stopped`, `always`. */
  readonly restart: Known<string>;
  /** Docker's log of it cannot grow without end. */
  readonly logLimited: Known<boolean>;
  readonly mounts: Known<readonly MountFacts[]>;
  /** Names (never values) of environment variables that hold a secret. */
  readonly secretVariables: Known<readonly string[]>;
  /** Signal that asks it to stop; `SIGTERM` unless told. */
  readonly stopSignal: Known<string>;
  readonly stopTimeoutSeconds: Known<number>;
}

/** How the containers run. */
export interface ContainersFacts {
  readonly containers: Fact<readonly ContainerFacts[]>;
  /** Live only: containers with the stack's label that nobody planned. */
  readonly unplanned: Fact<readonly string[]>;
  /** Live only: secrets of the topology that `docker inspect` gives away, as `primary: password of owner`. */
  readonly shownSecrets: Fact<readonly string[]>;
}
