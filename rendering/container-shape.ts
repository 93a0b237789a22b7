/** A file put into a container before it starts. `S` is `string`, or Pulumi's secret output of one. */
export interface RenderedFile<S = string> {
  /** Absolute path in the container. */
  readonly path: string;
  readonly content: string | S;
  /** True when `content` is, or holds, a secret. */
  readonly secret: boolean;
  /** Octal permissions, as in `0600`; the file belongs to the server's user. */
  readonly permissions: "0600" | "0644";
}

/** A named volume in a container. */
export interface VolumeMount {
  /** Suffix of the volume's name: `primary-data`, `replica-<key>-data`, `backups`, `socket`. */
  readonly volume: string;
  readonly path: string;
  /** True when the container only reads it. */
  readonly readOnly: boolean;
}

/** What a container of the topology is, apart from the files in it and from Docker's own wiring. */
export interface ContainerShape {
  /** Suffix of the container's name and its alias in the network: `primary`, `replica-<key>`, `pooler`, `scheduler`. */
  readonly part: string;
  /** Its names in the network. */
  readonly aliases: readonly string[];
  readonly command: readonly string[];
  /** No secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it listens, and where that is published on the topology's address. */
  readonly port: { readonly internal: number; readonly published: number } | undefined;
  readonly mounts: readonly VolumeMount[];
  /** Paths that are held in memory. */
  readonly tmpfs: readonly string[];
  /** Healthy means that it does its work: for a server, that it accepts queries. */
  readonly healthcheck: {
    readonly command: readonly string[];
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly retries: number;
    readonly startPeriodSeconds: number;
  };
  readonly memoryMiB: number;
  readonly cpus: number;
  readonly shmMiB: number;
  readonly stopSignal: string;
  readonly stopTimeoutSeconds: number;
  /** Parts that must be healthy before this one is made. */
  readonly after: readonly string[];
}
