import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { droplet, firewall, volume } from "./good-digitalocean.ts";

const ANYWHERE = ["0.0.0.0/0", "::/0"];

function inbound(...rules: object[]) {
  return [droplet(), firewall({ props: { inboundRules: rules } })];
}

/** Machines, who reaches them, and what they keep. */
export const CASES: readonly PlanCase[] = [
  {
    id: "host/firewalled",
    good: [droplet(), firewall()],
    bad: [
      { why: "none", resources: [droplet()], says: /^host: got no firewall, want one/ },
      {
        why: "one of another machine",
        resources: [droplet(), droplet({}, "second"), firewall({}, "second")],
        says: /^host: got no firewall/,
      },
    ],
    unknown: [
      droplet({ props: { tags: [UNKNOWN_TEXT] } }),
      firewall({ props: { tags: ["db"] }, dependencies: { dropletIds: [] } }),
    ],
  },
  {
    id: "host/firewalled",
    good: [
      droplet({ props: { tags: ["db"] } }),
      droplet({ props: { publicNetworking: false } }, "inside"),
      firewall({ props: { dropletIds: undefined, tags: ["db"] } }),
    ],
    bad: [
      {
        why: "another tag",
        resources: [
          droplet({ props: { tags: ["web"] } }),
          firewall({ props: { dropletIds: undefined, tags: ["db"] }, dependencies: { dropletIds: [] } }),
        ],
        says: /^host: got no firewall/,
      },
    ],
  },
  {
    id: "host/ssh-keys",
    good: [droplet({ props: { sshKeys: [UNKNOWN_TEXT] } }), firewall()],
    bad: [
      {
        why: "none",
        resources: [droplet({ props: { sshKeys: undefined } }), firewall()],
        says: /^host: got no key, want one/,
      },
      { why: "an empty list", resources: [droplet({ props: { sshKeys: [] } }), firewall()], says: /got no key/ },
    ],
    unknown: [droplet({ props: { sshKeys: UNKNOWN_TEXT } }), firewall()],
  },
  {
    id: "host/no-world-open-port",
    good: inbound(
      { protocol: "tcp", portRange: "5432", sourceAddresses: ["10.0.0.0/8"] },
      { protocol: "icmp", sourceAddresses: ANYWHERE },
    ),
    bad: [
      {
        why: "the database's",
        resources: inbound({ protocol: "tcp", portRange: "5432", sourceAddresses: ANYWHERE }),
        says: /^wall: open to everybody: tcp 5432/,
        at: "wall",
      },
      {
        why: "SSH",
        resources: inbound({ protocol: "tcp", portRange: "22", sourceAddresses: ["::/0"] }),
        says: /open to everybody: tcp 22/,
        at: "wall",
      },
      {
        why: "all",
        resources: inbound({ protocol: "tcp", portRange: "all", sourceAddresses: ["0.0.0.0/0"] }),
        says: /tcp all/,
        at: "wall",
      },
      {
        why: "a range with the database's in it",
        resources: inbound({ protocol: "tcp", portRange: "443-6432", sourceAddresses: ["0.0.0.0/0"] }),
        says: /tcp 443-6432/,
        at: "wall",
      },
      {
        why: "a number, beside an address that is not known yet",
        resources: inbound({ protocol: "udp", portRange: 161, sourceAddresses: [UNKNOWN_TEXT, "0.0.0.0/0"] }),
        says: /udp 161/,
        at: "wall",
      },
    ],
    unknown: inbound({ protocol: "tcp", portRange: "5432", sourceAddresses: [UNKNOWN_TEXT] }),
  },
  {
    id: "host/no-world-open-web",
    good: inbound({ protocol: "tcp", portRange: "443", sourceAddresses: ["203.0.113.0/24"] }),
    bad: ["80", "443"].map((portRange) => ({
      why: portRange,
      resources: inbound({ protocol: "tcp", portRange, sourceAddresses: ANYWHERE }),
      says: new RegExp(`^wall: open to everybody: tcp ${portRange}`),
      at: "wall",
    })),
    unknown: inbound({ protocol: "tcp", portRange: "443", sourceAddresses: UNKNOWN_TEXT }),
  },
  {
    id: "host/egress-closed",
    good: [droplet(), firewall()],
    bad: [
      {
        why: "everything",
        resources: [
          droplet(),
          firewall({ props: { outboundRules: [{ protocol: "tcp", portRange: "0", destinationAddresses: ANYWHERE }] } }),
        ],
        says: /^wall: open to everybody: tcp all/,
        at: "wall",
      },
    ],
    unknown: [droplet(), firewall({ props: { outboundRules: UNKNOWN_TEXT } })],
  },
  {
    id: "host/volume-removal-refused",
    good: [volume()],
    bad: [
      { why: "not protected", resources: [volume({ protect: false })], says: /^data: got protect false, want true/ },
    ],
  },
];
