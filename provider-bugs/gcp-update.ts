import { type Affected, KNOWN_AS_OF, type ProviderBug } from "./bug.ts";
import { applies, appliesIf, neverSet, onGcp } from "./detect.ts";

/** The resource as upstream has it, which the Pulumi provider is made from. */
export const INSTANCE_SOURCE =
  "https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/sql/resource_sql_database_instance.go";
const PATCH = "https://github.com/pulumi/pulumi-gcp/blob/master/patches/0005-Fix-794-with-an-unconditional-read.patch";
/** What was read in the source of the version that this project pins, and has no known fix. */
export const SEEN_IN_GCP: Affected = { seenIn: "9.37.0", unfixedAsOf: KNOWN_AS_OF };
export const GCP_TRAPS = { file: "tests/unit/components/gcp/traps.test.ts" };
const INSTANCES = "every Cloud SQL instance is updated by this resource";

/** Updates of Cloud SQL instances: what is not sent, and what is sent beside the change. */
export const GCP_UPDATE: readonly ProviderBug[] = [
  {
    id: "gcp-settings-not-updated",
    traps: [1],
    package: "@pulumi/gcp",
    affected: {
      range: ">=9.35.0 <9.36.1",
      fixedIn: "9.36.1",
      inferred: "the first version is concluded from the patch and upstream's date",
    },
    summary: "an update of anything in an instance's settings succeeds and sends nothing",
    consequence: "servers keep the old setting, backups and TLS included, and the difference comes back each time",
    detect: onGcp(() => applies(INSTANCES)),
    workaround: { inPlace: false, what: "install 9.36.1 or newer" },
    noticedBy: GCP_TRAPS,
    source: "https://github.com/pulumi/pulumi-gcp/issues/3970",
  },
  {
    id: "gcp-designation-not-updated",
    traps: [1, 21],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "an update that designates a replica for a disaster sends what was there before instead",
    consequence: "nothing is designated, so that there is no switchover, and the difference comes back each time",
    detect: onGcp(({ edition, replicas }) =>
      appliesIf(edition === "enterprise-plus" && replicas.some(({ purpose }) => purpose === "disaster-recovery"), {
        yes: "a replica is to be designated",
        no: "no replica can be designated",
      }),
    ),
    workaround: {
      inPlace: true,
      what: "`pgt up` designates through the API, and reads it back",
      file: "cli/stack/designate-replica.ts",
    },
    noticedBy: { file: "tests/integration/verify/designate-replica.test.ts" },
    source: PATCH,
  },
  {
    id: "gcp-stale-data-412",
    traps: [2],
    package: "@pulumi/gcp",
    affected: {
      range: "<7.0.0",
      fixedIn: "7.0.0",
      inferred: "merged on 2023-09-08, before 7.0.0; the last releases of 6 may have the fix, too",
    },
    summary: "an update after a change by hand is refused with 412 staleData",
    consequence: "nothing can be changed until somebody refreshes",
    detect: onGcp(() => applies(INSTANCES)),
    workaround: { inPlace: true, what: "`pgt up` refreshes before it updates", file: "cli/stack/update-cloud.ts" },
    noticedBy: { file: "tests/e2e/clouds/up.test.ts" },
    source: "https://github.com/pulumi/pulumi-gcp/pull/1184",
  },
  {
    id: "gcp-grown-disk-refused",
    traps: [8],
    package: "@pulumi/gcp",
    affected: {
      notKnown:
        "upstream's 7.4 of September 2025 leaves a smaller size out of the plan; which release has it was not found, and the thread is open",
    },
    summary: "after a disk has grown by itself, an update asks for the old size",
    consequence: "every update is refused, or the instance is to be replaced",
    detect: onGcp(() => applies("disks grow by themselves")),
    workaround: {
      inPlace: true,
      what: "diskSize is ignored on an instance that is there, and `pgt up` refreshes first",
      file: "components/gcp/instances.ts",
    },
    noticedBy: { file: "tests/e2e/clouds/up.test.ts" },
    source: "https://github.com/pulumi/pulumi-gcp/issues/2307",
  },
  {
    id: "gcp-old-zone-sent",
    traps: [20],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "an update sends the whole instance, with the zone that the state remembers",
    consequence: "the first update after a failover asks for the old zone",
    detect: onGcp(({ highAvailability }) =>
      appliesIf(highAvailability, { yes: "a standby in a second zone may take over", no: "there is one zone only" }),
    ),
    workaround: { inPlace: true, what: "`pgt up` refreshes before it updates", file: "cli/stack/update-cloud.ts" },
    noticedBy: { none: "the pretended API of the tests has no failover" },
    source: INSTANCE_SOURCE,
  },
  {
    id: "gcp-zone-differs-for-ever",
    traps: [20],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "locationPreference differs after each failover, and its secondaryZone without one, too",
    consequence: "each update wants the servers back in the zones of before",
    detect: onGcp(neverSet("locationPreference")),
    workaround: { inPlace: true, what: "it is never set", file: "components/gcp/instance-settings.ts" },
    noticedBy: GCP_TRAPS,
    source: INSTANCE_SOURCE,
  },
  {
    id: "gcp-pooling-off-differs-for-ever",
    traps: [19],
    package: "@pulumi/gcp",
    affected: { range: "<9.27.0", fixedIn: "9.27.0", inferred: "the release that has upstream's 7.36.0" },
    summary: "a pooler that is said to be off differs from one that was never there",
    consequence: "every preview shows a change, in which a real one is overlooked",
    detect: onGcp(({ pooling }) =>
      appliesIf(pooling?.kind !== "managed", { yes: "the cloud's pooler is off", no: "the cloud's pooler is on" }),
    ),
    workaround: {
      inPlace: true,
      what: "connectionPoolConfigs is left out where there is no pooler",
      file: "components/gcp/instance-settings.ts",
    },
    noticedBy: GCP_TRAPS,
    source: "https://github.com/hashicorp/terraform-provider-google/issues/27133",
  },
  {
    id: "gcp-clone-later-ignored",
    traps: [22],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "clone acts at a creation only; added later, it shows an update and does nothing",
    consequence: "a restore seems to be done, and is not",
    detect: neverSet("clone"),
    workaround: { inPlace: true, what: "it is never set", file: "components/gcp/instance-args.ts" },
    noticedBy: GCP_TRAPS,
    source: INSTANCE_SOURCE,
  },
  {
    id: "gcp-one-deny-period",
    traps: [18],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "an instance has room for one denyMaintenancePeriod",
    consequence: "a second freeze can't be written, and maintenance may come in it",
    detect: onGcp(({ maintenance: { freeze } }) =>
      appliesIf(freeze.length > 0, { yes: "a freeze is asked for", no: "no freeze is asked for" }),
    ),
    workaround: {
      inPlace: true,
      what: "a second freeze is refused before anything runs",
      file: "topology/validate/gcp-maintenance.ts",
    },
    noticedBy: { file: "tests/unit/topology/validate/gcp-maintenance.test.ts" },
    source: INSTANCE_SOURCE,
  },
];
