import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { gcp } from "./gcp-resources.ts";

function firewall(change: object = {}) {
  const good = {
    network: "n",
    direction: "INGRESS",
    sourceRanges: ["10.0.0.0/8"],
    allows: [{ protocol: "tcp", ports: ["5432", "6432"] }],
  };
  return [gcp("firewall", "fw", { ...good, ...change })];
}

function subnet(change: object = {}) {
  const good = { network: "n", region: "europe-west1", privateIpGoogleAccess: true, logConfig: { flowSampling: 0.5 } };
  return [gcp("subnet", "subnet", { ...good, ...change })];
}

const WORLD = { sourceRanges: ["10.0.0.0/8", "0.0.0.0/0"] };
const WEB = { allows: [{ protocol: "tcp", ports: ["443"] }] };

export const CASES: readonly PlanCase[] = [
  {
    id: "network/database-not-world-open",
    good: [
      ...firewall(),
      ...firewall({ ...WORLD, ...WEB }),
      ...firewall({ sourceRanges: undefined, sourceTags: ["app"] }),
    ],
    bad: [
      { why: "both ports", resources: firewall(WORLD), says: /^fw: got port 5432, 6432 open to 0\.0\.0\.0\/0/ },
      {
        why: "a range around the port, in IPv6",
        resources: firewall({ sourceRanges: ["::/0"], allows: [{ protocol: "TCP", ports: ["5400-5500"] }] }),
        says: /^fw: got port 5432 open to ::\/0/,
      },
      {
        why: "everything",
        resources: firewall({ ...WORLD, allows: [{ protocol: "all" }] }),
        says: /^fw: got port 5432, 6432/,
        also: ["network/no-wide-port-range"],
      },
      {
        why: "no source said",
        resources: firewall({ sourceRanges: undefined }),
        says: /^fw: got port 5432, 6432 open to 0/,
      },
      {
        why: "half of the world",
        resources: firewall({ sourceRanges: ["0.0.0.0/1"] }),
        says: /^fw: got port 5432, 6432 open to 0\.0\.0\.0\/1/,
      },
    ],
    unknown: firewall({ sourceRanges: [UNKNOWN_TEXT] }),
  },
  {
    id: "network/no-wide-port-range",
    good: firewall(),
    bad: [
      {
        why: "a thousand ports",
        resources: firewall({ allows: [{ protocol: "tcp", ports: ["1024-65535"] }] }),
        says: /^fw: got tcp 1024-65535, want ports by name/,
      },
      { why: "all of them", resources: firewall({ allows: [{ protocol: "udp" }] }), says: /^fw: got udp on all ports/ },
    ],
    unknown: firewall({ allows: UNKNOWN_TEXT }),
  },
  {
    id: "network/private-google-access",
    good: subnet(),
    bad: [
      { why: "off", resources: subnet({ privateIpGoogleAccess: undefined }), says: /^subnet: got privateIpGoogle/ },
    ],
    unknown: subnet({ privateIpGoogleAccess: UNKNOWN_TEXT }),
  },
  {
    id: "network/flow-logged",
    good: [...subnet(), ...subnet({ purpose: "REGIONAL_MANAGED_PROXY", logConfig: undefined })],
    bad: [{ why: "no log", resources: subnet({ logConfig: undefined }), says: /^subnet: got no flow log/ }],
    unknown: subnet({ logConfig: UNKNOWN_TEXT }),
  },
];
