import type { PlannedResource } from "../../facts/from-plan/planned-resource.ts";

/** What the cloud adds to what was asked for. */
export interface MadeByCloud {
  readonly state?: string;
  /** RFC 3339. */
  readonly createTime?: string | undefined;
  readonly host: string;
  readonly privateAddress?: string;
  /** PEM. */
  readonly caCertificate: string;
}

type Json = Record<string, unknown>;

/**
 * What `instances.get` answers for an instance that was made as planned: the provider's words in the API's.
 * @see https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/instances
 */
export function answerOf({ props }: Pick<PlannedResource, "props">, made: MadeByCloud): Json {
  const { settings, ...instance } = props as Json & { settings: Json };
  const isPrimary = instance.masterInstanceName === undefined;
  return {
    kind: "sql#instance",
    name: instance.name,
    project: instance.project,
    createTime: made.createTime ?? "2026-10-01T08:00:00.000Z",
    region: instance.region,
    databaseVersion: instance.databaseVersion,
    databaseInstalledVersion: `${String(instance.databaseVersion)}_6`,
    instanceType: instance.instanceType,
    ...(!isPrimary && { masterInstanceName: `${String(instance.project)}:${String(instance.masterInstanceName)}` }),
    ...(instance.replicationCluster !== undefined && { replicationCluster: instance.replicationCluster }),
    state: made.state ?? "RUNNABLE",
    ipAddresses: [{ type: "PRIVATE", ipAddress: made.privateAddress ?? "10.0.0.2" }],
    dnsNames: [
      {
        name: `${made.host}.`,
        connectionType: "PRIVATE_SERVICES_ACCESS",
        dnsScope: "INSTANCE",
        recordManager: "CUSTOMER",
      },
    ],
    serverCaCert: { kind: "sql#sslCert", cert: made.caCertificate, commonName: "C=US,O=Google" },
    settings: settingsOf(settings),
  };
}

/** 64-bit numbers are texts, blocks that hold one thing are lists or the other way round, and some have other names. */
function settingsOf(settings: Json): Json {
  const {
    connectionPoolConfigs,
    denyMaintenancePeriod,
    diskAutoresize,
    diskAutoresizeLimit,
    diskSize,
    diskType,
    ...rest
  } = settings;
  const [pool] = (connectionPoolConfigs ?? []) as Json[];
  return {
    ...rest,
    kind: "sql#settings",
    storageAutoResize: diskAutoresize,
    storageAutoResizeLimit: String(diskAutoresizeLimit),
    dataDiskSizeGb: String(typeof diskSize === "number" ? diskSize : 10),
    dataDiskType: diskType,
    ...(pool !== undefined && { connectionPoolConfig: { ...pool, poolerCount: 1 } }),
    ...(denyMaintenancePeriod !== undefined && { denyMaintenancePeriods: [denyMaintenancePeriod] }),
  };
}
