import type { CloudSqlEdition } from "./cloud-sql-editions.ts";
import { CLOUD_SQL_DOCS, notConfirmed, readAt, type Sourced } from "./limit.ts";
import { nearestNames } from "../../kernel/closest-name.ts";

/** Parts of the world; within one, a second region is near and the data stays there. */
export type Area =
  "africa" | "asia" | "australia" | "europe" | "middle-east" | "north-america" | "south-america" | "united-states";

/** A region of Cloud SQL. */
export interface CloudSqlRegion extends Sourced {
  readonly region: string;
  readonly city: string;
  readonly area: Area;
  /** Whether it has ENTERPRISE_PLUS; `undefined` where no page that was read says so. */
  readonly hasEnterprisePlus: boolean | undefined;
}

/** Zones that a region has, where they are not a, b and c. */
export interface ZoneException extends Sourced {
  readonly region: string;
  readonly letters: readonly string[];
}

/** A place for backups that spans regions. */
export interface BackupMultiRegion extends Sourced {
  readonly location: string;
  readonly area: Area;
}

type Evidence = Pick<CloudSqlRegion, "hasEnterprisePlus" | "provenance">;

const AVAILABILITY = `${CLOUD_SQL_DOCS}/region-availability-overview` as const;
/** The lists of instance-settings, one for each edition; region-availability-overview has replaced them since. */
const BOTH: Evidence = {
  hasEnterprisePlus: true,
  provenance: readAt(`${CLOUD_SQL_DOCS}/instance-settings#region-2ndgen`),
};
/**
 * The table for ENTERPRISE of region-availability-overview, read on its pages for MySQL and SQL Server; the one for
 * ENTERPRISE_PLUS was not.
 */
const AT_LEAST_ENTERPRISE: Evidence = { hasEnterprisePlus: undefined, provenance: readAt(AVAILABILITY) };
const PRICED: Evidence = {
  hasEnterprisePlus: undefined,
  provenance: notConfirmed(AVAILABILITY, "it has prices since 2025-09; a list of regions as new was not read"),
};
const ZONES = "https://docs.cloud.google.com/compute/docs/regions-zones";
const USUAL_LETTERS = ["a", "b", "c"] as const;

/** The regions. Left out: us-east7 and us-west8, which have prices and are in no list that was read. */
export const CLOUD_SQL_REGIONS: readonly CloudSqlRegion[] = [
  ...rows("africa", { "africa-south1": "Johannesburg" }),
  ...rows("asia", {
    "asia-east1": "Taiwan",
    "asia-east2": "Hong Kong",
    "asia-northeast1": "Tokyo",
    "asia-northeast2": "Osaka",
    "asia-northeast3": "Seoul",
    "asia-south1": "Mumbai",
    "asia-south2": "Delhi",
    "asia-southeast1": "Singapore",
    "asia-southeast2": "Jakarta",
  }),
  ...rows("asia", { "asia-southeast3": "Bangkok" }, PRICED),
  ...rows("australia", { "australia-southeast1": "Sydney", "australia-southeast2": "Melbourne" }),
  ...rows("europe", {
    "europe-central2": "Warsaw",
    "europe-north1": "Finland",
    "europe-southwest1": "Madrid",
    "europe-west1": "Belgium",
    "europe-west2": "London",
    "europe-west3": "Frankfurt",
    "europe-west4": "Netherlands",
    "europe-west6": "Zürich",
    "europe-west8": "Milan",
    "europe-west9": "Paris",
    "europe-west10": "Berlin",
    "europe-west12": "Turin",
  }),
  ...rows("europe", { "europe-north2": "Stockholm" }, AT_LEAST_ENTERPRISE),
  ...rows("middle-east", { "me-central1": "Doha", "me-central2": "Dammam", "me-west1": "Tel Aviv" }),
  ...rows("north-america", { "northamerica-northeast1": "Montréal", "northamerica-northeast2": "Toronto" }),
  ...rows("north-america", { "northamerica-south1": "Querétaro" }, AT_LEAST_ENTERPRISE),
  ...rows("south-america", { "southamerica-east1": "São Paulo", "southamerica-west1": "Santiago" }),
  ...rows("united-states", {
    "us-central1": "Iowa",
    "us-east1": "South Carolina",
    "us-east4": "Northern Virginia",
    "us-east5": "Columbus",
    "us-south1": "Dallas",
    "us-west1": "Oregon",
    "us-west2": "Los Angeles",
    "us-west3": "Salt Lake City",
    "us-west4": "Las Vegas",
  }),
  ...rows("united-states", { "us-central2": "Oklahoma" }, AT_LEAST_ENTERPRISE),
];

