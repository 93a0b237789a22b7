import {
  isDigitalOceanRegion,
  nearestDigitalOceanRegions,
  PRODUCT_REGIONS,
  regionHasProduct,
  type RegionProduct,
  sameCityWith,
} from "../limits/digitalocean-regions.ts";
import type { Issue } from "../issue.ts";
import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import type { TopologySpec } from "../spec.ts";
import { didYouMean } from "./did-you-mean.ts";
import { type DigitalOceanRule, LISTED } from "./digitalocean-rule.ts";

interface NamedRegion {
  readonly where: string;
  readonly region: string;
}

/** Every region of a managed server that the user named. */
function namedRegions(topology: ResolvedDigitalOcean, spec: TopologySpec): NamedRegion[] {
  const replicas = topology.replicas
    .filter(({ key }) => spec.replicas?.[key]?.region !== undefined)
    .map(({ key, region }) => ({ where: `replicas.${key}.region`, region }));
  return [{ where: "region", region: topology.region }, ...replicas].filter(({ region }) => region !== "");
}

const regionIsNamed: DigitalOceanRule = ({ region }) => {
  if (region !== "") return [];
  return [
    {
      where: "region",
      got: "nothing",
      want: "the region of the cluster, such as nyc3",
      because: "where data lies is never guessed",
      fix: "set region",
    },
  ];
};

const regionExists: DigitalOceanRule = (topology, spec) =>
  [...namedRegions(topology, spec), ...bucketRegion(topology, spec)]
    .filter(({ region }) => !isDigitalOceanRegion(region))
    .map(({ where, region }) => ({
      where,
      got: region,
      want: "a region of DigitalOcean",
      fix: didYouMean(nearestDigitalOceanRegions(region), LISTED),
    }));

const regionHasManagedPostgresql: DigitalOceanRule = (topology, spec) =>
  namedRegions(topology, spec).flatMap((place) => productIssues(place, "managedPostgresql"));

const bucketRegionHasSpaces: DigitalOceanRule = (topology, spec) => {
  const { dataHost, region } = topology;
  if (dataHost?.bucketRegion === undefined) return [];
  const [named] = bucketRegion(topology, spec);
  if (named !== undefined) return productIssues(named, "spaces");
  return productIssues({ where: "backup.location", region }, "spaces").map((issue) => ({
    ...issue,
    got: `nothing, which is ${region}`,
  }));
};

// It has its own region's VPC: what reaches it does so from outside, as the data host does, or by a source that is named.
const replicaElsewhereHasSources: DigitalOceanRule = ({ replicas, region, sources, dataHost }) =>
  sources.length > 0 || dataHost !== undefined
    ? []
    : replicas
        .filter((replica) => replica.region !== region && region !== "")
        .map((replica) => ({
          where: `replicas.${replica.key}.region`,
          got: replica.region,
          want: `${region}, the primary's, without access.sources`,
          because: "a VPC ends with its region: nobody would reach the replica",
          fix: "remove it, or name in access.sources who reads from there",
        }));

/** The bucket's region where it is named; that of the data host needs no word of its own. */
function bucketRegion({ dataHost }: ResolvedDigitalOcean, { backup }: TopologySpec): NamedRegion[] {
  if (dataHost?.bucketRegion === undefined || backup?.location === undefined) return [];
  return [{ where: "backup.location", region: backup.location }];
}

/** What is not known to exist has another issue. */
function productIssues({ where, region }: NamedRegion, product: RegionProduct): Issue[] {
  if (!isDigitalOceanRegion(region) || regionHasProduct(region, product)) return [];
  const [nearest] = sameCityWith(region, product);
  return [
    {
      where,
      got: region,
      want: `a region with ${PRODUCT_REGIONS[product].title}`,
      because: `${region} has none`,
      fix: nearest === undefined ? LISTED : `use ${nearest}`,
    },
  ];
}

/** Where things are. */
export const DIGITALOCEAN_PLACE_RULES = {
  regionIsNamed,
  regionExists,
  regionHasManagedPostgresql,
  bucketRegionHasSpaces,
  replicaElsewhereHasSources,
} satisfies Readonly<Record<string, DigitalOceanRule>>;
