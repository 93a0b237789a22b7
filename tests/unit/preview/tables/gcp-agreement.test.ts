// What a wish's edit is told to do (topology/change) against what the plan of the same edit is told to do (preview/): the
// components run under mocks, before and after. It does not prove that either is right.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { labelPlan } from "../../../../preview/label-plan.ts";
import { changesBetween } from "../../../../topology/change.ts";
import { type ChangeLabel, worst } from "../../../../topology/change-label.ts";
import { resolveTopology } from "../../../../topology/resolve.ts";
import type { SpecOf } from "../../../../topology/spec.ts";
import { plannedSteps, type ProviderKnowledge } from "../../../support/plan-steps.ts";
import { madeByCloud } from "../../../support/pretend-cloud.ts";
import { planOf } from "../../components/gcp/example-topologies.ts";

type Wish = Omit<SpecOf<"gcp">, "target">;

/**
 * What the provider makes a resource anew for, as far as the components set it. Of instance, user and bucket it was read in
 * a stored copy of the provider's source (`ForceNew`, 2026-11-22); of the others it is known from use, and was not read.
 * @see https://github.com/hashicorp/terraform-provider-google-beta/tree/main/google-beta/services
 */
const KNOWLEDGE: ProviderKnowledge = {
  forceNew: {
    "gcp:sql/databaseInstance:DatabaseInstance": [
      "name",
      "region",
      "project",
      "encryptionKeyName",
      "masterInstanceName",
    ],
    "gcp:sql/database:Database": ["name", "instance", "project"],
    "gcp:sql/user:User": ["name", "instance", "project", "host", "type"],
    "gcp:storage/bucket:Bucket": ["name", "location", "project"],
    "gcp:compute/globalAddress:GlobalAddress": ["name", "prefixLength", "network", "purpose", "address", "addressType"],
    "gcp:compute/subnetwork:Subnetwork": ["name", "region", "network", "ipCidrRange"],
    "gcp:secretmanager/secret:Secret": ["secretId", "replication", "project"],
    "gcp:secretmanager/secretVersion:SecretVersion": ["secret", "secretData"],
    "gcp:cloudscheduler/job:Job": ["name", "region"],
    "gcp:cloudrunv2/service:Service": ["name", "location"],
  },
  madeByCloud,
};

const PLUS = { edition: "enterprise-plus" } as const;
const COPY = { location: "europe-north1" };
const service = { image: `example/app@sha256:${"0b".repeat(32)}` };
const other = { image: `example/app@sha256:${"0c".repeat(32)}` };
const sidecar = { kind: "sidecar", image: `example/pgbouncer@sha256:${"0".repeat(64)}` } as const;
const key = "projects/p/locations/europe-north1/keyRings/r/cryptoKeys/k";
const job = { verification: { image: `example/pgtopology@sha256:${"0d".repeat(32)}` } };

