import { Droplet } from "@pulumi/digitalocean/droplet.js";
import { Firewall } from "@pulumi/digitalocean/firewall.js";
import { SpacesBucket } from "@pulumi/digitalocean/spacesBucket.js";
import { SpacesKey } from "@pulumi/digitalocean/spacesKey.js";
import { Volume } from "@pulumi/digitalocean/volume.js";
import { VolumeAttachment } from "@pulumi/digitalocean/volumeAttachment.js";
import type { ResolvedDataHost } from "../../topology/resolved-digitalocean.ts";
import type { CloudPlace } from "./cloud-place.ts";
import { bucketArgs, DATA_HOST, dropletArgs, firewallArgs, volumeArgs } from "./data-host-args.ts";
import type { PrivateNetwork } from "./network.ts";

/** Where the data host keeps its backups, and the one key that it has for that. */
export interface BackupBucket {
  readonly region: string;
  readonly bucket: SpacesBucket;
  readonly key: SpacesKey;
}

/** The Droplet that runs the data database, and what belongs to it. */
export interface DataHost {
  readonly droplet: Droplet;
  readonly volume: Volume;
  /** `undefined` without backups. */
  readonly backups: BackupBucket | undefined;
}

/** Makes the machine, the volume that the data lives on, and the bucket of its backups. */
export function createDataHost(place: CloudPlace, host: ResolvedDataHost, network: PrivateNetwork): DataHost {
  const { childName, dataOptions, guardedOptions, options } = place;
  const volume = new Volume(childName(DATA_HOST.volume), volumeArgs(place, host), dataOptions);
  const droplet = createDroplet(place, host, network);
  const dropletId = droplet.id.apply(Number);
  new VolumeAttachment(
    childName("data-attachment"),
    { dropletId, volumeId: volume.id },
    // Never taken from a machine that runs: the machine lets go of it itself, once it is shut down. A volume has one
    // machine at a time.
    { ...options, retainOnDelete: true, deleteBeforeReplace: true },
  );
  new Firewall(
    childName(`firewall-${DATA_HOST.host}`),
    firewallArgs(place, host, { network, dropletId }),
    // Without it, everybody may knock. A removal that the machine's own guard refuses would have begun here.
    guardedOptions,
  );
  return { droplet, volume, backups: createBackups(place, host) };
}

function createDroplet(place: CloudPlace, host: ResolvedDataHost, network: PrivateNetwork): Droplet {
  const { childName, guardedOptions } = place;
  return new Droplet(childName(DATA_HOST.host), dropletArgs(place, host, network), {
    ...guardedOptions,
    // Each of them would replace the machine: a new version of the bootstrap, which is run at a first boot only; a new
    // image; a key that was added, which belongs into the host's own list.
    ignoreChanges: ["userData", "image", "sshKeys"],
    // The volume has to be free before another machine can have it.
    deleteBeforeReplace: true,
    // The provider gives a machine a minute to shut down, and a server that is at work needs longer.
    customTimeouts: { delete: "10m" },
  });
}

function createBackups(place: CloudPlace, { bucketRegion }: ResolvedDataHost): BackupBucket | undefined {
  if (bucketRegion === undefined) return undefined;
  const { name, childName, dataOptions, options } = place;
  const bucket = new SpacesBucket(childName(DATA_HOST.backups), bucketArgs(place, bucketRegion), dataOptions);
  const key = new SpacesKey(
    childName("backups-key"),
    { name: name(DATA_HOST.backups), grants: [{ bucket: bucket.name, permission: "readwrite" }] },
    options,
  );
  return { region: bucketRegion, bucket, key };
}
