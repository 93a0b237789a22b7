import { nearestNames } from "../../kernel/closest-name.ts";
import { notConfirmed, readAt, type Sourced } from "./limit.ts";

/** What a topology needs of a region. */
export type RegionProduct = keyof typeof PRODUCT_REGIONS;

/** Where a product can be had. */
interface ProductRegions extends Sourced {
  readonly title: string;
  readonly regions: readonly string[];
  /** The vendor's table has half a circle there: not every machine, or not everybody. */
  readonly partly: readonly string[];
}

/** A region of DigitalOcean. */
export interface DigitalOceanRegion {
  readonly region: string;
  readonly city: string;
}

const DOCS = "https://docs.digitalocean.com" as const;

/** The regions. Left out: mkc1 and mem1, which the table for PostgreSQL that was read does not have yet. */
export const DIGITALOCEAN_REGIONS: readonly DigitalOceanRegion[] = Object.entries({
  nyc1: "New York",
  nyc2: "New York",
  nyc3: "New York",
  ams3: "Amsterdam",
  sfo2: "San Francisco",
  sfo3: "San Francisco",
  sgp1: "Singapore",
  lon1: "London",
  fra1: "Frankfurt",
  tor1: "Toronto",
  blr1: "Bangalore",
  syd1: "Sydney",
  atl1: "Atlanta",
  ric1: "Richmond",
}).map(([region, city]) => ({ region, city }));

const OLDER = ["nyc1", "nyc2", "nyc3", "ams3", "sfo2", "sfo3", "sgp1", "lon1", "fra1", "tor1", "blr1", "syd1"];

/** Which product is where. */
export const PRODUCT_REGIONS = {
  /** The API's specification (2026-05-01) lists atl1 and ric1, too; this table had half a circle and nothing there. */
  managedPostgresql: {
    title: "managed PostgreSQL",
    regions: OLDER,
    partly: ["atl1"],
    provenance: readAt(`${DOCS}/products/databases/postgresql/details/availability/`, "2026-03-26"),
  },
  dataHost: {
    title: "Droplets and volumes",
    regions: [...OLDER, "atl1", "ric1"],
    partly: [],
    provenance: notConfirmed(`${DOCS}/platform/regional-availability/`, "known; the page was not read"),
  },
  /** The provider refuses every other. */
  spaces: {
    title: "Spaces",
    regions: ["nyc3", "ams3", "sfo2", "sfo3", "sgp1", "lon1", "fra1", "tor1", "blr1", "syd1", "atl1"],
    partly: [],
    provenance: readAt(
      "https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/digitalocean/spaces/spaces_entities.go",
      "2026-08-06",
    ),
  },
} as const satisfies Readonly<Record<string, ProductRegions>>;

/** Whether DigitalOcean has such a region. */
export function isDigitalOceanRegion(region: string): boolean {
  return DIGITALOCEAN_REGIONS.some((known) => known.region === region);
}

/** Whether a product can be had in a region, by somebody at least. */
export function regionHasProduct(region: string, product: RegionProduct): boolean {
  const { regions, partly }: ProductRegions = PRODUCT_REGIONS[product];
  return regions.includes(region) || partly.includes(region);
}

/** The other regions of the same city that have a product. */
export function sameCityWith(region: string, product: RegionProduct): string[] {
  const city = DIGITALOCEAN_REGIONS.find((known) => known.region === region)?.city;
  return DIGITALOCEAN_REGIONS.filter((other) => other.city === city && regionHasProduct(other.region, product)).map(
    (other) => other.region,
  );
}

/** The names of regions that a misspelt one is nearest to. */
export function nearestDigitalOceanRegions(region: string): string[] {
  return nearestNames(
    region,
    DIGITALOCEAN_REGIONS.map((known) => known.region),
  );
}
