import { replicaPart } from "./names.ts";
import { tlsCheckOf } from "./pooling-access.ts";
import type { CommonPart } from "./resolve.ts";
import { resolveFlags } from "./resolve-flags.ts";
import { resolveInstanceSize } from "./resolve-instance-size.ts";
import type {
  ManagedPooling,
  ResolvedAccess,
  ResolvedCloudBackup,
  ResolvedCloudReplica,
  ResolvedGcp,
  ResolvedMaintenance,
  ResolvedService,
  SidecarPooling,
} from "./resolved-gcp.ts";
import type { TopologySpec } from "./spec.ts";

/** What later defaults follow from. */
interface GcpBasis extends CommonPart {
  readonly edition: ResolvedGcp["edition"];
  readonly region: string;
  readonly isProd: boolean;
}

/** The defaults of a topology on Cloud SQL: safe unless a word says otherwise, and cheap outside prod. */
export function resolveGcp(spec: TopologySpec, common: CommonPart): ResolvedGcp {
  const basis: GcpBasis = {
    ...common,
    edition: spec.edition ?? "enterprise",
    // Without a region validation refuses; nothing is guessed.
    region: spec.region ?? "",
    isProd: common.environment === "prod",
  };
  const pooling = resolvePooling(spec, basis.edition);
  const diskGiB = spec.storage?.diskGiB ?? 20;
  return {
    ...common,
    target: "gcp",
    region: basis.region,
    edition: basis.edition,
    highAvailability: spec.highAvailability ?? basis.isProd,
    storage: {
      diskGiB,
      maxDiskGiB: spec.storage?.maxDiskGiB ?? 4 * diskGiB,
      diskType: spec.storage?.diskType ?? "ssd",
    },
    primary: {
      key: "primary",
      part: "primary",
      region: basis.region,
      ...resolveInstanceSize(basis.edition, spec.size),
    },
    replicas: resolveReplicas(spec, basis),
    network: {
      existing: spec.access?.network?.existing,
      subnet: spec.access?.network?.subnet,
      subnetCidr: spec.access?.network?.subnetCidr ?? "10.100.0.0/24",
      connection: spec.access?.network?.connection ?? "private-services-access",
      servicesPrefixLength: spec.access?.network?.servicesPrefixLength ?? 20,
    },
    access: resolveAccess(spec, pooling?.kind),
    pooling,
    backup: resolveBackup(spec, basis),
    maintenance: resolveMaintenance(spec, basis),
    protection: {
      deletion: spec.protection?.deletion ?? basis.environment !== "local",
      finalBackupDays: spec.protection?.finalBackupDays ?? 30,
    },
    observability: {
      queryInsights: spec.observability?.queryInsights ?? true,
      labels: spec.observability?.labels ?? {},
    },
    service: resolveService(spec, basis),
    parameters: resolveFlags(basis.version, spec.parameters ?? {}),
  };
}

/** In the order of the names. */
function resolveReplicas(spec: TopologySpec, { edition, region }: GcpBasis): ResolvedCloudReplica[] {
  const wished = Object.entries(spec.replicas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return wished.map(([key, replica]) => ({
    key,
    part: replicaPart(key),
    purpose: replica.purpose ?? "read",
    region: replica.region ?? region,
    ...resolveInstanceSize(edition, replica.size ?? spec.size),
  }));
}

function resolveAccess({ access }: TopologySpec, pooling: "managed" | "sidecar" | undefined): ResolvedAccess {
  const path = access?.path ?? "private-address";
  // The socket knows no other authority: see pooling-access.ts.
  const certificateAuthority = access?.certificateAuthority ?? (path === "socket" ? "per-instance" : "shared");
  return {
    path,
    login: access?.login ?? (pooling === "sidecar" ? "password" : "iam"),
    certificateAuthority,
    certificateAuthorityPool: access?.certificateAuthorityPool,
    tlsMode: tlsCheckOf(certificateAuthority).mode,
    verification: access?.verification,
  };
}

function resolvePooling(
  { pooling }: TopologySpec,
  edition: ResolvedGcp["edition"],
): ManagedPooling | SidecarPooling | undefined {
  const kind = pooling?.kind ?? (edition === "enterprise-plus" ? "managed" : undefined);
  // A container beside the servers is what this target lacks; capabilities.ts says so.
  if (pooling?.enabled === false || kind === undefined || kind === "container") return undefined;
  const size = (managed: number, sidecar: number): number => (kind === "managed" ? managed : sidecar);
  const sizes = {
    mode: pooling?.mode ?? "transaction",
    writerPoolSize: pooling?.writerPoolSize ?? size(20, 5),
    readerPoolSize: pooling?.readerPoolSize ?? size(15, 5),
    maxClients: pooling?.maxClients ?? 500,
    maxPreparedStatements: pooling?.maxPreparedStatements ?? 200,
  } as const;
  return kind === "managed" ? { kind, ...sizes } : { kind, ...sizes, image: pooling?.image };
}

function resolveBackup({ backup }: TopologySpec, { isProd }: GcpBasis): ResolvedCloudBackup | undefined {
  if (backup?.enabled === false) return undefined;
  const copy = backup?.secondCopy;
  return {
    schedule: backup?.schedule ?? "02:00",
    retentionDays: backup?.retentionDays ?? (isProd ? 30 : 14),
    pointInTimeDays: backup?.pointInTimeDays ?? 7,
    location: backup?.location,
    secondCopy: copy && {
      location: copy.location,
      schedule: copy.schedule ?? "06:30",
      retentionDays: copy.retentionDays ?? 30,
      softDeleteDays: copy.softDeleteDays ?? 14,
      encryptionKey: copy.encryptionKey,
    },
  };
}

function resolveMaintenance({ maintenance }: TopologySpec, { isProd }: GcpBasis): ResolvedMaintenance {
  return {
    day: maintenance?.day ?? "sunday",
    hour: maintenance?.hour ?? 3,
    track: maintenance?.track ?? (isProd ? "stable" : "canary"),
    freeze: maintenance?.freeze ?? [],
  };
}

function resolveService({ service }: TopologySpec, { isProd }: GcpBasis): ResolvedService | undefined {
  return (
    service && {
      image: service.image,
      port: service.port ?? 8080,
      minInstances: service.minInstances ?? (isProd ? 1 : 0),
      maxInstances: service.maxInstances ?? 5,
      concurrency: service.concurrency ?? 80,
      cpus: service.cpus ?? 1,
      memoryMiB: service.memoryMiB ?? 512,
      healthPath: service.healthPath ?? "/healthz",
      public: service.public ?? false,
      // A list in the cloud: in another order, it is another revision of the service.
      environment: Object.fromEntries(Object.entries(service.environment ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
    }
  );
}
