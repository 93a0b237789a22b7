// That the cloud has what the tables of regions say is not proven here.
import { describe } from "mocha";
import { DIGITALOCEAN_PLACE_RULES } from "../../../../topology/validate/digitalocean-places.ts";
import { DATA_HOST, type DigitalOceanCase, testDigitalOceanRules } from "../../../support/digitalocean-cases.ts";

const CASES: Record<keyof typeof DIGITALOCEAN_PLACE_RULES, readonly DigitalOceanCase[]> = {
  regionIsNamed: [
    {
      title: "a cluster without a region",
      good: { region: "nyc3" },
      bad: { region: undefined },
      text: `region
    got: nothing
    want: the region of the cluster, such as nyc3
    because: where data lies is never guessed
    fix: set region`,
    },
  ],
  regionExists: [
    {
      title: "a misspelt region",
      good: { region: "fra1" },
      bad: { region: "fra2" },
      text: `region
    got: fra2
    want: a region of DigitalOcean
    fix: did you mean fra1?`,
    },
    {
      title: "another cloud's region for a bucket",
      good: { ...DATA_HOST, backup: { location: "fra1" } },
      bad: { ...DATA_HOST, backup: { location: "europe-west1" } },
      text: `backup.location
    got: europe-west1
    want: a region of DigitalOcean
    fix: take one of those that \`pgt limits --target digitalocean\` lists`,
    },
  ],
  regionHasManagedPostgresql: [
    {
      title: "a region without the product",
      good: { region: "atl1" },
      bad: { region: "ric1" },
      text: `region
    got: ric1
    want: a region with managed PostgreSQL
    because: ric1 has none
    fix: take one of those that \`pgt limits --target digitalocean\` lists`,
    },
    {
      title: "a replica's region without the product",
      good: { replicas: { a: { region: "atl1" } }, access: { sources: ["203.0.113.0/24"] } },
      bad: { replicas: { a: { region: "ric1" } }, access: { sources: ["203.0.113.0/24"] } },
      text: `replicas.a.region
    got: ric1
    want: a region with managed PostgreSQL
    because: ric1 has none
    fix: take one of those that \`pgt limits --target digitalocean\` lists`,
    },
  ],
  bucketRegionHasSpaces: [
    {
      title: "a region without Spaces that nothing else was said about",
      good: { ...DATA_HOST, region: "nyc1", backup: { location: "nyc3" } },
      bad: { ...DATA_HOST, region: "nyc1" },
      text: `backup.location
    got: nothing, which is nyc1
    want: a region with Spaces
    because: nyc1 has none
    fix: use nyc3`,
    },
    {
      title: "a bucket in a region without Spaces",
      good: { ...DATA_HOST, backup: { location: "sfo2" } },
      bad: { ...DATA_HOST, backup: { location: "nyc2" } },
      text: `backup.location
    got: nyc2
    want: a region with Spaces
    because: nyc2 has none
    fix: use nyc3`,
    },
  ],
  replicaElsewhereHasSources: [
    {
      title: "a replica that nobody would reach",
      good: { replicas: { a: { region: "fra1" } }, access: { sources: ["203.0.113.0/24"] } },
      bad: { replicas: { a: { region: "fra1" } } },
      text: `replicas.a.region
    got: fra1
    want: nyc3, the primary's, without access.sources
    because: a VPC ends with its region: nobody would reach the replica
    fix: remove it, or name in access.sources who reads from there`,
    },
  ],
};

describe("the places of a topology on DigitalOcean", () => {
  testDigitalOceanRules(DIGITALOCEAN_PLACE_RULES, CASES);
});
