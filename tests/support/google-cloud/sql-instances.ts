import { createHash } from "node:crypto";
import { add, ApiError, found, type Json, part, type Route, route, text, type World } from "./area.ts";
import { completeSettings } from "./sql-settings.ts";

const ROOT = "/sql/v1beta4/projects/{project}";

/** Instances by name, as `instances.get` tells them. */
export type Instances = Map<string, Json>;

/** An operation that has ended: whoever waits for it does not. */
export function sqlOperation(world: World, operationType: string, targetId: string): Json {
  const name = createHash("sha256").update(`${operationType}/${targetId}/${Math.random()}`).digest("hex").slice(0, 32);
  return {
    kind: "sql#operation",
    name,
    operationType,
    status: "DONE",
    targetId,
    targetProject: world.project,
    targetLink: `${world.origin}/sql/v1beta4/projects/${world.project}/instances/${targetId}`,
  };
}

/** https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/instances */
export function sqlInstances(world: World, instances: Instances, backupRuns: readonly unknown[]): Route[] {
  const one = `${ROOT}/instances/{name}`;
  const operation = (type: string, name: string): Json => sqlOperation(world, type, name);
  return [
    route("POST", `${ROOT}/instances`, ({ body }) => operation("CREATE", insert(world, instances, body))),
    route("GET", one, (_, [, name = ""]) => found(instances, name)),
    route("PATCH", one, ({ body }, [, name = ""]) => {
      const settings = { ...part(found(instances, name), "settings"), ...part(body, "settings") };
      return operation("UPDATE", update(instances, name, { ...body, settings }));
    }),
    route("PUT", one, ({ body }, [, name = ""]) => operation("UPDATE", update(instances, name, body))),
    route("DELETE", one, (_, [, name = ""]) => operation("DELETE", remove(instances, name))),
    route("GET", `${one}/backupRuns`, (_, [, name = ""]) => {
      found(instances, name);
      return { kind: "sql#backupRunsList", items: backupRuns };
    }),
    route("GET", `${ROOT}/operations/{operation}`, (_, [, name = ""]) => ({
      kind: "sql#operation",
      name,
      status: "DONE",
    })),
  ];
}

