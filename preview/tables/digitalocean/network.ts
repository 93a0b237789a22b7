import { clusterMadeAnew, reachChanges } from "../../../topology/change/digitalocean-effects.ts";
import { VPC_RESOURCE } from "../../../topology/change/digitalocean-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import { readAt } from "../../../topology/limits/limit.ts";
import type { ResourceTable } from "../../resource-table.ts";
import { hasLess, hasMore, textOf } from "../edited-values.ts";
import { letsMoreIn } from "./openness.ts";
import { exposed, opensWhere, rowsOf } from "./rows.ts";

const PROVIDER = "https://github.com/digitalocean/terraform-provider-digitalocean/blob/main/digitalocean" as const;
const READ = "2026-08-06";
const FIREWALL_RESOURCE = readAt(`${PROVIDER}/firewall/resource_firewall.go`, READ);
const PEERING_RESOURCE = readAt(`${PROVIDER}/vpcpeering/resource_vpc_peering.go`, READ);
const ADDRESS_RESOURCE = readAt(`${PROVIDER}/reservedip/resource_reserved_ip.go`, READ);

const REACHED = reachChanges("the machine", FIREWALL_RESOURCE, false);
const OPENED = reachChanges("the machine", FIREWALL_RESOURCE, true);
const UNGUARDED = exposed(
  OPENED,
  "a machine that it no longer guards takes whoever knocks, unless another one guards it",
);
const OUTBOUND: Effect = {
  label: "none",
  what: "the machine may reach other places: where backups or a primary no longer are among them, they are not reached",
  source: FIREWALL_RESOURCE,
};

/** Who reaches machines. */
export const FIREWALL: ResourceTable = {
  properties: {
    name: REACHED,
    inboundRules: opensWhere(({ from, to }) => letsMoreIn(from, to), REACHED, OPENED),
    outboundRules: opensWhere(hasMore, OUTBOUND, exposed(OUTBOUND, "the machine may send data to more places")),
    ...rowsOf(["dropletIds", "tags"], opensWhere(hasLess, REACHED, UNGUARDED)),
  },
  unlisted: "none",
  created: { ...REACHED, what: "from then on, only who is listed reaches the machines" },
  deleted: ({ old }) =>
    old?.retainOnDelete === true ? { ...REACHED, what: "it stays, and guards as before" } : UNGUARDED,
  replaced: UNGUARDED,
};

const VPC_ANEW: Effect = { ...clusterMadeAnew("nothing leaves its VPC", false), source: VPC_RESOURCE };
const VPC_STAYS: Effect = { label: "none", what: "what is in the VPC goes on", source: VPC_RESOURCE };

/** The private network of clusters and machines. */
export const VPC: ResourceTable = {
  properties: { ...rowsOf(["region", "ipRange"], VPC_ANEW), ...rowsOf(["name", "description"], VPC_STAYS) },
  unlisted: "data loss",
  created: { ...VPC_STAYS, what: "a private network is made, with nothing in it" },
  deleted: { ...VPC_STAYS, what: "the platform removes it once nothing is in it any more" },
  replaced: VPC_ANEW,
};

const PEERED: Effect = {
  label: "none",
  exposure: true,
  what: "whoever is in one of the networks reaches the other one",
  source: PEERING_RESOURCE,
};
const PARTED: Effect = {
  label: "restart",
  what: "sessions from the one network to the other end",
  source: PEERING_RESOURCE,
};

/** A way between two private networks. */
export const VPC_PEERING: ResourceTable = {
  properties: { name: { ...PARTED, label: "none", what: "the way stays" }, vpcIds: exposed(PARTED) },
  unlisted: "restart",
  created: PEERED,
  deleted: PARTED,
  replaced: exposed(PARTED),
};

const ADDRESS_LOST: Effect = {
  label: "restart",
  what: "the machine is no longer reached at the address, and the sessions there end",
  source: ADDRESS_RESOURCE,
};
const ADDRESS_GIVEN: Effect = {
  label: "none",
  exposure: true,
  what: "the machine is reached at a public address from then on, as far as its firewall lets in",
  source: ADDRESS_RESOURCE,
};
const ADDRESS_MOVES = exposed(ADDRESS_LOST, "the address leads to another machine, and the sessions there end");

function addressTable(names: readonly string[]): ResourceTable {
  return {
    properties: {
      ...rowsOf(names, ADDRESS_LOST),
      dropletId: opensWhere(({ to }) => textOf(to) !== "", ADDRESS_LOST, ADDRESS_MOVES),
    },
    unlisted: "restart",
    created: ADDRESS_GIVEN,
    deleted: ADDRESS_LOST,
    replaced: ADDRESS_MOVES,
  };
}

/** Public addresses that stay when a machine goes. */
export const RESERVED_IP = addressTable(["ipAddress", "region"]);
export const RESERVED_IPV6 = addressTable(["ip", "regionSlug"]);
