import { storageOf } from "../../topology/limits/digitalocean.ts";
import type { ResolvedDataHost, ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { CostParts } from "./cost.ts";
import { type CostLine, lineOf, type UseLine, useLineOf } from "./cost-line.ts";
import { DIGITALOCEAN_THINGS, DROPLET_PRICES, machinePrice, MANAGED_PRICES } from "./digitalocean-prices.ts";
import type { PriceOrReason } from "./price.ts";

const HOST = "data-host";

/** What a topology on DigitalOcean costs: the managed servers, and the data host beside them. */
export function digitalOceanCost(topology: ResolvedDigitalOcean): CostParts {
  const { dataHost, nodeCount, primary, replicas, storage } = topology;
  return {
    lines: [
      ...serverLines(primary.part, primary.slug, nodeCount, storage.diskGiB),
      ...replicas.flatMap(({ part, slug }) => serverLines(part, slug, 1, storage.diskGiB)),
      ...(dataHost === undefined ? [] : hostLines(dataHost)),
    ],
    byUse: [
      ...(storage.autoscale
        ? [
            useLineOf(
              { part: primary.part, item: "storage that grows", detail: "in steps of 10 GiB, at 80 % full" },
              "GiB month",
              DIGITALOCEAN_THINGS.managedStorage,
            ),
          ]
        : []),
      ...(dataHost === undefined ? [] : usedByHost(dataHost)),
    ],
    notes: [
      "By the vendor's list: no taxes. The platform's backups of seven days come with the managed servers.",
      ...(nodeCount === 1 ? [] : ["A standby costs what the primary does."]),
      ...(dataHost?.bucketRegion === undefined ? [] : ["Spaces is paid once for all buckets of the account."]),
    ],
  };
}

function serverLines(part: string, slug: string, nodes: number, diskGiB: number | undefined): CostLine[] {
  const included = storageOf(slug)?.min;
  const machine = lineOf({ part, item: "nodes", detail: slug }, nodes, "node", machinePrice(MANAGED_PRICES, slug));
  if (diskGiB === undefined || diskGiB === included) return [machine];
  const detail =
    included === undefined ? "more than comes with the machine" : `beyond the ${included} GiB of the machine`;
  return [
    machine,
    lineOf(
      { part, item: "storage", detail },
      included === undefined ? diskGiB : Math.max(0, diskGiB - included),
      "GiB",
      storagePrice(included, nodes),
    ),
  ];
}

function storagePrice(included: number | undefined, nodes: number): PriceOrReason {
  if (included === undefined) return { notPriced: "how much storage comes with the machine was not read" };
  if (nodes > 1) return { notPriced: "whether storage is paid for each node was not read" };
  return DIGITALOCEAN_THINGS.managedStorage;
}

function hostLines({ bucketRegion, diskGiB, slug }: ResolvedDataHost): CostLine[] {
  return [
    lineOf({ part: HOST, item: "Droplet", detail: slug }, 1, "Droplet", machinePrice(DROPLET_PRICES, slug)),
    lineOf({ part: HOST, item: "volume", detail: "block storage" }, diskGiB, "GiB", DIGITALOCEAN_THINGS.volume),
    ...(bucketRegion === undefined
      ? []
      : [
          lineOf(
            { part: HOST, item: "Spaces", detail: "250 GiB stored, 1 TiB sent" },
            1,
            "account",
            DIGITALOCEAN_THINGS.spaces,
          ),
        ]),
  ];
}

function usedByHost({ bucketRegion, server }: ResolvedDataHost): UseLine[] {
  const days = server.backup?.retentionDays;
  return [
    ...(bucketRegion === undefined
      ? []
      : [
          useLineOf(
            { part: HOST, item: "backups and WAL", detail: `of ${days} days, beyond 250 GiB in the account` },
            "GiB month",
            DIGITALOCEAN_THINGS.spacesStorage,
          ),
          useLineOf(
            { part: HOST, item: "restores", detail: "sent from Spaces beyond 1 TiB" },
            "GiB",
            DIGITALOCEAN_THINGS.spacesTransfer,
          ),
        ]),
    useLineOf(
      { part: HOST, item: "network", detail: "sent beyond what comes with the Droplets" },
      "GiB",
      DIGITALOCEAN_THINGS.dropletTransfer,
    ),
  ];
}
