import { type Machine, machineNamed } from "./digitalocean-machine.ts";
import { type Bounds, readAt, type Sourced } from "./limit.ts";

/** A Droplet's size. */
export interface DropletSize extends Machine, Sourced {}

/** A bound of a Droplet or of its volume, and what it is about. */
export interface DropletLimit extends Sourced {
  readonly title: string;
  readonly bounds: Bounds;
}

const TIB_IN_GIB = 1024;
const SLUGS = readAt("https://github.com/pulumi/pulumi-digitalocean/blob/master/sdk/nodejs/types/enums/index.ts");

/**
 * The sizes of Droplets that a data host can have: shared processors first, and the smallest first of each kind. Left out
 * are those with less than 1 GiB, and those whose storage or graphics nothing here would use.
 */
export const DROPLET_SIZES: readonly DropletSize[] = [
  ...["", "-amd", "-intel"].flatMap((maker) =>
    ["1vcpu-1gb", "1vcpu-2gb", "2vcpu-2gb", "2vcpu-4gb", "4vcpu-8gb", "8vcpu-16gb"].map((size) => `s-${size}${maker}`),
  ),
  ...["", "-intel"].flatMap((maker) =>
    ["2vcpu-8gb", "4vcpu-16gb", "8vcpu-32gb", "16vcpu-64gb", "32vcpu-128gb"].map((size) => `g-${size}${maker}`),
  ),
  ...["", "-intel"].flatMap((maker) =>
    ["2vcpu-16gb", "4vcpu-32gb", "8vcpu-64gb", "16vcpu-128gb", "24vcpu-192gb", "32vcpu-256gb"].map(
      (size) => `m-${size}${maker}`,
    ),
  ),
].map((slug) => ({ ...machineNamed(slug), provenance: SLUGS }));

/** Bounds of the data host. */
export const DROPLET_LIMITS = {
  /** Volumes only grow: the provider refuses a smaller size. */
  volumeGiB: {
    title: "GiB of a volume",
    bounds: { min: 1, max: 16 * TIB_IN_GIB },
    provenance: readAt("https://www.digitalocean.com/docs/apis-clis/doctl/reference/compute/volume"),
  },
} as const satisfies Readonly<Record<string, DropletLimit>>;
