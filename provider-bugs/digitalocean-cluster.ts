import { SEEN_IN_DIGITALOCEAN, DIGITALOCEAN_SOURCE, DIGITALOCEAN_TRAPS } from "./digitalocean-access.ts";
import type { ProviderBug } from "./bug.ts";
import { applies, appliesIf, neverSet, onDigitalOcean } from "./detect.ts";

const CLUSTER = `${DIGITALOCEAN_SOURCE}/database/resource_database_cluster.go` as const;
const REPLICA = `${DIGITALOCEAN_SOURCE}/database/resource_database_replica.go` as const;
const CLUSTER_ARGS = "components/digitalocean/cluster-args.ts";

const everyCluster = onDigitalOcean(() => applies("there is a managed cluster"));
const withReplicas = onDigitalOcean(({ replicas }) =>
  appliesIf(replicas.length > 0, { yes: "there are replicas", no: "there is no replica" }),
);

/** Managed clusters and their replicas: what makes them anew, what is not waited for, what is not taken back. */
export const DIGITALOCEAN_CLUSTER: readonly ProviderBug[] = [
  {
    id: "do-cluster-made-anew",
    traps: [34],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "another name, engine, projectId or privateNetworkUuid replaces the cluster",
    consequence: "an empty cluster instead of the data, and the platform has no guard against the removal",
    detect: everyCluster,
    workaround: {
      inPlace: true,
      what: "projectId is never written, and what holds data is protected and kept",
      file: "components/digitalocean/cluster.ts",
    },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: CLUSTER,
  },
  {
    id: "do-region-leaves-others-behind",
    traps: [35],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "another region moves the cluster as an update, without its replicas and its VPC",
    consequence: "the cluster is in another region than its private network",
    detect: everyCluster,
    workaround: {
      inPlace: true,
      what: "another region is refused without a permission, as what makes everything anew",
      file: "topology/change/digitalocean-cluster.ts",
    },
    noticedBy: { file: "tests/unit/topology/change/digitalocean.test.ts" },
    source: CLUSTER,
  },
  {
    id: "do-upgrade-not-waited-for",
    traps: [36],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "another version is asked for and not waited for, and an older one is not refused",
    consequence: "what follows in the same update may be refused with 412, as long as the upgrade goes on",
    detect: everyCluster,
    workaround: {
      inPlace: true,
      what: "an older version is refused, and a newer one told as a failover that is not waited for: run `pgt up` again once the cluster is online",
      file: "topology/change/digitalocean-cluster.ts",
    },
    noticedBy: { file: "tests/unit/topology/change/digitalocean.test.ts" },
    source: CLUSTER,
  },
  {
    id: "do-maintenance-hour-differs-for-ever",
    traps: [37],
    package: "@pulumi/digitalocean",
    affected: {
      notKnown: "upstream suppresses the difference since its pull request 1094; which release has that was not found",
    },
    summary: "an hour of maintenance as HH:MM differs from the HH:MM:SS that the platform gives back",
    consequence: "every preview shows a change, in which a real one is overlooked",
    detect: onDigitalOcean(() => applies("there is a window of maintenance")),
    workaround: { inPlace: true, what: "the hour is written with its seconds", file: CLUSTER_ARGS },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: "https://github.com/pulumi/pulumi-digitalocean/issues/185",
  },
  {
    id: "do-maintenance-removal-panics",
    traps: [37],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "the provider panics when the window of maintenance is taken away",
    consequence: "the update ends with a crash of the plugin",
    detect: onDigitalOcean(() => applies("there is a window of maintenance")),
    workaround: { inPlace: true, what: "the window is always written", file: CLUSTER_ARGS },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: CLUSTER,
  },
  {
    id: "do-autoscale-stays-on",
    traps: [38],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "storageAutoscale stays on when it is taken away, and a disk that has grown differs for ever",
    consequence: "a disk grows, and costs, that should not; or a smaller one is asked for and refused",
    detect: everyCluster,
    workaround: {
      inPlace: true,
      what: "it is always said to be on or off, and storageSizeMib is ignored where disks grow",
      file: CLUSTER_ARGS,
    },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: CLUSTER,
  },
  {
    id: "do-restore-later-ignored",
    traps: [39],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "backupRestore is read at a creation only; later, it shows an update and does nothing",
    consequence: "a restore seems to be done, and is not",
    detect: neverSet("backupRestore"),
    workaround: { inPlace: true, what: "it is never set", file: CLUSTER_ARGS },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: CLUSTER,
  },
  {
    id: "do-replica-made-anew",
    traps: [41],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "another tag, region or VPC makes a replica anew, before the old one goes",
    consequence: "the replica's name is taken, so that the update fails; or its data is copied again",
    detect: withReplicas,
    workaround: {
      inPlace: true,
      what: "a replica has no tags, and a move is refused with the way around it",
      file: CLUSTER_ARGS,
    },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: REPLICA,
  },
  {
    id: "do-failed-creation-forgotten",
    traps: [42],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "a creation that fails after its first call leaves a cluster that the state does not know",
    consequence: "it is paid for, and its name stops the next creation",
    detect: everyCluster,
    workaround: {
      inPlace: true,
      what: "`pgt up` finds by name what the state does not know, and takes it over when told to",
      file: "cli/stack/unknown-things.ts",
    },
    noticedBy: { file: "tests/integration/verify/unknown-things.test.ts" },
    source: CLUSTER,
  },
  {
    id: "do-administrator-password-in-state",
    traps: [44],
    package: "@pulumi/digitalocean",
    affected: SEEN_IN_DIGITALOCEAN,
    summary: "the administrator's password is in the state, encrypted, and the provider can't change it",
    consequence: "who reads the state and its key has the cluster, until the password is changed elsewhere",
    detect: everyCluster,
    workaround: {
      inPlace: true,
      what: "no output or argument has it in the open, and applications log in as other users",
      file: "components/digitalocean/outputs.ts",
    },
    noticedBy: DIGITALOCEAN_TRAPS,
    source: `${DIGITALOCEAN_SOURCE}/database/resource_database_cluster.go`,
  },
];