const EDITS: Readonly<Record<string, readonly [from: Wish, to: Wish]>> = {
  nothing: [
    { replicas: { a: {} }, service },
    { replicas: { a: {} }, service },
  ],
  region: [{}, { region: "europe-west4" }],
  "newer major": [{}, { version: 18 }],
  "older major": [{ version: 18 }, { version: 17 }],
  database: [{}, { database: "shop" }],
  edition: [{}, PLUS],
  "cheaper edition": [PLUS, {}],
  standby: [{}, { highAvailability: true }],
  "no standby": [{ highAvailability: true }, {}],
  "larger machine": [{}, { size: { cpus: 4 } }],
  "larger replica": [{ replicas: { a: {} } }, { replicas: { a: { size: { cpus: 4 } } } }],
  "larger disk": [{}, { storage: { diskGiB: 50, maxDiskGiB: 80 } }],
  "larger limit": [{}, { storage: { maxDiskGiB: 500 } }],
  "other disk": [{}, { storage: { diskType: "hdd" } }],
  replica: [{}, { replicas: { a: {} } }],
  "replica less": [{ replicas: { a: {}, b: {} } }, { replicas: { a: {} } }],
  "replica elsewhere": [
    { ...PLUS, replicas: { a: { region: "europe-west4" } } },
    { ...PLUS, replicas: { a: { region: "europe-west3" } } },
  ],
  "range of servers": [{}, { access: { network: { servicesPrefixLength: 22 } } }],
  "other subnet": [{}, { access: { network: { subnetCidr: "10.1.0.0/24" } } }],
  "own network left": [{}, { access: { network: { existing: "projects/p/global/networks/n" } } }],
  "authority without names": [{}, { access: { certificateAuthority: "per-instance" } }],
  "authority with names": [{ access: { certificateAuthority: "per-instance" } }, {}],
  socket: [{ service }, { service, access: { path: "socket" } }],
  "job that verifies": [{}, { access: job }],
  "no job that verifies": [{ access: job }, {}],
  "managed pooling": [{ ...PLUS, pooling: { enabled: false } }, PLUS],
  "managed pool's size": [PLUS, { ...PLUS, pooling: { writerPoolSize: 30 } }],
  sidecar: [
    { service, pooling: { enabled: false } },
    { service, pooling: sidecar },
  ],
  backups: [{ backup: { enabled: false } }, {}],
  "no backups": [{}, { backup: { enabled: false } }],
  "backups for longer": [{}, { backup: { retentionDays: 60 } }],
  "backups for a shorter time": [{}, { backup: { retentionDays: 8 } }],
  "shorter window": [{}, { backup: { pointInTimeDays: 3 } }],
  "place of backups": [{}, { backup: { location: "eu" } }],
  "second copy": [{}, { backup: { secondCopy: COPY } }],
  "no second copy": [{ backup: { secondCopy: COPY } }, {}],
  "second copy elsewhere": [{ backup: { secondCopy: COPY } }, { backup: { secondCopy: { location: "europe-west3" } } }],
  "exports for longer": [{ backup: { secondCopy: COPY } }, { backup: { secondCopy: { ...COPY, retentionDays: 60 } } }],
  "exports for a shorter time": [
    { backup: { secondCopy: COPY } },
    { backup: { secondCopy: { ...COPY, retentionDays: 5 } } },
  ],
  "shorter way back": [{ backup: { secondCopy: COPY } }, { backup: { secondCopy: { ...COPY, softDeleteDays: 7 } } }],
  "no key of one's own": [
    { backup: { secondCopy: { ...COPY, encryptionKey: key } } },
    { backup: { secondCopy: COPY } },
  ],
  maintenance: [{}, { maintenance: { day: "monday", hour: 4 } }],
  freeze: [{}, { maintenance: { freeze: [{ from: "2026-12-20", to: "2027-01-05" }] } }],
  "no guard": [{ protection: { deletion: true } }, { protection: { deletion: false } }],
  guard: [{ protection: { deletion: false } }, { protection: { deletion: true } }],
  "no insights": [{}, { observability: { queryInsights: false } }],
  label: [{}, { observability: { labels: { owner: "a" } } }],
  service: [{}, { service }],
  "no service": [{ service }, {}],
  "service's image": [{ service }, { service: other }],
  "public service": [{ service }, { service: { ...service, public: true } }],
  "hidden service": [{ service: { ...service, public: true } }, { service }],
  "reloaded flag": [{}, { parameters: { work_mem: "8MB" } }],
  "restarting flag": [{}, { parameters: { max_connections: 200 } }],
  "cloud's own flag": [{}, { parameters: { "cloudsql.enable_pgaudit": "on" } }],
  "unknown flag": [{}, { parameters: { "own.flag": "on" } }],
};

/** Where plan and wish differ, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  socket: "a plan does not say that all clients come by a connector, which knows its server by itself",
  "second copy elsewhere": "the program keeps the old bucket; the wish tells of the name that it holds back",
  "no second copy": "the program keeps the bucket (retainOnDelete), which a wish without keepData would not",
  "no key of one's own": "a plan does not say what a key encrypts: it may be servers",
};

const spec = (wish: Wish): SpecOf<"gcp"> => ({
  target: "gcp",
  environment: "staging",
  region: "europe-west1",
  ...wish,
});
const resolved = (wish: Wish) => resolveTopology(spec(wish), "staging");

interface Weight {
  readonly label: string;
  readonly exposure: boolean;
}

function weightOf(changes: readonly { readonly label: ChangeLabel; readonly exposure: boolean }[]): Weight {
  return { label: worst(changes.map(({ label }) => label)), exposure: changes.some(({ exposure }) => exposure) };
}

describe("plan and wish on Google Cloud", () => {
  for (const [title, [from, to]] of Object.entries(EDITS)) {
    const reason = EXCEPTIONS[title];
    it(`${reason === undefined ? "agree" : `differ (${reason})`}: ${title}`, async () => {
      const [before, after] = [await planOf(spec(from)), await planOf(spec(to))];
      const { changes } = labelPlan(plannedSteps(before.resources, after.resources, KNOWLEDGE));
      const [plan, wish] = [weightOf(changes), weightOf(changesBetween(resolved(from), resolved(to)))];
      const said = changes
        .filter(({ label, exposure }) => label !== "none" || exposure)
        .map(
          ({ name, property, label, exposure, what }) =>
            `${label}${exposure ? "!" : ""} ${name} ${property ?? ""}: ${what}`,
        );
      if (reason === undefined) assert.deepEqual(plan, wish, said.join("\n"));
      else assert.notDeepEqual(plan, wish, "the exception is superfluous");
    }).timeout(20_000);
  }

  it("have no exception without an edit", () => {
    assert.deepEqual(
      Object.keys(EXCEPTIONS).filter((title) => !Object.hasOwn(EDITS, title)),
      [],
    );
  });
});
