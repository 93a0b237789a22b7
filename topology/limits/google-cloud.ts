import { type Bounds, type HttpsUrl, notConfirmed, readAt, type Sourced } from "./limit.ts";

/** A range of IPv4 addresses, and what it is about. */
export interface AddressRange extends Sourced {
  readonly cidr: string;
}

/** The place of a key for something that spans regions. */
export interface KeyPlace extends Sourced {
  /** Of what is encrypted. */
  readonly location: string;
  readonly keyLocation: string;
}

const RESOURCES: HttpsUrl = "https://docs.cloud.google.com/resource-manager/docs";
const PRIVATE_IP: HttpsUrl = "https://docs.cloud.google.com/sql/docs/postgres/private-ip";

/** How long names are, of what stands around the servers. */
export const NAME_LENGTHS = {
  dnsZone: {
    title: "characters of a DNS zone's name",
    bounds: { min: 1, max: 63 },
    provenance: readAt("https://hexdocs.pm/google_api_dns/0.4.0/GoogleApi.DNS.V1.Model.ManagedZone.html"),
  },
  cloudRunService: {
    title: "characters of a Cloud Run service's name",
    bounds: { min: 1, max: 49 },
    // The API's own words: "must be less than 50 characters".
    provenance: readAt("https://github.com/pulumi/pulumi-gcp/issues/3166", "2025-04-11"),
  },
  bucket: {
    title: "characters of a bucket's name, without dots",
    bounds: { min: 3, max: 63 },
    provenance: readAt("https://docs.cloud.google.com/storage/docs/buckets"),
  },
  addressRange: {
    title: "characters of an address range's name",
    bounds: { min: 1, max: 63 },
    provenance: readAt("https://docs.ansible.com/ansible/latest/modules/gcp_compute_global_address_module.html"),
  },
  serviceAccountId: {
    title: "characters of a service account's id",
    bounds: { min: 6, max: 30 },
    provenance: readAt(
      "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_service_account",
    ),
  },
  projectId: {
    title: "characters of a project's id",
    bounds: { min: 6, max: 30 },
    provenance: notConfirmed(`${RESOURCES}/creating-managing-projects`, "known, the page was not read"),
  },
} as const satisfies Readonly<Record<string, Sourced & { title: string; bounds: Bounds }>>;

/** Labels of one resource: how many, and how no name of yours begins. */
export const LABEL_LIMITS = {
  most: 64,
  reservedPrefix: "goog",
  provenance: notConfirmed(`${RESOURCES}/creating-managing-labels`, "known, the page was not read"),
} as const satisfies Sourced & { most: number; reservedPrefix: string };

/** Addresses that Cloud SQL's servers can't answer to: their hosts have Docker's bridge there. */
export const DOCKER_BRIDGE: AddressRange = {
  cidr: "172.17.0.0/16",
  provenance: readAt("https://github.com/GoogleCloudPlatform/gcpdiag"),
};

/** Addresses that are nobody's on the internet; Cloud SQL answers others only once their routes are exported. */
export const PRIVATE_ADDRESSES: readonly AddressRange[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(
  (cidr) => ({ cidr, provenance: notConfirmed("https://www.rfc-editor.org/rfc/rfc1918", "known, not read again") }),
);

/** What managed services take from the range that is set aside for them: one block for each region of each service. */
export const SERVICES_BLOCK = {
  prefixLength: 24,
  provenance: readAt(PRIVATE_IP),
} as const satisfies Sourced & { prefixLength: number };

/** Where the key of a bucket in a multi-region must be; a bucket in a region has its key in that region. */
export const KEY_PLACES: readonly KeyPlace[] = (
  [
    ["us", "us"],
    ["eu", "europe"],
    ["asia", "asia"],
  ] as const
).map(([location, keyLocation]) => ({
  location,
  keyLocation,
  provenance: notConfirmed(
    "https://docs.cloud.google.com/storage/docs/encryption/customer-managed-keys",
    "known; the copies that were read break off before it",
  ),
}));

/** The location that the key of a bucket must have. */
export function keyLocationOf(bucketLocation: string): string {
  return KEY_PLACES.find(({ location }) => location === bucketLocation)?.keyLocation ?? bucketLocation;
}
