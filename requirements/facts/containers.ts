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
  /** It has a bound, or a weight, in the processors' time. */
  readonly cpuLimited: Known<boolean>;
  /** Size of /dev/shm. */
  readonly sharedMemoryMiB: Known<number>;
  /** A PostgreSQL server keeps its data in it. */
  readonly server: Known<boolean>;
  /** PostgreSQL's major version by the image's tag; `undefined` of what is no server. */
  readonly major: Known<number | undefined>;
  /** Nothing can be written to its own file system. */
  readonly readOnlyRoot: Known<boolean>;
  /** Names of the limits on its processes' resources, as in `nofile`. */
  readonly resourceLimits: Known<readonly string[]>;
  /** Control group that it is put below; empty is Docker's own. */
  readonly cgroupParent: Known<string>;
  /** User that its process runs as; empty is root. */
  readonly user: Known<string>;
  /** `no`, `on-failure`, `unless-stopped`, `always`. */
  readonly restart: Known<string>;
  /** Docker's log of it cannot grow without end. */
  readonly logLimited: Known<boolean>;
  readonly mounts: Known<readonly MountFacts[]>;
  /** Paths of the host that it sees, a volume that stands for one included. One that is not known yet hides no other. */
  readonly hostPaths: Known<readonly Known<string>[]>;
  /** Paths in it whose mounts are shared with the host, each way or one: `shared`, `slave` and their like. */
  readonly sharedMounts: Known<readonly string[]>;
  /** Names (never values) of environment variables that hold a secret. */
  readonly secretVariables: Known<readonly string[]>;
  /** Signal that asks it to stop; `SIGTERM` unless told. */
  readonly stopSignal: Known<string>;
  readonly stopTimeoutSeconds: Known<number>;
}

/** How the containers run. */
export interface ContainersFacts {
  readonly containers: Fact<readonly ContainerFacts[]>;
  /** Major versions of the managed PostgreSQL that is in the same stack. In a plan only. */
  readonly managedMajors: Fact<readonly number[]>;
  /** Live only: containers with the stack's label that nobody planned. */
  readonly unplanned: Fact<readonly string[]>;
  /** Live only: secrets of the topology that `docker inspect` gives away, as `primary: password of owner`. */
  readonly shownSecrets: Fact<readonly string[]>;
}
