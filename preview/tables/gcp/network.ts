import { ACCESS_EFFECTS } from "../../../topology/change/gcp-effects.ts";
import { UNSAID } from "../../../topology/change/gcp-sources.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { ResourceTables } from "../../resource-table.ts";
import { around } from "./around.ts";
import { PAGES } from "./sources.ts";
import { byInputs, fieldOf, oneOf, present, stringsOf, switched } from "./value-rules.ts";

const AS_IT_WAS: Effect = { label: "none", what: "connections go on as they are", source: PAGES.network };

const CUT_OFF: Effect = {
  label: "replace",
  what: "servers lose the network that they have their addresses in: they may have to be made anew, and then are empty",
  source: UNSAID,
};

const WAY_BROKEN: Effect = {
  label: "restart",
  what: "clients lose their way to the servers until there is another one; servers go on",
  source: PAGES.network,
};

const NAMED_ANEW: Effect = {
  ...WAY_BROKEN,
  what: "clients find another address by the name, or none; servers go on",
  source: PAGES.names,
};

/** Only a range for a peering holds addresses of servers. */
const holdsServers = byInputs((inputs) =>
  fieldOf(inputs, "purpose") === "VPC_PEERING" ? ACCESS_EFFECTS.addressRange : WAY_BROKEN,
);

/** A peering may get more ranges; one that servers have their addresses in does not go. */
const PEERING_RANGES = oneOf([ACCESS_EFFECTS.addressRange, AS_IT_WAS], ({ from, to }) => {
  const [before, after] = [stringsOf(from), stringsOf(to)];
  if (before === undefined || after === undefined) return undefined;
  return before.every((range) => after.includes(range)) ? AS_IT_WAS : ACCESS_EFFECTS.addressRange;
});

