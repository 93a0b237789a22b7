/** A file on the data host, delivered after the host has been made. */
export interface HostFile {
  /** Absolute path. Its folder is there: the bootstrap makes every folder. */
  readonly path: string;
  readonly content: string;
  /** True when `content` is, or holds, a secret. */
  readonly secret: boolean;
  /** Octal permissions. */
  readonly permissions: "0600" | "0644" | "0755";
  /** Of the file, and the group of the same name. */
  readonly owner: "postgres" | "root";
}

/** Where the backups are, as the engine made it. */
export interface BucketPlace {
  readonly name: string;
  /** Host name, and port where it isn't 443: `nyc3.digitaloceanspaces.com`. TLS, always. */
  readonly endpoint: string;
  readonly region: string;
  /** `path` where the endpoint's certificate is good for the endpoint alone. */
  readonly uriStyle: "host" | "path";
  /** PEM of the CA that signed the endpoint's certificate; `undefined` for one that Debian knows. */
  readonly caCertificate: string | undefined;
}

/** The managed database that is exported to the bucket. */
export interface ExportedDatabase {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Reads all of it, and need not be able to do more. */
  readonly user: string;
  /** Makes the database that an export is restored into; its password is not delivered. */
  readonly administrator: string;
  /** PEM of the cluster's own CA. */
  readonly caCertificate: string;
  /** HH:MM, UTC. */
  readonly schedule: string;
  readonly retentionDays: number;
}

/** What is known only when the host, its bucket and the managed database have been made. Nothing secret. */
export interface DataHostPlace {
  /** `undefined` without backups. */
  readonly bucket: BucketPlace | undefined;
  /** `undefined` when nothing is exported. */
  readonly exported: ExportedDatabase | undefined;
}

/** Everything secret that the data host needs, and the certificates that belong to it. */
export interface DataHostSecrets {
  readonly administratorPassword: string;
  readonly poolerPassword: string;
  /** Encrypts the backup repository and the exports. */
  readonly repositoryPassphrase: string;
  /** Of a key that reaches the one bucket; `undefined` without a bucket. */
  readonly bucketKey: { readonly id: string; readonly secret: string } | undefined;
  /** Of the exported database's user; `undefined` when nothing is exported. */
  readonly exportedPassword: string | undefined;
  /** PEM of the stack's CA; not secret. */
  readonly caCertificate: string;
  /** PEM, signed for the host's private address and {@link HOST_NAMES}; not secret. The key stays on the host. */
  readonly certificate: string;
}

/** The names, beside its private address, that the host's certificate is good for. */
export const HOST_NAMES = ["primary", "pooler", "localhost"] as const;
