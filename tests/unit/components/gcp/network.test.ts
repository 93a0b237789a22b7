// The exact arguments of the network and of the servers' names in it. Does not prove that the cloud's name servers answer.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type RecordedResource, resourceOf } from "../../../support/planned-resources.ts";
import { planOf, STAGING } from "./example-topologies.ts";

const TOP = "pgtopology-staging";
const LABELS = { "pgtopology-stack": "staging", "pgtopology-environment": "staging" };

describe("an own network", () => {
  let resources: readonly RecordedResource[];
  before(async () => ({ resources } = await planOf(STAGING)));
  const propsOf = (type: string, role: string) => resourceOf(resources, type, `${TOP}-${role}`).props;

  it("has one subnet in the primary's region, from which Google's services are reached privately", () => {
    assert.deepEqual(propsOf("gcp:compute/network:Network", "network"), {
      name: "staging-network-k3x9",
      project: "example",
      autoCreateSubnetworks: false,
    });
    assert.deepEqual(propsOf("gcp:compute/subnetwork:Subnetwork", "subnet"), {
      name: "staging-subnet-k3x9",
      project: "example",
      region: "europe-west1",
      network: `${TOP}-network`,
      ipCidrRange: "10.100.0.0/24",
      privateIpGoogleAccess: true,
    });
  });

  it("has a range for managed services and a peering with them", () => {
    assert.deepEqual(propsOf("gcp:compute/globalAddress:GlobalAddress", "services-range"), {
      name: "staging-services-range-k3x9",
      project: "example",
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      prefixLength: 20,
      network: `${TOP}-network`,
      labels: LABELS,
    });
    assert.deepEqual(propsOf("gcp:servicenetworking/connection:Connection", "services-connection"), {
      network: `${TOP}-network`,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: ["staging-services-range-k3x9"],
      deletionPolicy: "DELETE",
    });
  });

  it("knows each server by the name in its certificate, in a zone of that name alone", () => {
    const host = "staging-primary-k3x9.europe-west1.sql.test.";
    const zone = resourceOf(resources, "gcp:dns/managedZone:ManagedZone", `${TOP}-zone-primary`);
    assert.deepEqual(zone.props, {
      name: "staging-zone-primary-k3x9",
      project: "example",
      dnsName: host,
      description: "The name of staging-primary-k3x9 in its certificate",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: `${TOP}-network` }] },
      labels: LABELS,
    });
    const record = resourceOf(resources, "gcp:dns/recordSet:RecordSet", `${TOP}-record-primary`);
    assert.deepEqual(record.props, {
      name: host,
      project: "example",
      managedZone: "staging-zone-primary-k3x9",
      type: "A",
      ttl: 300,
      rrdatas: ["address of staging-primary-k3x9"],
    });
    assert.deepEqual(
      [zone, record].map(({ options }) => options.deleteBeforeReplace),
      [true, true],
    );
  });
});

describe("the user's labels", () => {
  it("never hide the stack's own", async () => {
    const labels = { "pgtopology-stack": "another", team: "payments" };
    const { resources } = await planOf({ ...STAGING, observability: { labels } });
    const range = resourceOf(resources, "gcp:compute/globalAddress:GlobalAddress", `${TOP}-services-range`);
    assert.deepEqual(range.props.labels, { ...LABELS, team: "payments" });
  });
});
