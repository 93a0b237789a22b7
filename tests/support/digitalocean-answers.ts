import { clusterArgument } from "../../topology/parameters/digitalocean-values.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { openPorts, trustedSources } from "../../topology/trusted-sources.ts";
import type { DigitalOceanPlace } from "../../facts/from-live/digitalocean/platform-access.ts";

const VPC = "d455e75d-4858-4eec-8c95-da2f0a5f93a7";
const HOUR_MS = 3_600_000;
/** In every answer that has one: nothing of it may be kept. */
export const ANSWERED_PASSWORD = "password-in-an-answer-77f0";

/** What DigitalOcean's API answers of a stack that was made as asked, by path. */
export function answersOf(topology: ResolvedDigitalOcean, place: DigitalOceanPlace, now: Date): Map<string, unknown> {
  const { clusterId: id, dropletId, replicaIds } = place;
  const { cidr } = topology.network;
  const rules = trustedSources(topology, { cidr, dataHostId: dropletId }).map((rule, at) => ({
    uuid: `rule-${at}`,
    cluster_uuid: id,
    ...rule,
  }));
  const users = (["administrator", "owner", "readWrite", "readOnly", "monitoring"] as const).map((role) => ({
    name: topology.roles[role],
    role: role === "administrator" ? "primary" : "normal",
    password: ANSWERED_PASSWORD,
  }));
  const connection = {
    uri: `postgresql://doadmin:${ANSWERED_PASSWORD}@h:25060/defaultdb`,
    password: ANSWERED_PASSWORD,
  };
  return new Map<string, unknown>([
    [`databases/${id}`, { database: { ...clusterOf(topology, id, now), users, connection } }],
    [`databases/${id}/autoscale`, { autoscale: { storage: { enabled: topology.storage.autoscale } } }],
    [`databases/${id}/config`, { config: configOf(topology) }],
    [`databases/${id}/firewall`, { rules }],
    [`databases/${id}/pools`, { pools: poolsOf(topology).map((pool) => ({ ...pool, connection })) }],
    [
      `databases/${id}/replicas`,
      { replicas: topology.replicas.map((replica) => replicaOf(replica, replicaIds, connection)) },
    ],
    [`databases/${id}/users`, { users }],
    [`databases/${id}/backups`, backupsOf(topology, now)],
    ...Object.values(replicaIds).map((replica): [string, unknown] => [`databases/${replica}/firewall`, { rules }]),
    [`vpcs/${VPC}`, { vpc: { id: VPC, ip_range: cidr, region: topology.region } }],
    ...dropletOf(topology, dropletId),
  ]);
}

function clusterOf({ maintenance, nodeCount, primary, version }: ResolvedDigitalOcean, id: string, now: Date) {
  return {
    id,
    name: "cluster",
    engine: "pg",
    version: String(version),
    num_nodes: nodeCount,
    size: primary.slug,
    region: primary.region,
    status: "online",
    created_at: new Date(now.getTime() - 100 * HOUR_MS).toISOString(),
    private_network_uuid: VPC,
    maintenance_window: { day: maintenance.day, hour: `${String(maintenance.hour).padStart(2, "0")}:00:00` },
    storage_size_mib: 30_720,
  };
}

/** In the API's units; among them is what nobody asked for. */
function configOf({ parameters, version }: ResolvedDigitalOcean): Record<string, unknown> {
  const asked = Object.entries(parameters).map(([name, text]) => [name, clusterArgument(version, name, text)?.value]);
  return { autovacuum_naptime: 60, jit: true, ...Object.fromEntries(asked) } as Record<string, unknown>;
}

function poolsOf({ database, pooling, roles }: ResolvedDigitalOcean) {
  if (pooling === undefined) return [];
  const { mode, writerPool, writerPoolSize } = pooling;
  return [{ name: writerPool, mode, size: writerPoolSize, db: database, user: roles.readWrite }];
}

function replicaOf(
  { key, region, slug }: ResolvedDigitalOcean["replicas"][number],
  ids: DigitalOceanPlace["replicaIds"],
  connection: object,
) {
  return { id: ids[key], name: key, region, size: slug, status: "online", private_network_uuid: VPC, connection };
}

function backupsOf({ backup }: ResolvedDigitalOcean, now: Date) {
  const [hour, minute] = (backup?.schedule ?? "02:00").split(":").map(Number);
  return {
    backups: [30, 6].map((hours) => ({
      created_at: new Date(now.getTime() - hours * HOUR_MS).toISOString(),
      size_gigabytes: 0.03,
    })),
    scheduled_backup_time: { backup_hour: hour, backup_minute: minute, backup_interval_hours: 24 },
  };
}

function dropletOf(topology: ResolvedDigitalOcean, id: string | undefined): [string, unknown][] {
  const { dataHost, network, region } = topology;
  if (id === undefined || dataHost === undefined) return [];
  const inbound_rules = openPorts(topology, network).map(({ port, sources }) => ({
    protocol: "tcp",
    ports: String(port),
    sources: { addresses: sources },
  }));
  const droplet = {
    id: Number(id),
    status: "active",
    size_slug: dataHost.slug,
    region: { slug: region },
    vpc_uuid: VPC,
    volume_ids: ["506f78a4-e098-11e5-ad9f-000f53306ae1"],
  };
  return [
    [`droplets/${id}`, { droplet }],
    [`droplets/${id}/firewalls`, { firewalls: [{ id: "firewall", status: "succeeded", inbound_rules }] }],
  ];
}
