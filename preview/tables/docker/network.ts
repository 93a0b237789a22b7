import { readAt } from "../../../topology/limits/limit.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { ResourceTable } from "../../resource-table.ts";

/** Every input of a network makes it anew. */
const NETWORK_RESOURCE = readAt(
  "https://github.com/kreuzwerker/terraform-provider-docker/blob/master/internal/provider/resource_docker_network.go",
  "2026-07-22",
);

const MADE_ANEW: Effect = {
  label: "restart",
  what: "the network is made anew: every container in it is cut off, and is made anew, too",
  source: NETWORK_RESOURCE,
};
const OPENED: Effect = { ...MADE_ANEW, exposure: true, what: `${MADE_ANEW.what}; more can reach it from then on` };

/** The network between the parts. */
export const NETWORK: ResourceTable = {
  properties: {
    name: MADE_ANEW,
    driver: { by: ({ to }) => (to === "bridge" ? MADE_ANEW : OPENED), worst: OPENED },
    internal: { by: ({ to }) => (to === true ? MADE_ANEW : OPENED), worst: OPENED },
    attachable: { by: ({ to }) => (to === true ? OPENED : MADE_ANEW), worst: OPENED },
    ingress: { by: ({ to }) => (to === true ? OPENED : MADE_ANEW), worst: OPENED },
    ipv6: { by: ({ to }) => (to === true ? OPENED : MADE_ANEW), worst: OPENED },
    ipamConfigs: MADE_ANEW,
    ipamDriver: MADE_ANEW,
    ipamOptions: MADE_ANEW,
    labels: MADE_ANEW,
    options: MADE_ANEW,
  },
  unlisted: "restart",
  created: { label: "none", what: "a network is made", source: NETWORK_RESOURCE },
  deleted: { label: "restart", what: "the network goes, and the sessions over it end", source: NETWORK_RESOURCE },
  replaced: MADE_ANEW,
};
