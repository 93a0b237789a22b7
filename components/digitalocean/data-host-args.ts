import type { types } from "@pulumi/digitalocean";
import type { DropletArgs } from "@pulumi/digitalocean/droplet.js";
import type { FirewallArgs } from "@pulumi/digitalocean/firewall.js";
import type { SpacesBucketArgs } from "@pulumi/digitalocean/spacesBucket.js";
import type { VolumeArgs } from "@pulumi/digitalocean/volume.js";
import type * as pulumi from "@pulumi/pulumi";
import { renderBootstrap } from "../../rendering/data-host/bootstrap.ts";
import type { ResolvedDataHost, ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { openPorts } from "../../topology/trusted-sources.ts";
import type { CloudPlace } from "./cloud-place.ts";
import type { PrivateNetwork } from "./network.ts";

/** Roles in the names of the data host and of what belongs to it. */
export const DATA_HOST = { host: "data-host", volume: "data", backups: "backups" } as const;

const IMAGE = "debian-13-x64";
const ANYWHERE = "0.0.0.0/0";
/** Of managed PostgreSQL and its pools: https://docs.digitalocean.com/products/databases/postgresql/how-to/connect/ */
const MANAGED_PORTS = "25060-25061";
/** Days that an object that was removed or written over can be brought back. */
const NONCURRENT_DAYS = 14;
/** Days after which the parts of an upload that never ended are removed. */
const ABANDONED_AFTER_DAYS = 7;

/** The machine. What it holds is on its volume: it can be made again. */
export function dropletArgs(
  { topology, name, tags }: CloudPlace,
  host: ResolvedDataHost,
  network: PrivateNetwork,
): DropletArgs {
  return {
    name: name(DATA_HOST.host),
    region: topology.region,
    size: host.slug,
    image: IMAGE,
    vpcUuid: network.id,
    sshKeys: [...host.sshKeys],
    userData: renderBootstrap({ volume: name(DATA_HOST.volume) }),
    monitoring: true,
    // The console in the browser: a way in that no source was named for.
    dropletAgent: false,
    // The server ends its work before the machine goes.
    gracefulShutdown: true,
    // A disk that has grown can't shrink, and the data is not on it: so a larger machine can become a smaller one again.
    resizeDisk: false,
    tags,
  };
}

/** Without a file system: the bootstrap makes one on a blank volume, and leaves any other as it is. */
export function volumeArgs({ topology, name, tags }: CloudPlace, host: ResolvedDataHost): VolumeArgs {
  return { name: name(DATA_HOST.volume), region: topology.region, size: host.diskGiB, tags };
}

/** What comes in: the databases' clients, and who administers the host. What goes out: packages, names, time, backups. */
export function firewallArgs(
  { topology, name }: CloudPlace,
  host: ResolvedDataHost,
  wiring: { readonly network: PrivateNetwork; readonly dropletId: pulumi.Input<number> },
): FirewallArgs {
  const ports = openPorts({ dataHost: host, sources: topology.sources }, { cidr: wiring.network.cidr });
  return {
    name: name(DATA_HOST.host),
    dropletIds: [wiring.dropletId],
    inboundRules: ports.map(({ port, sources }) => inbound(port, sources)),
    outboundRules: [
      outbound("tcp", "53", ANYWHERE),
      outbound("udp", "53", ANYWHERE),
      outbound("udp", "123", ANYWHERE),
      outbound("tcp", "80", ANYWHERE),
      outbound("tcp", "443", ANYWHERE),
      // A replica in another region has no address in the VPC.
      outbound("tcp", MANAGED_PORTS, hasDistantReplica(topology) ? ANYWHERE : wiring.network.cidr),
    ],
  };
}

/** Backups, WAL and exports. What the host's key removes can be brought back for a while. */
export function bucketArgs({ name }: CloudPlace, region: string): SpacesBucketArgs {
  return {
    name: name(DATA_HOST.backups),
    region,
    acl: "private",
    versioning: { enabled: true },
    lifecycleRules: [
      {
        id: "removed-objects",
        enabled: true,
        noncurrentVersionExpiration: { days: NONCURRENT_DAYS },
        expiration: { expiredObjectDeleteMarker: true },
        abortIncompleteMultipartUploadDays: ABANDONED_AFTER_DAYS,
      },
    ],
    forceDestroy: false,
  };
}

function hasDistantReplica({ region, replicas }: ResolvedDigitalOcean): boolean {
  return replicas.some((replica) => replica.region !== region);
}

function inbound(port: number, sources: readonly pulumi.Input<string>[]): types.input.FirewallInboundRule {
  return { protocol: "tcp", portRange: String(port), sourceAddresses: [...sources] };
}

function outbound(
  protocol: "tcp" | "udp",
  portRange: string,
  destination: pulumi.Input<string>,
): types.input.FirewallOutboundRule {
  return { protocol, portRange, destinationAddresses: [destination] };
}