function insert(world: World, instances: Instances, body: Json): string {
  const { project, projectNumber } = world;
  const [name, region, master] = [text(body, "name"), text(body, "region"), text(body, "masterInstanceName")];
  const asked = part(body, "settings");
  if (text(part(body, "replicationCluster"), "failoverDrReplicaName") !== "") {
    throw new ApiError(400, "Invalid request: a DR replica can be designated once the primary and the replica exist.");
  }
  const primary = master === "" ? undefined : found(instances, bare(master));
  if (primary !== undefined && part(asked, "backupConfiguration").enabled === true) {
    throw new ApiError(400, "Invalid request: backups can't be enabled on a read replica.");
  }
  const unique = hash(name, 12);
  const host = `${unique}.${hash(project, 12)}.${region}.sql-psa.goog.`;
  const writeEndpoint = `${unique}.${hash(project, 12)}.global.sql-psa.goog.`;
  const hasWriteEndpoint = primary === undefined && asked.edition === "ENTERPRISE_PLUS";
  add(instances, name, {
    kind: "sql#instance",
    backendType: "SECOND_GEN",
    name,
    project,
    region,
    state: "RUNNABLE",
    databaseVersion: body.databaseVersion,
    databaseInstalledVersion: `${text(body, "databaseVersion")}_6`,
    maintenanceVersion: `${text(body, "databaseVersion")}_6.R20261001.01_00`,
    instanceType: primary === undefined ? "CLOUD_SQL_INSTANCE" : "READ_REPLICA_INSTANCE",
    ...(primary !== undefined && { masterInstanceName: `${project}:${bare(master)}` }),
    connectionName: `${project}:${region}:${name}`,
    // A server that is this old misses its first backup, or doesn't.
    createTime: new Date().toISOString(),
    etag: hash(`${name}/1`, 40),
    gceZone: `${region}-b`,
    ipAddresses: [{ type: "PRIVATE", ipAddress: `10.20.0.${instances.size + 3}` }],
    dnsNames: [
      { name: host, connectionType: "PRIVATE_SERVICES_ACCESS", dnsScope: "INSTANCE", recordManager: "CUSTOMER" },
      ...(hasWriteEndpoint
        ? [
            {
              name: writeEndpoint,
              connectionType: "PRIVATE_SERVICES_ACCESS",
              dnsScope: "CLUSTER",
              recordManager: "CLOUD_SQL_AUTOMATION",
            },
          ]
        : []),
    ],
    ...(hasWriteEndpoint && { replicationCluster: { psaWriteEndpoint: writeEndpoint } }),
    selfLink: `${world.origin}/sql/v1beta4/projects/${project}/instances/${name}`,
    serverCaCert: {
      kind: "sql#sslCert",
      cert: world.caCertificate,
      certSerialNumber: "0",
      commonName: `C=US,O=Google,CN=${name}`,
      createTime: "2026-11-21T10:00:00.000Z",
      expirationTime: "2036-11-19T10:00:00.000Z",
      instance: name,
      sha1Fingerprint: hash(`${name}/ca`, 40),
    },
    serviceAccountEmailAddress: `p${projectNumber}-${hash(name, 6)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
    sqlNetworkArchitecture: "NEW_NETWORK_ARCHITECTURE",
    settings: {
      ...completeSettings(asked, { region, primary: primary && part(primary, "settings") }),
      settingsVersion: "1",
    },
  });
  if (primary !== undefined) primary.replicaNames = [...replicaNames(primary), name];
  return name;
}

/** What is not in the body goes back to its default: https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1beta4/instances/update */
function update(instances: Instances, name: string, body: Json): string {
  const instance = found(instances, name);
  const [before, asked] = [part(instance, "settings"), part(body, "settings")];
  if (asked.settingsVersion !== undefined && asked.settingsVersion !== before.settingsVersion) {
    throw new ApiError(412, "Condition does not match.", "staleData");
  }
  const sizes = [before, asked].map(({ dataDiskSizeGb }) => Number(dataDiskSizeGb ?? 0)) as [number, number];
  if (sizes[1] !== 0 && sizes[1] < sizes[0]) throw new ApiError(400, "Invalid request: a disk can't become smaller.");
  if (body.replicationCluster !== undefined) designate(instances, instance, part(body, "replicationCluster"));
  instance.settings = {
    ...completeSettings(
      { ...asked, dataDiskSizeGb: String(Math.max(...sizes)) },
      { region: text(instance, "region"), primary: undefined },
    ),
    settingsVersion: String(Number(before.settingsVersion) + 1),
  };
  instance.etag = hash(`${name}/${String((instance.settings as Json).settingsVersion)}`, 40);
  return name;
}

/** https://cloud.google.com/sql/docs/postgres/use-advanced-disaster-recovery */
function designate(instances: Instances, primary: Json, asked: Json): void {
  const name = bare(text(asked, "failoverDrReplicaName"));
  for (const other of replicaNames(primary)) {
    const replica = found(instances, other);
    if (other === name) replica.replicationCluster = { drReplica: true };
    else delete replica.replicationCluster;
  }
  if (name !== "") {
    const replica = found(instances, name);
    if (!replicaNames(primary).includes(name) || replica.region === primary.region) {
      throw new ApiError(400, `Invalid request: ${name} is no replica of the primary in another region.`);
    }
  }
  const project = text(primary, "project");
  const { failoverDrReplicaName: _, ...rest } = part(primary, "replicationCluster");
  primary.replicationCluster = { ...rest, ...(name !== "" && { failoverDrReplicaName: `${project}:${name}` }) };
}

function remove(instances: Instances, name: string): string {
  const instance = found(instances, name);
  if (part(instance, "settings").deletionProtectionEnabled === true) {
    throw new ApiError(400, "The instance is protected. Please disable the deletion protection and try again.");
  }
  if (replicaNames(instance).length > 0) throw new ApiError(400, "The instance has replicas.");
  const primary = instances.get(bare(text(instance, "masterInstanceName")));
  if (primary !== undefined) primary.replicaNames = replicaNames(primary).filter((other) => other !== name);
  instances.delete(name);
  return name;
}

function replicaNames({ replicaNames: names }: Json): readonly string[] {
  return (names ?? []) as readonly string[];
}

/** Without its project. */
function bare(name: string): string {
  return name.split(":").at(-1) ?? "";
}

function hash(of: string, length: number): string {
  return createHash("sha256").update(of).digest("hex").slice(0, length);
}
