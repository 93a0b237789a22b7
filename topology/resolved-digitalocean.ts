import type { ResolvedCommon } from "./resolved.ts";
import type { ResolvedSelfRun } from "./resolved-self-run.ts";

/** A managed server: the primary, or a replica. */
export interface ResolvedManagedServer {
  /** `primary`, or the user's name of a replica. */
  readonly key: string;
  /** `primary` or `replica-<key>`. */
  readonly part: string;
  readonly region: string;
  /** DigitalOcean's name of the machine, such as `db-s-1vcpu-1gb`; empty when none is of the asked size. */
  readonly slug: string;
  /** 0 when the slug is not known. */
  readonly cpus: number;
  /** 0 when the slug is not known. */
  readonly memoryMiB: number;
}

/** Pools of the cluster's own PgBouncer. */
export interface ResolvedClusterPooling {
  readonly mode: "transaction" | "session";
  /** Name of the pool of the read-write role: the database name that its clients ask for. */
  readonly writerPool: string;
  readonly writerPoolSize: number;
}

/** Backups of the managed cluster. */
export interface ResolvedClusterBackup {
  /** HH:MM, UTC: of the platform's daily backup; the export begins two hours later. */
  readonly schedule: string;
  /** The platform keeps seven days; what is longer is kept as exports. */
  readonly retentionDays: number;
  /** True when more than the platform's days are asked for: the data host exports to the bucket. */
  readonly exports: boolean;
}

/** The Droplet that runs the data database. */
export interface ResolvedDataHost {
  /** DigitalOcean's name of the Droplet's size, such as `s-1vcpu-2gb`; empty when none is of the asked size. */
  readonly slug: string;
  /** Of the volume that the database lives on. */
  readonly diskGiB: number;
  /** What runs on it. */
  readonly server: ResolvedSelfRun;
  readonly sshKeys: readonly string[];
  /** IPv4 ranges that SSH is open to. */
  readonly sshSources: readonly string[];
  /** Region of the bucket of backups, WAL and exports; `undefined` without backups. */
  readonly bucketRegion: string | undefined;
}

/** A managed primary on DigitalOcean, with a data database on a Droplet beside it. */
export interface ResolvedDigitalOcean extends ResolvedCommon {
  readonly target: "digitalocean";
  readonly region: string;
  /** Id of the project that everything is listed in; `undefined` is the account's own. */
  readonly project: string | undefined;
  readonly primary: ResolvedManagedServer;
  /** Servers of the cluster, the standbys included. */
  readonly nodeCount: number;
  /** In the order of their names. */
  readonly replicas: readonly ResolvedManagedServer[];
  readonly storage: {
    /** `undefined` is what comes with the size. */
    readonly diskGiB: number | undefined;
    readonly autoscale: boolean;
  };
  readonly network: {
    /** Id of a VPC that is there already. */
    readonly existing: string | undefined;
    /** Addresses of the own VPC. */
    readonly cidr: string;
  };
  /** IPv4 ranges outside the VPC that may reach the databases. */
  readonly sources: readonly string[];
  readonly pooling: ResolvedClusterPooling | undefined;
  readonly backup: ResolvedClusterBackup | undefined;
  readonly maintenance: { readonly day: string; readonly hour: number };
  readonly protection: { readonly deletion: boolean };
  readonly observability: { readonly alertEmails: readonly string[] };
  readonly mode: "single" | "split";
  readonly dataHost: ResolvedDataHost | undefined;
}

/** Every managed server, the primary first. */
export function managedServersOf(topology: ResolvedDigitalOcean): readonly ResolvedManagedServer[] {
  return [topology.primary, ...topology.replicas];
}