/** Regions whose zones are not a, b and c. */
export const ZONE_EXCEPTIONS: readonly ZoneException[] = [
  { region: "us-central1", letters: ["a", "b", "c", "f"], provenance: readAt(ZONES) },
  { region: "europe-west1", letters: ["b", "c", "d"], provenance: readAt(ZONES) },
  {
    region: "us-east1",
    letters: ["b", "c", "d"],
    provenance: notConfirmed(ZONES, "its line of the vendor's table was not read; others who copied the table agree"),
  },
];

/**
 * Regions with three zones in fewer than three data centres: high availability there outlives a zone, perhaps not a
 * building.
 */
export const SHARED_DATA_CENTRE_REGIONS = {
  regions: ["asia-northeast2", "northamerica-northeast1", "northamerica-south1"],
  provenance: readAt(ZONES),
} as const satisfies Sourced & { regions: readonly string[] };

/** Places for backups that span regions; unless told, backups lie in the one that is geographically nearest. */
export const BACKUP_MULTI_REGIONS: readonly BackupMultiRegion[] = (
  [
    ["us", "united-states"],
    ["eu", "europe"],
    ["asia", "asia"],
  ] as const
).map(([location, area]) => ({
  location,
  area,
  provenance: notConfirmed(`${CLOUD_SQL_DOCS}/backup-recovery/backups`, "known, the page's list of them was not read"),
}));

/** Whether Cloud SQL has such a region. */
export function isRegion(region: string): boolean {
  return regionOf(region) !== undefined;
}

/** The part of the world that a region is in; `undefined` for a name that is none. */
export function areaOf(region: string): Area | undefined {
  return regionOf(region)?.area;
}

/** Whether a region has an edition; `undefined` where no page that was read says so. No region: false. */
export function regionHasEdition(region: string, edition: CloudSqlEdition): boolean | undefined {
  const known = regionOf(region);
  if (known === undefined) return false;
  return edition === "ENTERPRISE" ? true : known.hasEnterprisePlus;
}

/** The zones of a region by name, as in `europe-west1-b`; none for a name that is no region. */
export function zonesOf(region: string): string[] {
  if (!isRegion(region)) return [];
  const letters = ZONE_EXCEPTIONS.find((exception) => exception.region === region)?.letters ?? USUAL_LETTERS;
  return letters.map((letter) => `${region}-${letter}`);
}

/** Other regions of the same part of the world: where a disaster recovery copy keeps the data on the continent. */
export function pairRegionsOf(region: string): string[] {
  const area = areaOf(region);
  return CLOUD_SQL_REGIONS.filter((other) => other.area === area && other.region !== region).map(
    (other) => other.region,
  );
}

/** The names of regions that a misspelt one is nearest to. */
export function nearestRegions(region: string): string[] {
  return nearestNames(
    region,
    CLOUD_SQL_REGIONS.map((known) => known.region),
  );
}

function regionOf(region: string): CloudSqlRegion | undefined {
  return CLOUD_SQL_REGIONS.find((known) => known.region === region);
}

function rows(area: Area, cities: Readonly<Record<string, string>>, evidence: Evidence = BOTH): CloudSqlRegion[] {
  return Object.entries(cities).map(([region, city]) => ({ region, city, area, ...evidence }));
}
