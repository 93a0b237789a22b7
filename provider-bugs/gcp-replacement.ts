import type { ProviderBug } from "./bug.ts";
import { applies, appliesIf, neverSet, onGcp } from "./detect.ts";
import { GCP_TRAPS, INSTANCE_SOURCE, SEEN_IN_GCP } from "./gcp-update.ts";

const REFUSED = "topology/refuse-change.ts";

/** Changes that make an instance anew, or restore over it. */
export const GCP_REPLACEMENT: readonly ProviderBug[] = [
  {
    id: "gcp-network-removal-replaces",
    traps: [6],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "taking privateNetwork away replaces the instance",
    consequence: "an empty instance instead of the data",
    detect: onGcp(() => applies("every instance has a private network")),
    workaround: {
      inPlace: true,
      what: "it is always set, and another network is refused without a permission",
      file: REFUSED,
    },
    noticedBy: GCP_TRAPS,
    source: INSTANCE_SOURCE,
  },
  {
    id: "gcp-identity-replaces",
    traps: [7],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "another name, project, region, encryptionKeyName or masterInstanceName replaces the instance",
    consequence: "an empty instance instead of the data",
    detect: onGcp(() => applies("every instance has a name, a project and a region")),
    workaround: {
      inPlace: true,
      what: "such a change is named as data loss and refused without a permission",
      file: REFUSED,
    },
    noticedBy: { file: "tests/unit/topology/change/gcp.test.ts" },
    source: INSTANCE_SOURCE,
  },
  {
    id: "gcp-disk-type-replaces",
    traps: [7],
    package: "@pulumi/gcp",
    affected: { range: "<9.35.0", fixedIn: "9.35.0", inferred: "the release that has upstream's 7.44.0" },
    summary: "another diskType replaces the instance",
    consequence: "an empty instance instead of the data",
    detect: onGcp(() => applies("every instance says its kind of disk")),
    workaround: {
      inPlace: false,
      what: "install 9.36.1 or newer before storage.diskType or the machine's series changes",
    },
    noticedBy: { none: "the change rules say what the pinned version does" },
    source: "https://github.com/pulumi/pulumi-gcp/releases/tag/v9.35.0",
  },
  {
    id: "gcp-shrunk-disk-replaces",
    traps: [7],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "a smaller diskSize replaces the instance where the disk does not grow by itself",
    consequence: "an empty instance instead of the data",
    detect: neverSet("diskAutoresize: false"),
    workaround: {
      inPlace: true,
      what: "disks grow by themselves, and diskSize is ignored on an instance that is there",
      file: "components/gcp/instances.ts",
    },
    noticedBy: GCP_TRAPS,
    source: INSTANCE_SOURCE,
  },
  {
    id: "gcp-wrong-promotion-replaces",
    traps: [21],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "a promotion or switchover in another shape than the provider's own replaces the old primary",
    consequence: "the old primary's data is gone after a disaster",
    detect: onGcp(({ replicas }) =>
      appliesIf(replicas.length > 0, { yes: "there are replicas to promote", no: "there is no replica" }),
    ),
    workaround: {
      inPlace: true,
      what: "no topology changes an instance's side, and replicaNames is never written",
      file: "components/gcp/instance-args.ts",
    },
    noticedBy: GCP_TRAPS,
    source: INSTANCE_SOURCE,
  },
  {
    id: "gcp-restore-over-the-living",
    traps: [22],
    package: "@pulumi/gcp",
    affected: SEEN_IN_GCP,
    summary: "restoreBackupContext, added to an instance or changed, restores over the data that it has, as an update",
    consequence: "everything since that backup is gone, without a replacement in the plan",
    detect: neverSet("restoreBackupContext, pointInTimeRestoreContext or backupdrBackup"),
    workaround: { inPlace: true, what: "they are never set", file: "components/gcp/instance-args.ts" },
    noticedBy: GCP_TRAPS,
    source: INSTANCE_SOURCE,
  },
];