/** The private way to the servers. */
export const NETWORK_TABLES: ResourceTables = {
  "gcp:compute/network:Network": around({
    changed: AS_IT_WAS,
    fields: [
      ...["autoCreateSubnetworks", "bgpAlwaysCompareMed", "bgpBestPathSelectionMode", "bgpInterRegionCost"],
      ...["deleteBgpAlwaysCompareMed", "deleteDefaultRoutesOnCreate", "description", "enableUlaInternalIpv6"],
      ...["internalIpv6Range", "networkFirewallPolicyEnforcementOrder", "params", "routingMode"],
    ],
    properties: {
      name: CUT_OFF,
      project: CUT_OFF,
      networkProfile: CUT_OFF,
      mtu: { ...WAY_BROKEN, what: "packets of another size: what is in the network may have to restart" },
    },
    deleted: CUT_OFF,
  }),
  "gcp:compute/subnetwork:Subnetwork": around({
    changed: AS_IT_WAS,
    fields: [
      ...["allowSubnetCidrRoutesOverlap", "description", "externalIpv6Prefix", "internalIpv6Prefix", "ipCollection"],
      ...["ipv6AccessType", "logConfig", "params", "privateIpv6GoogleAccess", "resolveSubnetMask", "role"],
      ...["sendSecondaryIpRangeIfEmpty", "stackType", "secondaryIpRanges"],
    ],
    properties: {
      ...Object.fromEntries(
        ["ipCidrRange", "name", "network", "project", "purpose", "region", "reservedInternalRange"].map((field) => [
          field,
          ACCESS_EFFECTS.subnet,
        ]),
      ),
      privateIpGoogleAccess: switched(false, AS_IT_WAS, {
        ...AS_IT_WAS,
        what: "what has no public address in it no longer reaches secrets and connectors",
      }),
    },
    deleted: {
      ...ACCESS_EFFECTS.subnet,
      what: "the service's subnet goes, and its connections with it; servers go on",
    },
    replaced: ACCESS_EFFECTS.subnet,
  }),
  "gcp:compute/globalAddress:GlobalAddress": around({
    changed: ACCESS_EFFECTS.addressRange,
    fields: ["address", "addressType", "ipVersion", "name", "network", "prefixLength", "project", "purpose"],
    properties: { labels: AS_IT_WAS, description: AS_IT_WAS },
    deleted: holdsServers,
  }),
  "gcp:servicenetworking/connection:Connection": around({
    changed: CUT_OFF,
    fields: ["network", "service"],
    properties: { reservedPeeringRanges: PEERING_RANGES, updateOnCreationFail: AS_IT_WAS },
    deleted: {
      ...CUT_OFF,
      what: "the peering goes, and with it every way to the servers by their private addresses",
      source: PAGES.peering,
    },
  }),
  "gcp:servicenetworking/peeredDnsDomain:PeeredDnsDomain": around({
    changed: NAMED_ANEW,
    fields: ["dnsSuffix", "name", "network", "project", "service"],
    deleted: NAMED_ANEW,
  }),
  "gcp:compute/networkPeering:NetworkPeering": around({
    changed: WAY_BROKEN,
    fields: [
      "exportCustomRoutes",
      "exportSubnetRoutesWithPublicIp",
      "importCustomRoutes",
      "importSubnetRoutesWithPublicIp",
      "name",
      "network",
      "peerNetwork",
      "stackType",
      "updateStrategy",
    ],
    created: { ...AS_IT_WAS, exposure: true, what: "what is in the other network may reach the servers" },
    deleted: WAY_BROKEN,
  }),
  "gcp:compute/networkPeeringRoutesConfig:NetworkPeeringRoutesConfig": around({
    changed: WAY_BROKEN,
    fields: [
      "exportCustomRoutes",
      "exportSubnetRoutesWithPublicIp",
      "importCustomRoutes",
      "importSubnetRoutesWithPublicIp",
      "network",
      "peering",
      "project",
    ],
    deleted: WAY_BROKEN,
  }),
  "gcp:vpcaccess/connector:Connector": around({
    changed: { ...WAY_BROKEN, label: "none", what: "services reach the servers by other machines; servers go on" },
    fields: [
      "ipCidrRange",
      "machineType",
      "maxInstances",
      "maxThroughput",
      "minInstances",
      "minThroughput",
      "name",
      "network",
      "project",
      "region",
      "subnet",
    ],
    deleted: WAY_BROKEN,
  }),
  "gcp:compute/router:Router": around({
    changed: AS_IT_WAS,
    fields: [
      "bgp",
      "description",
      "encryptedInterconnectRouter",
      "md5AuthenticationKeys",
      "name",
      "nccGateway",
      "network",
      "params",
      "project",
      "region",
    ],
    deleted: WAY_BROKEN,
  }),
  "gcp:compute/routerNat:RouterNat": around({
    changed: { ...AS_IT_WAS, what: "what goes out to the internet goes another way; servers go on" },
    fields: [
      ...[
        "autoNetworkTier",
        "drainNatIps",
        "enableDynamicPortAllocation",
        "enableEndpointIndependentMapping",
        "endpointTypes",
      ],
      ...[
        "icmpIdleTimeoutSec",
        "initialNatIps",
        "logConfig",
        "maxPortsPerVm",
        "minPortsPerVm",
        "name",
        "natIpAllocateOption",
      ],
      ...[
        "natIps",
        "nat64Subnetworks",
        "project",
        "region",
        "router",
        "rules",
        "sourceSubnetworkIpRangesToNat",
        "subnetworks",
      ],
      ...[
        "sourceSubnetworkIpRangesToNat64",
        "tcpEstablishedIdleTimeoutSec",
        "tcpTimeWaitTimeoutSec",
        "tcpTransitoryIdleTimeoutSec",
        "type",
        "udpIdleTimeoutSec",
      ],
    ],
    deleted: { ...AS_IT_WAS, what: "what has no public address no longer reaches the internet; servers go on" },
  }),
  "gcp:compute/address:Address": around({
    changed: WAY_BROKEN,
    fields: [
      "address",
      "addressType",
      "ipCollection",
      "ipVersion",
      "ipv6EndpointType",
      "name",
      "network",
      "networkTier",
      "prefixLength",
      "project",
      "purpose",
      "region",
      "subnetwork",
    ],
    properties: { labels: AS_IT_WAS, description: AS_IT_WAS },
    deleted: WAY_BROKEN,
  }),
  "gcp:compute/forwardingRule:ForwardingRule": around({
    changed: { ...WAY_BROKEN, source: PAGES.endpoints },
    fields: [
      ...["allPorts", "backendService", "ipAddress", "ipCollection", "ipProtocol", "ipVersion", "isMirroringCollector"],
      ...[
        "loadBalancingScheme",
        "name",
        "network",
        "networkTier",
        "noAutomateDnsZone",
        "portRange",
        "ports",
        "project",
      ],
      ...[
        "recreateClosedPsc",
        "region",
        "serviceDirectoryRegistrations",
        "serviceLabel",
        "sourceIpRanges",
        "subnetwork",
        "target",
      ],
    ],
    properties: {
      labels: AS_IT_WAS,
      description: AS_IT_WAS,
      ...Object.fromEntries(
        ["allowGlobalAccess", "allowPscGlobalAccess"].map((field) => [
          field,
          switched(false, { ...AS_IT_WAS, exposure: true, what: "clients of every region may connect" }, AS_IT_WAS),
        ]),
      ),
    },
    deleted: { ...WAY_BROKEN, source: PAGES.endpoints },
  }),
  "gcp:compute/serviceAttachment:ServiceAttachment": around({
    changed: {
      ...WAY_BROKEN,
      exposure: true,
      what: "other projects may connect, or no longer; servers go on",
      source: PAGES.endpoints,
    },
    fields: [
      "connectionPreference",
      "consumerAcceptLists",
      "consumerRejectLists",
      "description",
      "domainNames",
      "enableProxyProtocol",
      "name",
      "natSubnets",
      "project",
      "propagatedConnectionLimit",
      "reconcileConnections",
      "region",
      "sendPropagatedConnectionLimitIfZero",
      "showNatIps",
      "targetService",
      "tunnelingConfig",
    ],
    deleted: { ...WAY_BROKEN, source: PAGES.endpoints },
  }),
  "gcp:compute/networkAttachment:NetworkAttachment": around({
    changed: { ...WAY_BROKEN, source: PAGES.endpoints },
    fields: [
      "connectionPreference",
      "description",
      "name",
      "producerAcceptLists",
      "producerRejectLists",
      "project",
      "region",
      "subnetworks",
    ],
    deleted: { ...WAY_BROKEN, source: PAGES.endpoints },
  }),
  "gcp:compute/route:Route": around({
    changed: WAY_BROKEN,
    fields: [
      "asPaths",
      "description",
      "destRange",
      "name",
      "network",
      "nextHopGateway",
      "nextHopIlb",
      "nextHopInstance",
      "nextHopInstanceZone",
      "nextHopIp",
      "nextHopVpnTunnel",
      "params",
      "priority",
      "project",
      "tags",
    ],
    deleted: WAY_BROKEN,
  }),
  "gcp:dns/recordSet:RecordSet": around({
    changed: NAMED_ANEW,
    fields: ["managedZone", "name", "project", "routingPolicy", "rrdatas", "type"],
    properties: { ttl: { ...NAMED_ANEW, label: "none", what: "clients ask for the name more often, or less often" } },
    deleted: NAMED_ANEW,
  }),
  "gcp:dns/managedZone:ManagedZone": around({
    changed: NAMED_ANEW,
    fields: [
      "cloudLoggingConfig",
      "dnsName",
      "dnssecConfig",
      "forceDestroy",
      "forwardingConfig",
      "name",
      "peeringConfig",
      "privateVisibilityConfig",
      "project",
      "reverseLookup",
      "serviceDirectoryConfig",
    ],
    properties: {
      labels: AS_IT_WAS,
      description: AS_IT_WAS,
      visibility: present(
        NAMED_ANEW,
        {
          ...NAMED_ANEW,
          exposure: true,
          what: "names that were private may be read by everybody, or the other way round",
        },
        NAMED_ANEW,
      ),
    },
    deleted: NAMED_ANEW,
  }),
};
