/** Where one server, or the pooler, is reached. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** What a stack exports for others to use: plain, and without secrets. */
export interface TopologyOutputs {
  readonly name: string;
  readonly target: "docker" | "gcp" | "digitalocean";
  readonly environment: string;
  readonly version: number;
  readonly database: string;
  readonly writer: Endpoint;
  /** By the user's name of the replica. */
  readonly readers: Readonly<Record<string, Endpoint>>;
  /**
   * `undefined` without a pooler that clients connect to. On gcp each server has a pooler of its own: a reader's pool is at
   * the reader's host and this port. `readerPool` is `undefined` where no pool reads from the replicas: on digitalocean.
   */
  readonly pooled: (Endpoint & { readonly writerPool: string; readonly readerPool: string | undefined }) | undefined;
  /** PEM. */
  readonly caCertificate: string;
  /** What a client can check of a server's certificate; as libpq's `sslmode`. */
  readonly tlsMode: "verify-full" | "verify-ca";
  /** The data database of a split; `undefined` without one. */
  readonly data: Omit<TopologyOutputs, "data"> | undefined;
  /** What a further `pgt up` has to do, in words; none on docker. */
  readonly pending: readonly string[];
}
