import { type Bounds, notConfirmed, readAt, type Sourced } from "./limit.ts";

/** How long names are. */
export interface NameLength extends Sourced {
  readonly title: string;
  readonly bounds: Bounds;
}

/** A range of addresses that no VPC may have in common with. */
export interface ReservedRange extends Sourced {
  readonly cidr: string;
}

const SPECIFICATION = "https://github.com/digitalocean/openapi/blob/main/specification/resources" as const;
const VPC_LIMITS = "https://docs.digitalocean.com/products/networking/vpc/details/limits/" as const;

/** How long names are; all of them are lower-case letters, digits and hyphens (no underscore: digitalocean/api-v2#194). */
export const DIGITALOCEAN_NAMES = {
  server: {
    title: "characters of a cluster's, a replica's or a Droplet's name",
    bounds: { min: 1, max: 63 },
    provenance: notConfirmed(
      "https://www.rfc-editor.org/rfc/rfc1123",
      "the vendor gives no number; the name becomes a part of a host's name",
    ),
  },
  volume: {
    title: "characters of a volume's name",
    bounds: { min: 1, max: 64 },
    provenance: readAt(`${SPECIFICATION}/volumes/models/volume_base.yml`, "2026-08-07"),
  },
  bucket: {
    title: "characters of a bucket's name, without dots",
    bounds: { min: 3, max: 63 },
    provenance: notConfirmed(
      "https://docs.digitalocean.com/products/spaces/how-to/create/",
      "known from S3, whose API Spaces speaks; the page was not read",
    ),
  },
} as const satisfies Readonly<Record<string, NameLength>>;

/** Prefix lengths of a VPC's range, which must be a private one: RFC 1918. */
export const VPC_PREFIX_LENGTH = {
  bounds: { min: 16, max: 28 },
  provenance: readAt(`${SPECIFICATION}/vpcs/models/vpc.yml`, "2026-08-07"),
} as const satisfies Sourced & { bounds: Bounds };

/** Addresses that the platform keeps for itself in every region. */
export const RESERVED_RANGES: readonly ReservedRange[] = [
  ...["10.244.0.0/16", "10.245.0.0/16", "10.246.0.0/24"].map((cidr) => ({
    cidr,
    provenance: notConfirmed(VPC_LIMITS, "known; the copy that was read breaks off before the list"),
  })),
  { cidr: "10.229.0.0/16", provenance: readAt("https://docs.digitalocean.com/release-notes/", "2025-03-07") },
];
