import { isRegion, nearestRegions, pairRegionsOf, regionHasEdition } from "../limits/cloud-sql-regions.ts";
import { cloudEdition, type ResolvedGcp } from "../resolved-gcp.ts";
import type { TopologySpec } from "../spec.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { GcpRule } from "./gcp-rule.ts";

// A place has a role. Aligned ones (service, network, read replica, its keys) are in the primary's region; those for
// disaster recovery are elsewhere, and named.

interface NamedRegion {
  readonly where: string;
  readonly region: string;
}

/** Every region that the user named. */
function namedRegions(topology: ResolvedGcp, spec: TopologySpec): NamedRegion[] {
  const replicas = topology.replicas
    .filter(({ key }) => spec.replicas?.[key]?.region !== undefined)
    .map(({ key, region }) => ({ where: `replicas.${key}.region`, region }));
  return [{ where: "region", region: topology.region }, ...replicas].filter(({ region }) => region !== "");
}

const regionIsNamed: GcpRule = ({ region }) => {
  if (region !== "") return [];
  return [
    {
      where: "region",
      got: "nothing",
      want: "the region of the primary, such as europe-west1",
      because: "where data lies is never guessed",
      fix: "set region",
    },
  ];
};

const regionExists: GcpRule = (topology, spec) =>
  namedRegions(topology, spec)
    .filter(({ region }) => !isRegion(region))
    .map(({ where, region }) => ({
      where,
      got: region,
      want: "a region of Cloud SQL",
      fix: didYouMean(nearestRegions(region), "take one of those that `pgt limits --target gcp` lists"),
    }));

const regionHasTheEdition: GcpRule = (topology, spec) =>
  namedRegions(topology, spec)
    .filter(({ region }) => isRegion(region) && regionHasEdition(region, cloudEdition(topology.edition)) !== true)
    .map(({ where, region }) => ({
      where,
      got: region,
      want: `a region that is known to have ${topology.edition}`,
      because: "no list of the vendor's that was read has it there, and what is not known is no yes",
      fix: `use ${pairRegionsOf(region).find((other) => regionHasEdition(other, cloudEdition(topology.edition)) === true) ?? "another region"}, or another edition`,
    }));

const readReplicaIsAligned: GcpRule = (topology) =>
  topology.replicas
    .filter(({ purpose, region }) => purpose === "read" && region !== topology.region && topology.region !== "")
    .map(({ key, region }) => ({
      where: `replicas.${key}.region`,
      got: region,
      want: `${topology.region}, the primary's`,
      because: "a read replica is near the service that reads from it",
      fix: `remove it, or set replicas.${key}.purpose: disaster-recovery`,
    }));

const disasterRecoveryIsElsewhere: GcpRule = (topology, spec) =>
  topology.replicas
    .filter(({ purpose, region }) => purpose === "disaster-recovery" && region === topology.region && region !== "")
    .map(({ key, region }) => ({
      where: `replicas.${key}.region`,
      got: spec.replicas?.[key]?.region ?? "nothing",
      want: `another region than ${region}, the primary's`,
      because: "it is there for the loss of that region",
      fix: `set it to ${pairRegionsOf(region)[0] ?? "another region"}, for example`,
    }));

const subnetIsAligned: GcpRule = ({ network: { subnet }, region }) => {
  const there = subnet?.split("/")[3];
  if (subnet === undefined || there === region || region === "") return [];
  return [
    {
      where: "access.network.subnet",
      got: subnet,
      want: `a subnet in ${region}`,
      because: "Cloud Run sends from a subnet of its own region, which is the primary's",
      fix: `name the network's subnet in ${region}`,
    },
  ];
};

const authorityPoolIsAligned: GcpRule = ({ access: { certificateAuthorityPool: pool }, region }) => {
  const there = pool?.split("/")[3];
  if (pool === undefined || there === region || region === "") return [];
  return [
    {
      where: "access.certificateAuthorityPool",
      got: pool,
      want: `a pool in ${region}`,
      // https://docs.cloud.google.com/sql/docs/postgres/customer-managed-ca
      because: "an instance takes a pool of its own region only",
      fix: `name a pool in ${region}`,
    },
  ];
};

const authorityPoolServesEveryRegion: GcpRule = ({ access, replicas, region }) =>
  access.certificateAuthority !== "customer"
    ? []
    : replicas
        .filter((replica) => replica.purpose === "disaster-recovery" && replica.region !== region)
        .map(({ key }) => ({
          where: `replicas.${key}.purpose`,
          got: "disaster-recovery with access.certificateAuthority: customer",
          want: "an authority that the other region has, too",
          because: "an instance takes a pool of its own region only, and one pool is named",
          fix: "set access.certificateAuthority: shared",
        }));

/** Where things are. */
export const PLACE_RULES = {
  regionIsNamed,
  regionExists,
  regionHasTheEdition,
  readReplicaIsAligned,
  disasterRecoveryIsElsewhere,
  subnetIsAligned,
  authorityPoolIsAligned,
  authorityPoolServesEveryRegion,
} satisfies Readonly<Record<string, GcpRule>>;
