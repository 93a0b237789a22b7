// Whether the cloud has a region today is not proven: the table of regions stands for it.
import { describe } from "mocha";
import { PLACE_RULES } from "../../../../topology/validate/places.ts";
import { APP, type GcpCase, type GcpWish, testRules } from "../../../support/gcp-cases.ts";

const NETWORK = "projects/shop/global/networks/main";
const subnetIn = (region: string): GcpWish => ({
  service: APP,
  access: { network: { existing: NETWORK, subnet: `projects/shop/regions/${region}/subnetworks/run` } },
});
const poolIn = (region: string): GcpWish => ({
  access: {
    certificateAuthority: "customer",
    certificateAuthorityPool: `projects/shop/locations/${region}/caPools/main`,
  },
});
const DESIGNATED: GcpWish = {
  edition: "enterprise-plus",
  replicas: { far: { purpose: "disaster-recovery", region: "europe-west4" } },
};

const CASES: Record<keyof typeof PLACE_RULES, readonly GcpCase[]> = {
  regionIsNamed: [
    {
      title: "that no region is named",
      good: {},
      bad: { region: undefined },
      text: `region
    got: nothing
    want: the region of the primary, such as europe-west1
    because: where data lies is never guessed
    fix: set region`,
    },
  ],
  regionExists: [
    {
      title: "a region that is misspelt",
      good: { region: "europe-west3" },
      bad: { region: "europe-wst3" },
      text: `region
    got: europe-wst3
    want: a region of Cloud SQL
    fix: did you mean europe-west3, europe-west1, europe-west2?`,
    },
    {
      title: "a replica's region that is none",
      good: DESIGNATED,
      bad: { ...DESIGNATED, replicas: { far: { purpose: "disaster-recovery", region: "mars" } } },
      text: `replicas.far.region
    got: mars
    want: a region of Cloud SQL
    fix: take one of those that \`pgt limits --target gcp\` lists`,
    },
  ],
  regionHasTheEdition: [
    {
      title: "a region of which nobody says that it has the edition",
      good: { region: "europe-north2" },
      bad: { region: "europe-north2", edition: "enterprise-plus" },
      text: `region
    got: europe-north2
    want: a region that is known to have enterprise-plus
    because: no list of the vendor's that was read has it there, and what is not known is no yes
    fix: use europe-central2, or another edition`,
    },
  ],
  readReplicaIsAligned: [
    {
      title: "a read replica far from its readers",
      good: { replicas: { a: { region: "europe-west1" } } },
      bad: { replicas: { a: { region: "europe-west4" } } },
      text: `replicas.a.region
    got: europe-west4
    want: europe-west1, the primary's
    because: a read replica is near the service that reads from it
    fix: remove it, or set replicas.a.purpose: disaster-recovery`,
    },
  ],
  disasterRecoveryIsElsewhere: [
    {
      title: "a disaster-recovery replica whose region is not named",
      good: DESIGNATED,
      bad: { ...DESIGNATED, replicas: { far: { purpose: "disaster-recovery" } } },
      text: `replicas.far.region
    got: nothing
    want: another region than europe-west1, the primary's
    because: it is there for the loss of that region
    fix: set it to europe-central2, for example`,
    },
    {
      title: "a disaster-recovery replica that is lost with the primary",
      good: DESIGNATED,
      bad: { ...DESIGNATED, replicas: { far: { purpose: "disaster-recovery", region: "europe-west1" } } },
      text: `replicas.far.region
    got: europe-west1
    want: another region than europe-west1, the primary's
    because: it is there for the loss of that region
    fix: set it to europe-central2, for example`,
    },
  ],
  subnetIsAligned: [
    {
      title: "a subnet of another region than the service",
      good: subnetIn("europe-west1"),
      bad: subnetIn("europe-west4"),
      text: `access.network.subnet
    got: projects/shop/regions/europe-west4/subnetworks/run
    want: a subnet in europe-west1
    because: Cloud Run sends from a subnet of its own region, which is the primary's
    fix: name the network's subnet in europe-west1`,
    },
  ],
  authorityPoolIsAligned: [
    {
      title: "a pool of authorities in another region than the instance",
      good: poolIn("europe-west1"),
      bad: poolIn("europe-west4"),
      text: `access.certificateAuthorityPool
    got: projects/shop/locations/europe-west4/caPools/main
    want: a pool in europe-west1
    because: an instance takes a pool of its own region only
    fix: name a pool in europe-west1`,
    },
  ],
  authorityPoolServesEveryRegion: [
    {
      title: "a pool of authorities that the disaster-recovery replica can't use",
      good: { ...DESIGNATED, access: { certificateAuthority: "shared" } },
      bad: { ...DESIGNATED, ...poolIn("europe-west1") },
      text: `replicas.far.purpose
    got: disaster-recovery with access.certificateAuthority: customer
    want: an authority that the other region has, too
    because: an instance takes a pool of its own region only, and one pool is named
    fix: set access.certificateAuthority: shared`,
    },
  ],
};

describe("the places of a topology on Cloud SQL", () => {
  testRules(PLACE_RULES, CASES);
});
