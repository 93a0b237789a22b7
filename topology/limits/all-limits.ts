import {
  CLOUD_RUN_CPUS,
  CLOUD_RUN_MEMORY,
  CLOUD_RUN_RESERVED_VARIABLES,
  CLOUD_RUN_VARIABLE_LENGTH,
  DIRECT_VPC_EGRESS,
} from "./cloud-run.ts";
import { CONNECTION_LIMITS, CPUS_PER_MANAGED_POOLER, DEFAULT_MAX_CONNECTIONS } from "./cloud-sql-connections.ts";
import { EDITION_LIMITS } from "./cloud-sql-editions.ts";
import { DISK_LIMITS, INSTANCE_LIMITS } from "./cloud-sql-instances.ts";
import {
  BACKUP_MULTI_REGIONS,
  CLOUD_SQL_REGIONS,
  SHARED_DATA_CENTRE_REGIONS,
  ZONE_EXCEPTIONS,
} from "./cloud-sql-regions.ts";
import { CUSTOM_TIER_RULES, PREDEFINED_TIERS } from "./cloud-sql-tiers.ts";
import { CLUSTER_LIMITS, MANAGED_CONNECTIONS, MANAGED_SIZES, STORAGE_RANGES } from "./digitalocean.ts";
import { DROPLET_LIMITS, DROPLET_SIZES } from "./digitalocean-droplets.ts";
import { DIGITALOCEAN_NAMES, RESERVED_RANGES, VPC_PREFIX_LENGTH } from "./digitalocean-names.ts";
import { DIGITALOCEAN_RECOVERY } from "./digitalocean-recovery.ts";
import { PRODUCT_REGIONS } from "./digitalocean-regions.ts";
import {
  DOCKER_BRIDGE,
  KEY_PLACES,
  LABEL_LIMITS,
  NAME_LENGTHS,
  PRIVATE_ADDRESSES,
  SERVICES_BLOCK,
} from "./google-cloud.ts";
import {
  CLOUD_SQL_VERSIONS,
  LIMIT_TARGETS,
  type LimitTarget,
  POSTGRESQL_VERSIONS,
  versionSupport,
} from "./postgresql-versions.ts";
import { RECOVERY_ASSUMPTIONS } from "./recovery.ts";

/** Everything that the tables hold of Cloud SQL. */
export const CLOUD_SQL_LIMITS = {
  versions: CLOUD_SQL_VERSIONS,
  editions: EDITION_LIMITS,
  predefinedTiers: PREDEFINED_TIERS,
  customTierRules: CUSTOM_TIER_RULES,
  defaultMaxConnections: DEFAULT_MAX_CONNECTIONS,
  connections: CONNECTION_LIMITS,
  managedPoolers: { cpusPerPooler: CPUS_PER_MANAGED_POOLER },
  disks: DISK_LIMITS,
  instances: INSTANCE_LIMITS,
  regions: CLOUD_SQL_REGIONS,
  zoneExceptions: ZONE_EXCEPTIONS,
  sharedDataCentres: { regions: SHARED_DATA_CENTRE_REGIONS },
  backupMultiRegions: BACKUP_MULTI_REGIONS,
} as const;

/** Everything that the tables hold of Cloud Run. */
export const CLOUD_RUN_LIMITS = {
  cpus: { instance: CLOUD_RUN_CPUS },
  memory: CLOUD_RUN_MEMORY,
  reservedVariables: { service: CLOUD_RUN_RESERVED_VARIABLES },
  variables: { length: CLOUD_RUN_VARIABLE_LENGTH },
  directVpcEgress: DIRECT_VPC_EGRESS,
} as const;

/** What the services of the cloud have in common. */
export const GOOGLE_CLOUD_LIMITS = {
  nameLengths: NAME_LENGTHS,
  labels: { resource: LABEL_LIMITS },
  reservedAddresses: { dockerBridge: DOCKER_BRIDGE },
  privateAddresses: PRIVATE_ADDRESSES,
  servicesBlock: { region: SERVICES_BLOCK },
  keyPlaces: KEY_PLACES,
} as const;

/** Everything that the tables hold of DigitalOcean. */
export const DIGITALOCEAN_LIMITS = {
  managedSizes: MANAGED_SIZES,
  storageRanges: STORAGE_RANGES,
  clusters: CLUSTER_LIMITS,
  connections: { cluster: MANAGED_CONNECTIONS },
  dropletSizes: DROPLET_SIZES,
  dataHost: DROPLET_LIMITS,
  products: PRODUCT_REGIONS,
  names: DIGITALOCEAN_NAMES,
  vpc: { prefixLength: VPC_PREFIX_LENGTH },
  reservedRanges: RESERVED_RANGES,
  recovery: DIGITALOCEAN_RECOVERY,
} as const;

/** What is known of the limits of some targets, for machines: only the topics that concern them. */
export function limitsOf(targets: readonly LimitTarget[] = LIMIT_TARGETS) {
  return {
    postgresqlVersions: POSTGRESQL_VERSIONS.map((version) => ({
      ...version,
      targets: Object.fromEntries(targets.map((target) => [target, versionSupport(target, version.major)])),
    })),
    ...(targets.includes("gcp")
      ? {
          cloudSql: CLOUD_SQL_LIMITS,
          cloudRun: CLOUD_RUN_LIMITS,
          googleCloud: GOOGLE_CLOUD_LIMITS,
          recovery: RECOVERY_ASSUMPTIONS,
        }
      : {}),
    ...(targets.includes("digitalocean") ? { digitalOcean: DIGITALOCEAN_LIMITS } : {}),
  };
}
