import type { HttpsUrl, IsoDate } from "../../topology/limits/limit.ts";
import { listed, type Price, type PriceOrReason } from "./price.ts";

/** The price of a machine by its name. */
export interface MachinePrice extends Price {
  readonly slug: string;
}

/** One price, the same in every region. */
export interface ThingPrice extends Price {
  readonly thing: string;
}

const LISTS = "https://www.digitalocean.com/pricing";
const DATABASES: HttpsUrl = `${LISTS}/managed-databases`;
const DROPLETS: HttpsUrl = `${LISTS}/droplets`;
const SPACES: HttpsUrl = `${LISTS}/spaces-object-storage`;
const VOLUMES: HttpsUrl = `${LISTS}/volumes`;
const BANDWIDTH: HttpsUrl = "https://docs.digitalocean.com/platform/billing/bandwidth/";

/** A month of one node of managed PostgreSQL, with the storage that comes with it. Of the other series no price was read. */
export const MANAGED_PRICES: readonly MachinePrice[] = [
  ...machines(DATABASES, "2026-09-30", {
    "db-s-1vcpu-1gb": 15.15,
    "db-s-1vcpu-2gb": 30.45,
    "db-s-2vcpu-4gb": 60.9,
  }),
  ...machines(DATABASES, "2026-08-13", { "db-s-4vcpu-8gb": 122.1, "db-s-6vcpu-16gb": 244.35 }),
];

/** A month of a Droplet; it is billed by the second, up to this. The newest that was read of each stands first. */
export const DROPLET_PRICES: readonly MachinePrice[] = [
  ...machines(DROPLETS, "2026-10-08", { "s-1vcpu-1gb": 6, "s-1vcpu-2gb": 12, "s-2vcpu-4gb": 24 }),
  ...machines(DROPLETS, "2026-09-30", { "s-4vcpu-8gb": 48, "s-8vcpu-16gb": 96 }),
  ...machines(DROPLETS, "2026-09-07", { "m-8vcpu-64gb": 336 }),
  // As `doctl compute size list` printed it.
  ...machines(DROPLETS, "2025-08-20", {
    "s-2vcpu-2gb": 18,
    ...each(["-amd", "-intel"], {
      "s-1vcpu-1gb": 7,
      "s-1vcpu-2gb": 14,
      "s-2vcpu-2gb": 21,
      "s-2vcpu-4gb": 28,
      "s-4vcpu-8gb": 56,
      "s-8vcpu-16gb": 112,
    }),
    "g-2vcpu-8gb": 63,
    "g-4vcpu-16gb": 126,
    "g-8vcpu-32gb": 252,
    "g-16vcpu-64gb": 504,
    "g-32vcpu-128gb": 1008,
    "g-2vcpu-8gb-intel": 76,
    "g-4vcpu-16gb-intel": 151,
    "g-8vcpu-32gb-intel": 302,
    "g-16vcpu-64gb-intel": 605,
    "g-32vcpu-128gb-intel": 1210,
    "m-2vcpu-16gb": 84,
    "m-4vcpu-32gb": 168,
    "m-16vcpu-128gb": 672,
    "m-24vcpu-192gb": 1008,
    "m-32vcpu-256gb": 1344,
    "m-2vcpu-16gb-intel": 99,
    "m-4vcpu-32gb-intel": 198,
    "m-8vcpu-64gb-intel": 396,
    "m-16vcpu-128gb-intel": 792,
    "m-24vcpu-192gb-intel": 1188,
    "m-32vcpu-256gb-intel": 1584,
  }),
];

/** What is no machine. */
export const DIGITALOCEAN_THINGS = {
  /** In steps of 10 GiB. */
  managedStorage: { thing: "storage of a managed node", ...listed(DATABASES, "2026-08-13", 0.215, "GiB month") },
  volume: { thing: "volume", ...listed(VOLUMES, "2026-08-30", 0.1, "GiB month") },
  /** Of the account, with 250 GiB stored and 1 TiB sent. */
  spaces: { thing: "Spaces", ...listed(SPACES, "2026-09-30", 5, "month") },
  spacesStorage: { thing: "Spaces beyond 250 GiB", ...listed(SPACES, "2026-08-13", 0.02, "GiB month") },
  spacesTransfer: { thing: "Spaces beyond 1 TiB sent", ...listed(SPACES, "2026-08-13", 0.01, "GiB") },
  dropletTransfer: {
    thing: "sent beyond what comes with the Droplets",
    ...listed(BANDWIDTH, "2026-08-30", 0.01, "GiB"),
  },
} as const satisfies Readonly<Record<string, ThingPrice>>;

/** What a machine costs, or that it was not read. */
export function machinePrice(prices: readonly MachinePrice[], slug: string): PriceOrReason {
  return (
    prices.find((price) => price.slug === slug) ?? { notPriced: `no price of ${slug === "" ? "it" : slug} was read` }
  );
}

function machines(list: HttpsUrl, asOf: IsoDate, usd: Readonly<Record<string, number>>): MachinePrice[] {
  return Object.entries(usd).map(([slug, monthly]) => ({ slug, ...listed(list, asOf, monthly, "month") }));
}

function each(makers: readonly string[], usd: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    makers.flatMap((maker) => Object.entries(usd).map(([size, monthly]) => [`${size}${maker}`, monthly])),
  );
}
