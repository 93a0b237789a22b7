import { canHaveStandby, CLUSTER_LIMITS, MANAGED_SIZES } from "./limits/digitalocean.ts";
import { DROPLET_SIZES } from "./limits/digitalocean-droplets.ts";
import { type Machine, machineOfSize } from "./limits/digitalocean-machine.ts";
import { replicaPart, roleNames } from "./names.ts";
import { type ParameterValue, parameterText, resolveParameters } from "./parameters.ts";
import type { CommonPart } from "./resolve.ts";
import type { ResolvedDataHost, ResolvedDigitalOcean, ResolvedManagedServer } from "./resolved-digitalocean.ts";
import type { ResolvedSelfRun } from "./resolved-self-run.ts";
import { resolveSelfRunBackup, resolveSelfRunPooling } from "./resolve-self-run.ts";
import type { TopologySpec } from "./spec.ts";

type WishedSize = TopologySpec["size"];

/** What the platform keeps, and nobody can set. */
const PLATFORM_BACKUP_DAYS = CLUSTER_LIMITS.pointInTimeDays.bounds.max;
const MIB_PER_GIB = 1024;
/** The smallest machine gives 22 connections: this leaves some for administration. */
const WRITER_POOL_SIZE = 15;
/** At no full hour: the provider takes a minute of zero for none. */
const SCHEDULE = "02:30";
/** The platform leaves a forgotten transaction open for ever. */
const PARAMETERS = { idle_in_transaction_session_timeout: "10min" };
/** The user that every cluster comes with: https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-users-and-databases/ */
const ADMINISTRATOR = "doadmin";

