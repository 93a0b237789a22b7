import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { gcp, primary, sent } from "./gcp-resources.ts";

const NINETY_DAYS = "7776000s";
const CANARY = "canary-2c90";

function secret(change: object = {}) {
  const good = {
    secretId: "app-password",
    rotation: { rotationPeriod: NINETY_DAYS },
    replication: { userManaged: { replicas: [{ location: "europe-west1" }, { location: "europe-west4" }] } },
  };
  return gcp("secret", "password", { ...good, ...change });
}

function key(change: object = {}) {
  const keyRing = "projects/example/locations/europe-west1/keyRings/r";
  return gcp("key", "key", { keyRing, rotationPeriod: NINETY_DAYS, ...change });
}

function grant(type: string, member: string) {
  return [sent(type, "grant", { role: "roles/viewer", member })];
}

const READER = "gcp:secretmanager/secretIamMember:SecretIamMember";
const KEY_USER = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
const RING_USER = "gcp:kms/keyRingIAMMember:KeyRingIAMMember";
const ACCOUNT = "serviceAccount:app@example.iam.gserviceaccount.com";

function replicas(...locations: readonly string[]) {
  return { replication: { userManaged: { replicas: locations.map((location) => ({ location })) } } };
}

function droplet(userData: string) {
  return [sent("digitalocean:index/droplet:Droplet", "host", { region: "nyc3", size: "s", image: "i", userData })];
}

export const CASES: readonly PlanCase[] = [
  {
    id: "secrets/not-public",
    good: grant(READER, ACCOUNT),
    bad: [
      { why: "everybody", resources: grant(READER, "allUsers"), says: /^grant: got allUsers/ },
      {
        why: "whoever logs in",
        resources: grant(READER, "allAuthenticatedUsers"),
        says: /^grant: got allAuthenticated/,
      },
    ],
    unknown: grant(READER, UNKNOWN_TEXT),
  },
  {
    id: "secrets/rotated",
    good: [secret()],
    bad: [
      {
        why: "never",
        resources: [secret({ rotation: undefined })],
        says: /^password: got no rotation, want one every 90/,
      },
      {
        why: "too seldom",
        resources: [secret({ rotation: { rotationPeriod: "31536000s" } })],
        says: /^password: got a rotation every 365 days/,
      },
    ],
    unknown: [secret({ rotation: { rotationPeriod: UNKNOWN_TEXT } })],
  },
  {
    id: "secrets/keys-rotated",
    good: [
      key(),
      key({ purpose: "ASYMMETRIC_SIGN", rotationPeriod: undefined }),
      key({ importOnly: true, rotationPeriod: undefined }),
      key({
        versionTemplate: { algorithm: "EXTERNAL_SYMMETRIC_ENCRYPTION", protectionLevel: "EXTERNAL" },
        rotationPeriod: undefined,
      }),
    ],
    bad: [
      { why: "never", resources: [key({ rotationPeriod: undefined })], says: /^key: got no rotation/ },
      {
        why: "too seldom",
        resources: [key({ rotationPeriod: "7862400s" })],
        says: /^key: got a rotation every 91 days/,
      },
    ],
    unknown: [key({ rotationPeriod: UNKNOWN_TEXT })],
  },
  {
    id: "secrets/keys-not-public",
    good: [...grant(KEY_USER, ACCOUNT), ...grant(RING_USER, ACCOUNT)],
    bad: [
      { why: "of a key", resources: grant(KEY_USER, "allUsers"), says: /^grant: got allUsers/ },
      { why: "of a ring", resources: grant(RING_USER, "allUsers"), says: /^grant: got allUsers/ },
    ],
    unknown: grant(KEY_USER, UNKNOWN_TEXT),
  },
  {
    id: "secrets/replicas-cover-database",
    good: [secret(), primary(), secret({ replication: { auto: {} } })],
    bad: [
      {
        why: "elsewhere",
        resources: [secret(replicas("europe-west4")), primary()],
        says: /^password: got europe-west4, want europe-west1 like the database/,
      },
      {
        why: "in one region elsewhere",
        resources: [
          gcp("regionalSecret", "regional", { location: "us-east1", rotation: { rotationPeriod: NINETY_DAYS } }),
          primary(),
        ],
        says: /^regional: got us-east1/,
      },
    ],
    unknown: [secret(replicas(UNKNOWN_TEXT)), primary()],
  },
  {
    id: "secrets/none-at-first-boot",
    good: droplet("#cloud-config\nwrite_files:\n  - path: /etc/password_file\n"),
    bad: [
      {
        why: "an assignment",
        resources: droplet(`#!/bin/sh\nexport DB_PASSWORD=${CANARY}\n`),
        says: /^host: got plain text of: DB_PASSWORD(?![\s\S]*canary)/,
      },
      {
        why: "a URL",
        resources: droplet(`psql postgres://app:${CANARY}@db/app`),
        says: /^host: got plain text of: a URL with a password(?![\s\S]*canary)/,
      },
      {
        why: "a start-up script",
        resources: [
          gcp("machine", "vm", { zone: "europe-west1-b", metadataStartupScript: `PGPASSWORD=${CANARY} psql` }),
        ],
        says: /^vm: got plain text of: PGPASSWORD/,
      },
    ],
    unknown: droplet(UNKNOWN_TEXT),
  },
];
