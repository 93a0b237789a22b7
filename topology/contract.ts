/** Where one server, or the pooler, is reached. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** What a stack exports for others to use: plain, and without secrets. */
export interface TopologyOutputs {
  readonly name: string;
  readonly target: "docker";
  readonly environment: string;
  readonly version: number;
  readonly database: string;
  readonly writer: Endpoint;
  /** By the user's name of the replica. */
  readonly readers: Readonly<Record<string, Endpoint>>;
  /** `undefined` without a pooler. */
  readonly pooled: (Endpoint & { readonly writerPool: string; readonly readerPool: string }) | undefined;
  /** PEM. */
  readonly caCertificate: string;
}