/** The defaults of a managed primary on DigitalOcean and of the data host beside it. */
export function resolveDigitalOcean(spec: TopologySpec, common: CommonPart): ResolvedDigitalOcean {
  const isProd = common.environment === "prod";
  // Without a region validation refuses; nothing is guessed.
  const region = spec.region ?? "";
  const nodeCount = (spec.highAvailability ?? isProd) ? 2 : 1;
  const machine = clusterMachine(spec.size, nodeCount);
  const retentionDays = spec.backup?.retentionDays ?? (spec.data === undefined ? PLATFORM_BACKUP_DAYS : 30);
  return {
    ...common,
    target: "digitalocean",
    roles: roleNames(common.database, ADMINISTRATOR),
    region,
    project: spec.project,
    primary: { key: "primary", part: "primary", region, ...machine },
    nodeCount,
    replicas: resolveReplicas(spec, region, machine),
    storage: { diskGiB: spec.storage?.diskGiB, autoscale: spec.storage?.autoscale ?? true },
    network: {
      existing: spec.access?.network?.existing,
      cidr: spec.access?.network?.subnetCidr ?? "10.100.0.0/24",
    },
    sources: spec.access?.sources ?? [],
    pooling:
      spec.pooling?.enabled === false
        ? undefined
        : {
            mode: spec.pooling?.mode ?? "transaction",
            writerPool: `${common.database}_pool`,
            writerPoolSize: spec.pooling?.writerPoolSize ?? WRITER_POOL_SIZE,
          },
    backup:
      spec.backup?.enabled === false
        ? undefined
        : {
            schedule: spec.backup?.schedule ?? SCHEDULE,
            retentionDays,
            exports: retentionDays > PLATFORM_BACKUP_DAYS,
          },
    maintenance: { day: spec.maintenance?.day ?? "sunday", hour: spec.maintenance?.hour ?? 3 },
    protection: { deletion: spec.protection?.deletion ?? common.environment !== "local" },
    observability: { alertEmails: spec.observability?.alertEmails ?? [] },
    mode: spec.mode ?? "split",
    dataHost: resolveDataHost(spec, common, region),
    parameters: Object.fromEntries(
      Object.entries({ ...PARAMETERS, ...lowerCased(spec.parameters ?? {}) })
        .map(([name, value]) => [name, parameterText(value)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

function lowerCased(wished: Readonly<Record<string, ParameterValue>>): Record<string, ParameterValue> {
  return Object.fromEntries(Object.entries(wished).map(([name, value]) => [name.toLowerCase(), value]));
}

/** In the order of the names. */
function resolveReplicas(spec: TopologySpec, region: string, primarys: Machine): ResolvedManagedServer[] {
  const wished = Object.entries(spec.replicas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return wished.map(([key, replica]) => ({
    key,
    part: replicaPart(key),
    region: replica.region ?? region,
    ...(replica.size === undefined ? primarys : machineOf(replica.size, MANAGED_SIZES)),
  }));
}

function resolveDataHost(spec: TopologySpec, common: CommonPart, region: string): ResolvedDataHost | undefined {
  const { data } = spec;
  if (data === undefined) return undefined;
  const machine = machineOf(data.size, DROPLET_SIZES);
  const bucketRegion = spec.backup?.enabled === false ? undefined : (spec.backup?.location ?? region);
  return {
    slug: machine.slug,
    diskGiB: data.diskGiB ?? 50,
    server: resolveDataServer(spec, common, machine, bucketRegion),
    sshKeys: spec.access?.ssh?.keys ?? [],
    sshSources: spec.access?.ssh?.sources ?? [],
    bucketRegion,
  };
}

function resolveDataServer(
  spec: TopologySpec,
  common: CommonPart,
  { cpus, memoryMiB }: Machine,
  bucketRegion: string | undefined,
): ResolvedSelfRun {
  const database = spec.data?.database ?? "data";
  const backup = resolveSelfRunBackup(
    { ...spec, backup: { ...spec.backup, schedule: spec.backup?.schedule ?? SCHEDULE } },
    { type: "bucket", region: bucketRegion ?? "" },
  );
  const writerPoolSize = spec.pooling?.writerPoolSize ?? WRITER_POOL_SIZE;
  return {
    name: `${common.name}-data`,
    version: common.version,
    database,
    roles: roleNames(database),
    size: { memoryMiB, cpus },
    primary: { key: "primary", part: "primary", port: 5432 },
    replicas: [],
    pooling: resolveSelfRunPooling({ ...spec, pooling: { ...spec.pooling, writerPoolSize } }, database, 6432),
    backup,
    tls: { minProtocolVersion: spec.tls?.minProtocolVersion ?? "TLSv1.3" },
    parameters: resolveParameters(
      {
        memoryMiB,
        maxSlotWalKeepMiB: spec.storage?.maxSlotWalKeepMiB ?? 4096,
        archiveTimeoutSeconds: backup?.archiveTimeoutSeconds,
        replicaCount: 0,
      },
      spec.data?.parameters ?? {},
    ),
  };
}

/** Where a standby is asked for, the smallest machine that can have one; if there is none, validation says so. */
function clusterMachine(wished: WishedSize, nodeCount: number): Machine {
  const machine = machineOf(wished, nodeCount === 1 ? MANAGED_SIZES : MANAGED_SIZES.filter(canHaveStandby));
  return machine.memoryMiB === 0 ? machineOf(wished, MANAGED_SIZES) : machine;
}

/** The machine by its name, or exactly of the asked size, or the smallest; without one, validation says which there are. */
function machineOf(wished: WishedSize, sizes: readonly Machine[]): Machine {
  const memoryMiB = wished?.memoryGiB === undefined ? undefined : wished.memoryGiB * MIB_PER_GIB;
  const found =
    wished?.tier === undefined
      ? machineOfSize(sizes, { cpus: wished?.cpus, memoryMiB })
      : sizes.find(({ slug }) => slug === wished.tier);
  if (found === undefined) return { slug: wished?.tier ?? "", cpus: 0, memoryMiB: 0 };
  return { slug: found.slug, cpus: found.cpus, memoryMiB: found.memoryMiB };
}
