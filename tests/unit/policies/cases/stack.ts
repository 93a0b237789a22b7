import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { bucket, gcp, primary, sent } from "./gcp-resources.ts";

function outputs(props: object) {
  return [sent("pulumi:pulumi:Stack", "app-prod", props)];
}

function provider(props: object) {
  return { provider: { type: "pulumi:providers:gcp", name: "default", props } };
}

const REGIONS = { regions: ["europe-west1", "EUROPE-NORTH1", "nyc3"] };
const VPC = "digitalocean:index/vpc:Vpc";

export const CASES: readonly PlanCase[] = [
  {
    // Whether an output is a secret, the engine does not tell its policies: facts/any-provider.test.ts has the other side.
    id: "stack/no-secret-in-outputs",
    good: outputs({ url: "postgres://app@db/app", port: 5432, hosts: ["db"], empty: "" }),
    bad: [],
    unknown: outputs({ nested: { url: "postgres://app:password@db/app" } }),
  },
  {
    id: "stack/region-allowed",
    good: [primary(), bucket(), primary({ region: undefined }, provider({ region: "europe-west1" }))],
    bad: [
      {
        why: "an instance",
        resources: [primary({ region: "us-east1" })],
        says: /^app-primary: got us-east1, want one of/,
      },
      {
        why: "a bucket",
        resources: [bucket({ location: "US", encryption: undefined })],
        says: /^exports: got us, want one of/,
      },
      {
        why: "by its provider",
        resources: [primary({ region: undefined }, provider({ region: "us-east1" }))],
        says: /^app-primary: got us-east1/,
      },
      { why: "a machine's zone", resources: [gcp("machine", "vm", { zone: "us-east1-b" })], says: /^vm: got us-east1/ },
      { why: "on DigitalOcean", resources: [sent(VPC, "vpc", { region: "sgp1" })], says: /^vpc: got sgp1/ },
    ],
    unknown: [primary({ region: UNKNOWN_TEXT })],
    settings: REGIONS,
  },
  {
    id: "stack/explicit-project",
    good: [primary({}, provider({})), primary({ project: undefined }, provider({ project: "example" }))],
    bad: [
      {
        why: "nobody said",
        resources: [primary({ project: undefined }, provider({ region: "europe-west1" }))],
        says: /^app-primary: got the project of whoever runs the update/,
      },
    ],
  },
];
