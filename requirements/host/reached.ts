import { isWorldOpen } from "../../topology/trusted-sources.ts";
import type { InboundRule } from "../facts/host.ts";
import { isKnown, type Known } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { none, notApplicable, verdict } from "../verdict.ts";
import { eachFirewall, eachMachine, eachVolume } from "./each-host.ts";

const FIREWALLS = "https://docs.digitalocean.com/products/networking/firewalls/";
const EVERYWHERE = ["spec", "plan", "live"] as const;
const PLANNED = ["spec", "plan"] as const;

/** Ports that a web server has, and no database. */
const WEB: readonly string[] = ["80", "443"];

/** Who reaches a machine that a database runs on, and what of it is kept. */
export const dataHost: readonly Requirement<"host">[] = [
  {
    id: "host/firewalled",
    topic: "host",
    severity: "critical",
    joins: true,
    title: "The data host is behind a cloud firewall",
    why: "A Droplet has a public address, and without a firewall every port of it.",
    fix: "Put a `Firewall` before it, by its id or by a tag. `pgt up` puts the data host behind its own again.",
    docs: FIREWALLS,
    witnesses: EVERYWHERE,
    references: ["S2.3"],
    check: (facts) =>
      eachMachine(facts, ["firewalls"], ({ firewalls }) => verdict(firewalls > 0, "got no firewall, want one")),
  },
  {
    id: "host/ssh-keys",
    topic: "host",
    severity: "high",
    title: "Every machine is made with a key to log in by",
    why: "Without one the platform makes a password for root, and sends it by mail.",
    fix: "Name a key's id or fingerprint in `access.ssh.keys` (`sshKeys` of the Droplet).",
    docs: "https://docs.digitalocean.com/products/droplets/how-to/add-ssh-keys/",
    witnesses: PLANNED,
    references: ["CKV_DIO_2", "TRV DIG-0004"],
    check: (facts) => eachMachine(facts, ["sshKeys"], ({ sshKeys }) => verdict(sshKeys > 0, "got no key, want one")),
  },
  {
    id: "host/no-world-open-port",
    topic: "host",
    severity: "critical",
    title: "No port of the data host is open to the whole world",
    why: "A database, or a log-in, that everybody can try is tried by everybody.",
    fix: "Name the addresses: in `inboundRules` of the firewall, or in `access.sources` and `access.ssh.sources`.",
    docs: FIREWALLS,
    witnesses: EVERYWHERE,
    references: ["S2.3", "CKV_DIO_4", "TRV DIG-0001"],
    check: (facts) =>
      eachFirewall(facts, ["inbound"], ({ inbound }) =>
        openToNone(inbound.filter((rule) => !isWeb(rule) && !isEcho(rule))),
      ),
  },
  {
    id: "host/no-world-open-web",
    topic: "host",
    severity: "low",
    title: "A machine that a database runs on serves no web to the world",
    why: "A hole in what answers on the web is then a hole in the database beside it.",
    fix: "Serve the web from another machine, and let that one in by its address.",
    docs: FIREWALLS,
    witnesses: PLANNED,
    references: ["CKV_DIO_4", "TRV DIG-0001"],
    check: (facts) => eachFirewall(facts, ["inbound"], ({ inbound }) => openToNone(inbound.filter(isWeb))),
  },
  {
    id: "host/egress-closed",
    topic: "host",
    severity: "medium",
    level: "off",
    title: "A machine reaches named addresses only",
    why: "What has broken in takes the data out by whatever way is open.",
    fix: "Name the addresses of packages, names, time and backups in the firewall's `outboundRules`.",
    docs: FIREWALLS,
    witnesses: ["plan"],
    references: ["TRV DIG-0003"],
    check: (facts) =>
      eachFirewall(facts, ["outbound"], ({ outbound }) =>
        openToNone(outbound.map(({ destinations, ...rule }) => ({ ...rule, sources: destinations }))),
      ),
  },
  {
    id: "host/volume-removal-refused",
    topic: "host",
    severity: "high",
    // Outside of prod told, and in nobody's way: a stack must be able to end, which takes a permission.
    level: { local: "advisory", staging: "advisory" },
    title: "Pulumi refuses to remove the volume of the data database",
    why: "The volume is the database.",
    fix: "Set the resource option `protect` of the volume to true (`protection.deletion` of a stack).",
    docs: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    // A volume does not know of it.
    witnesses: PLANNED,
    references: ["S3.4"],
    check: (facts, { environment, wantsDeletionProtection }) =>
      eachVolume(facts, ["protected"], ({ protected: isProtected }) => {
        if (!wantsDeletionProtection) return notApplicable(`a ${environment} stack may be removed`);
        return verdict(isProtected, "got protect false, want true");
      }),
  },
];

/** What is known and open fails; what is not known is no pass. */
function openToNone(rules: readonly InboundRule[]): Verdict {
  const isOpen = (source: Known<string>) => isKnown(source) && isWorldOpen(source);
  const open = rules.filter(({ sources }) => sources.some(isOpen));
  if (open.length === 0 && rules.some(({ sources }) => !sources.every(isKnown))) {
    return { status: "unknown", missing: "an address of a rule" };
  }
  return none(
    open.map(({ ports, protocol }) => `${protocol} ${ports}`),
    "open to everybody",
  );
}

function isWeb({ ports, protocol }: InboundRule): boolean {
  return protocol === "tcp" && WEB.includes(ports);
}

/** By which others learn that a machine is there, and that a packet was too large. */
function isEcho({ protocol }: InboundRule): boolean {
  return protocol === "icmp";
}
