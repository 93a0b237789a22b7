import type { PlanCase } from "../plan-case.ts";
import { type SentResource, UNKNOWN_TEXT } from "../policy-rpc.ts";
import { bucket, gcp, primary, service, writer } from "./gcp-resources.ts";

const KEY = "projects/p/locations/us-east1/keyRings/r/cryptoKeys/k";

const SECOND: SentResource = {
  ...primary({
    name: "second-x",
    region: "europe-west4",
    serviceAccountEmailAddress: "p2@gcp-sa-cloud-sql.iam.gserviceaccount.com",
  }),
  name: "second",
};

/** A key that is made in the same stack: its place is its ring's. */
function ownKey(location: string) {
  return [
    gcp("keyRing", "ring", { name: "ring", location }),
    gcp("key", "key", { keyRing: UNKNOWN_TEXT, rotationPeriod: "7776000s" }, { dependencies: { keyRing: ["ring"] } }),
    primary({ encryptionKeyName: UNKNOWN_TEXT }, { dependencies: { encryptionKeyName: ["key"] } }),
  ];
}

export const CASES: readonly PlanCase[] = [
  {
    id: "places/service-aligned",
    good: [primary(), service()],
    bad: [
      {
        why: "elsewhere",
        resources: [service({}, { location: "us-east1" }), primary()],
        says: /^app: got us-east1, want europe-west1 like the primary/,
      },
      {
        why: "beside none of several",
        resources: [service({}, { location: "us-east1" }), primary(), SECOND],
        says: /^app: got us-east1, want europe-west1 or europe-west4 like the primary/,
      },
    ],
    unknown: [primary(), service({}, { location: UNKNOWN_TEXT })],
  },
  {
    id: "places/second-copy-apart",
    good: [bucket(), primary(), writer()],
    bad: [
      {
        why: "beside the database",
        resources: [bucket({ location: "EUROPE-WEST1", encryption: undefined }), primary(), writer()],
        says: /^exports: got europe-west1, want another than the primary's/,
      },
      {
        why: "beside the one of several that writes it",
        resources: [bucket({ location: "EUROPE-WEST1", encryption: undefined }), primary(), SECOND, writer()],
        says: /^exports: got europe-west1, want another than the primary's europe-west1/,
      },
    ],
    unknown: [bucket({ location: UNKNOWN_TEXT }), primary(), writer()],
  },
  {
    id: "places/keys-aligned",
    good: [bucket(), ...ownKey("europe-west1")],
    bad: [
      {
        why: "a bucket's",
        resources: [bucket({ encryption: { defaultKmsKeyName: KEY } })],
        says: /^exports: got us-east1, want europe-north1 like the data/,
      },
      {
        why: "an instance's, made in the same stack",
        resources: ownKey("europe-west4"),
        at: "app-primary",
        says: /^app-primary: got europe-west4, want europe-west1 like the data/,
      },
      {
        why: "a multi-region's",
        resources: [bucket({ location: "EU", encryption: { defaultKmsKeyName: KEY } })],
        says: /^exports: got us-east1, want europe like the data/,
      },
    ],
    unknown: ownKey(UNKNOWN_TEXT),
  },
];
