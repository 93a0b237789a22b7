import type { ResourceTable, ResourceTables } from "../resource-table.ts";
import * as around from "./digitalocean/around.ts";
import { CLUSTER, REPLICA } from "./digitalocean/cluster.ts";
import { DATABASE, ONLINE_MIGRATION, POOL, TRUSTED, USER } from "./digitalocean/contents.ts";
import { DROPLET, DROPLET_SNAPSHOT, VOLUME, VOLUME_ATTACHMENT, VOLUME_SNAPSHOT } from "./digitalocean/machines.ts";
import { FIREWALL, RESERVED_IP, RESERVED_IPV6, VPC, VPC_PEERING } from "./digitalocean/network.ts";
import { ADVANCED_POSTGRESQL_CONFIG, OTHER_CONFIG, POSTGRESQL_CONFIG } from "./digitalocean/server-config.ts";
import * as spaces from "./digitalocean/spaces.ts";

/** By the resource's class. */
const BY_CLASS: Readonly<Record<string, ResourceTable>> = {
  DatabaseCluster: CLUSTER,
  DatabaseReplica: REPLICA,
  DatabaseConnectionPool: POOL,
  DatabaseDb: DATABASE,
  DatabaseUser: USER,
  DatabaseFirewall: TRUSTED,
  DatabasePostgresqlConfig: POSTGRESQL_CONFIG,
  DatabaseAdvancedPostgresqlConfig: ADVANCED_POSTGRESQL_CONFIG,
  DatabaseMysqlConfig: OTHER_CONFIG,
  DatabaseAdvancedMysqlConfig: OTHER_CONFIG,
  DatabaseMongodbConfig: OTHER_CONFIG,
  DatabaseRedisConfig: OTHER_CONFIG,
  DatabaseValkeyConfig: OTHER_CONFIG,
  DatabaseOpensearchConfig: OTHER_CONFIG,
  DatabaseOnlineMigration: ONLINE_MIGRATION,
  DatabaseLogsinkRsyslog: around.LOGSINK_RSYSLOG,
  Droplet: DROPLET,
  DropletSnapshot: DROPLET_SNAPSHOT,
  Volume: VOLUME,
  VolumeAttachment: VOLUME_ATTACHMENT,
  VolumeSnapshot: VOLUME_SNAPSHOT,
  Firewall: FIREWALL,
  ReservedIp: RESERVED_IP,
  ReservedIpAssignment: RESERVED_IP,
  ReservedIpv6: RESERVED_IPV6,
  ReservedIpv6Assignment: RESERVED_IPV6,
  Vpc: VPC,
  VpcPeering: VPC_PEERING,
  SpacesBucket: spaces.BUCKET,
  SpacesBucketPolicy: spaces.BUCKET_POLICY,
  SpacesKey: spaces.SPACES_KEY,
  SpacesBucketCorsConfiguration: spaces.BUCKET_CORS,
  SpacesBucketLogging: spaces.BUCKET_LOGGING,
  Project: around.PROJECT,
  ProjectResources: around.PROJECT_RESOURCES,
  SshKey: around.SSH_KEY,
  Tag: around.TAG,
  Certificate: around.CERTIFICATE,
  UptimeAlert: around.UPTIME_ALERT,
  UptimeCheck: around.UPTIME_CHECK,
  MonitorAlert: around.MONITOR_ALERT,
  App: around.APP,
};

/** What changes of resources of this provider do to a database. */
export const DIGITALOCEAN_TABLES: ResourceTables = Object.fromEntries(
  Object.entries(BY_CLASS).map(([name, table]) => [
    `digitalocean:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`,
    table,
  ]),
);
