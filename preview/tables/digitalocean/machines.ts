import {
  HOST_MADE_ANEW,
  HOST_RESIZED,
  VOLUME_GROWS,
  VOLUME_SHRINKS,
} from "../../../topology/change/digitalocean-effects.ts";
import { DROPLET_RESOURCE, VOLUME_RESOURCE } from "../../../topology/change/digitalocean-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import { CLOUD_LABELS } from "../../../topology/names.ts";
import type { PlannedStep } from "../../planned-step.ts";
import type { KnownEdit, ResourceTable } from "../../resource-table.ts";
import { hasLess, hasMore, listOf, numberOf, textOf } from "../edited-values.ts";
import { exposed, opensWhere, rowsOf } from "./rows.ts";

const GOES_ON: Effect = { label: "none", what: "the machine goes on", source: DROPLET_RESOURCE };
const LOST: Effect = {
  label: "data loss",
  what: "the machine is removed with its own disk, and the backups that were made of it; what is on volumes stays",
  source: DROPLET_RESOURCE,
};
const MADE_ANEW: Effect = { ...LOST, what: `another machine is made; ${LOST.what}` };

/** Our data host has nothing on its own disk that could not be made again. */
function isDataHost({ old }: PlannedStep): boolean {
  return listOf(old?.inputs.tags).some((tag) => textOf(tag).startsWith(`${CLOUD_LABELS.stack}:`));
}

const isTrue = ({ to }: KnownEdit): boolean => textOf(to) === "true";
const isNotTrue = ({ to }: KnownEdit): boolean => textOf(to) !== "true";

/** A machine: the data host, or one that may run anybody's database. */
export const DROPLET: ResourceTable = {
  properties: {
    name: GOES_ON,
    size: HOST_RESIZED,
    resizeDisk: { ...GOES_ON, what: "it holds for the next resize; the machine goes on" },
    gracefulShutdown: { ...GOES_ON, what: "it holds when the machine is removed; until then it goes on" },
    tags: opensWhere(
      hasMore,
      GOES_ON,
      exposed(GOES_ON, "firewalls and trusted sources that name its new tag hold for it from then on"),
    ),
    backups: opensWhere(isNotTrue, GOES_ON, exposed(GOES_ON, "the platform no longer backs the machine up")),
    backupPolicy: { ...GOES_ON, what: "backups of the machine are made at another time" },
    ...rowsOf(["ipv6", "privateNetworking"], {
      by: (edit) => (isTrue(edit) ? exposed(GOES_ON, "it is reached in one more way") : GOES_ON),
      worst: exposed(GOES_ON, "it may be reached in one more way"),
    }),
    ipv6Address: GOES_ON,
    volumeIds: {
      by: (edit) =>
        hasLess(edit)
          ? { label: "restart", what: "a volume is taken off the machine that uses it", source: DROPLET_RESOURCE }
          : { ...GOES_ON, what: "one more volume is put on the machine, which goes on" },
      worst: { label: "restart", what: "a volume may be taken off the machine that uses it", source: DROPLET_RESOURCE },
    },
    ...rowsOf(["image", "region", "monitoring", "userData", "gpuPartitionMode"], MADE_ANEW),
    vpcUuid: exposed(MADE_ANEW, `${MADE_ANEW.what}; others reach it in its other network`),
    publicNetworking: opensWhere(isTrue, MADE_ANEW, exposed(MADE_ANEW, `${MADE_ANEW.what}; it has a public address`)),
    sshKeys: opensWhere(hasMore, MADE_ANEW, exposed(MADE_ANEW, `${MADE_ANEW.what}; whoever has a new key gets in`)),
    dropletAgent: opensWhere(
      isTrue,
      MADE_ANEW,
      exposed(MADE_ANEW, `${MADE_ANEW.what}; the console in the browser gets in`),
    ),
  },
  unlisted: "data loss",
  created: { label: "none", what: "a machine is made", source: DROPLET_RESOURCE },
  deleted: (step) =>
    isDataHost(step) ? { ...HOST_MADE_ANEW, what: "the data host goes; its volume has a line of its own" } : LOST,
  replaced: (step) => (isDataHost(step) ? HOST_MADE_ANEW : MADE_ANEW),
};

const VOLUME_LOST: Effect = {
  label: "data loss",
  what: "the volume is removed with what it holds",
  source: VOLUME_RESOURCE,
};
const VOLUME_ANEW: Effect = { ...VOLUME_LOST, what: `another volume is made, empty; ${VOLUME_LOST.what}` };
const SAME_VOLUME: Effect = { label: "none", what: "the volume stays as it is", source: VOLUME_RESOURCE };

/** Block storage that data lives on. */
export const VOLUME: ResourceTable = {
  properties: {
    size: {
      by: ({ from, to }) => {
        const [old, next] = [numberOf(from), numberOf(to)];
        if (old === undefined || next === undefined) return undefined;
        return next > old ? VOLUME_GROWS : VOLUME_SHRINKS;
      },
      worst: VOLUME_SHRINKS,
    },
    ...rowsOf(
      ["name", "region", "description", "snapshotId", "initialFilesystemType", "initialFilesystemLabel"],
      VOLUME_ANEW,
    ),
    filesystemType: VOLUME_ANEW,
    tags: SAME_VOLUME,
  },
  unlisted: "data loss",
  created: { label: "none", what: "an empty volume is made", source: VOLUME_RESOURCE },
  deleted: VOLUME_LOST,
  replaced: VOLUME_ANEW,
};

const TAKEN_OFF: Effect = {
  label: "restart",
  what: "the volume is taken off the machine: what runs on it stops",
  source: VOLUME_RESOURCE,
};

/** Which machine has a volume. */
export const VOLUME_ATTACHMENT: ResourceTable = {
  properties: rowsOf(["dropletId", "volumeId"], TAKEN_OFF),
  unlisted: "restart",
  created: { label: "none", what: "the volume is put on the machine", source: VOLUME_RESOURCE },
  deleted: ({ old }) =>
    old?.retainOnDelete === true
      ? { ...TAKEN_OFF, label: "none", what: "the volume stays on the machine until that is gone" }
      : TAKEN_OFF,
  replaced: TAKEN_OFF,
};

const SNAPSHOT_LOST: Effect = {
  label: "data loss",
  what: "the snapshot is removed: nothing can be restored from it",
  source: VOLUME_RESOURCE,
};

function snapshotTable(names: readonly string[], others: ResourceTable["properties"] = {}): ResourceTable {
  return {
    properties: { ...rowsOf(names, SNAPSHOT_LOST), ...others },
    unlisted: "data loss",
    created: { label: "none", what: "a snapshot is made; the machine goes on", source: VOLUME_RESOURCE },
    deleted: SNAPSHOT_LOST,
    replaced: { ...SNAPSHOT_LOST, what: "another snapshot is made, of what is there then, and the old one is removed" },
  };
}

export const VOLUME_SNAPSHOT = snapshotTable(["name", "volumeId"], { tags: SAME_VOLUME });
export const DROPLET_SNAPSHOT = snapshotTable(["name", "dropletId"]);
