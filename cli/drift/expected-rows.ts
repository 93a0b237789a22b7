import { GCP_TYPES } from "../../facts/from-plan/gcp/resource-types.ts";

/** A property that a cloud changes by itself. */
export interface ExpectedRow {
  /** The engine's type of the resource. */
  readonly type: string;
  /** A property, with its children. */
  readonly property: string;
  /** Begins with the event. */
  readonly because: string;
  readonly source: string;
  /** Whether the two values look like that event; any two do unless told. */
  readonly fits?: (was: unknown, now: unknown) => boolean;
}

const CLUSTER = "digitalocean:index/databaseCluster:DatabaseCluster";
const REPLICA = "digitalocean:index/databaseReplica:DatabaseReplica";

const CLOUD_SQL_HA = "https://cloud.google.com/sql/docs/postgres/high-availability";
const MOVED = "expected after a failover: the standby's zone is the primary's now, and stays so";
const NODE_MADE = "expected after a failover: the platform has made a node anew, and each node has its own address";
const STANDBY = "https://docs.digitalocean.com/products/databases/postgresql/how-to/add-standby-nodes/";

/** What is expected to change, by provider, with who says so. A property that is not here is drift. */
export const EXPECTED_ROWS: readonly ExpectedRow[] = [
  // Both zones swap: https://github.com/hashicorp/terraform-provider-google/issues/12099
  {
    type: GCP_TYPES.instance,
    property: "settings.locationPreference.zone",
    because: MOVED,
    source: CLOUD_SQL_HA,
    fits: isOtherZone,
  },
  {
    type: GCP_TYPES.instance,
    property: "settings.locationPreference.secondaryZone",
    because: MOVED,
    source: CLOUD_SQL_HA,
    fits: isOtherZone,
  },
  {
    type: GCP_TYPES.instance,
    property: "settings.diskSize",
    because: "expected as data grows: the disk has grown by itself, and never shrinks",
    source: "https://cloud.google.com/sql/docs/postgres/instance-settings",
    fits: hasGrown,
  },
  {
    type: GCP_TYPES.instance,
    property: "settings.version",
    because: "expected after every change: the cloud counts them, and what was changed is told on its own",
    source: "https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances",
    fits: hasGrown,
  },
  // That a standby is promoted is documented; what becomes of these addresses is not, and was not seen on an account.
  { type: CLUSTER, property: "metricsEndpoints", because: NODE_MADE, source: STANDBY, fits: isAsLong },
  {
    type: CLUSTER,
    property: "storageSizeMib",
    because: "expected as data grows: storage has grown by itself, and never shrinks",
    source:
      "https://github.com/digitalocean/openapi/blob/main/specification/resources/databases/models/database_storage_autoscale_params.yml",
    fits: hasGrown,
  },
  {
    type: REPLICA,
    property: "storageSizeMib",
    because: "expected as data grows: storage has grown by itself, and never shrinks",
    source:
      "https://github.com/digitalocean/openapi/blob/main/specification/resources/databases/models/database_storage_autoscale_params.yml",
    fits: hasGrown,
  },
];

/** Another zone of the same region: `europe-west1-b` is in `europe-west1`. A region never moves by itself. */
function isOtherZone(was: unknown, now: unknown): boolean {
  return typeof was === "string" && typeof now === "string" && regionOf(was) === regionOf(now);
}

function regionOf(zone: string): string {
  return zone.slice(0, zone.lastIndexOf("-"));
}

function hasGrown(was: unknown, now: unknown): boolean {
  return Number(now) > Number(was);
}

/** As many nodes as before. */
function isAsLong(was: unknown, now: unknown): boolean {
  return Array.isArray(was) && Array.isArray(now) && was.length === now.length;
}
