import { CLUSTER_LIMITS, storageOf } from "../limits/digitalocean.ts";
import { DROPLET_LIMITS } from "../limits/digitalocean-droplets.ts";
import { DIGITALOCEAN_RECOVERY } from "../limits/digitalocean-recovery.ts";
import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import { type Recovery, type RecoveryStep, restoreStep } from "./recoveries.ts";

const { decision, failover, provisioning, walUpload, replicationLag } = DIGITALOCEAN_RECOVERY;
const NEW_MACHINE: RecoveryStep = { seconds: provisioning.seconds, what: "for a new machine" };

/**
 * What a topology on DigitalOcean comes back from by its design: the loss of one of the cluster's nodes, and that of the
 * data host with its volume. Not counted: read replicas, which nothing here promotes, and the exports, which are for the
 * day when nothing else is left. `undefined` for a loss that it does not come back from.
 */
export function digitalOceanRecoveries(topology: ResolvedDigitalOcean): readonly (Recovery | undefined)[] {
  const node = afterANode(topology);
  // Without backups neither comes back, which is said once.
  return node === undefined ? [node] : [node, ...afterTheDataHost(topology)];
}

/** The platform replaces a node by itself: nobody has to decide. */
function afterANode(topology: ResolvedDigitalOcean): Recovery | undefined {
  if (topology.nodeCount > 1) {
    return {
      loss: "a node",
      means: "the standby takes over",
      steps: [{ seconds: failover.seconds, what: "to fail over" }],
      restored: undefined,
      lostSeconds: replicationLag.seconds,
      lostBecause: "standbys follow asynchronously",
    };
  }
  if (topology.backup === undefined) return undefined;
  const diskGiB = topology.storage.diskGiB ?? storageOf(topology.primary.slug)?.min;
  const leastDiskGiB = storageOf(topology.primary.slug)?.min ?? CLUSTER_LIMITS.storageStepGiB.bounds.min;
  return {
    loss: "a node",
    means: "the platform restores into a new one",
    steps: [
      NEW_MACHINE,
      ...(diskGiB === undefined ? [] : [restoreStep(diskGiB, topology.objectives.restoreMiBPerSecond)]),
    ],
    restored: diskGiB === undefined ? undefined : { diskGiB, leastDiskGiB, field: "storage.diskGiB" },
    lostSeconds: walUpload.seconds,
    lostBecause: `the platform archives WAL every ${walUpload.seconds} s`,
  };
}

function afterTheDataHost({ dataHost, objectives }: ResolvedDigitalOcean): (Recovery | undefined)[] {
  if (dataHost === undefined) return [];
  const { backup } = dataHost.server;
  if (backup === undefined) return [undefined];
  const { archiveTimeoutSeconds } = backup;
  return [
    {
      loss: "the data host",
      means: "a restore from the bucket",
      steps: [
        { seconds: decision.seconds, what: "to decide" },
        NEW_MACHINE,
        restoreStep(dataHost.diskGiB, objectives.restoreMiBPerSecond),
      ],
      restored: {
        diskGiB: dataHost.diskGiB,
        leastDiskGiB: DROPLET_LIMITS.volumeGiB.bounds.min,
        field: "data.diskGiB",
      },
      lostSeconds: archiveTimeoutSeconds,
      lostBecause: `WAL is archived every ${archiveTimeoutSeconds} s or sooner`,
    },
  ];
}
