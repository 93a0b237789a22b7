import { isWorldOpen } from "../../topology/trusted-sources.ts";
import type { LetIn, NetworkFacts, SubnetFacts, VpcFirewallRule } from "../facts/network.ts";
import type { AllKnown } from "../known.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { every, known, notApplicable, verdict } from "../verdict.ts";

const VPC = "https://cloud.google.com/vpc/docs";

/** Where PostgreSQL and PgBouncer listen. */
const DATABASE_PORTS: readonly number[] = [5432, 6432];
const EVERY_PORT = "0-65535";

/** Who reaches what in a VPC of Google Cloud. */
export const vpcNetwork: readonly Requirement<"network">[] = [
  {
    id: "network/database-not-world-open",
    topic: "network",
    severity: "critical",
    title: "No firewall rule opens a database's port to the whole internet",
    why: "A port of PostgreSQL or PgBouncer that everybody reaches is tried by everybody, all day.",
    fix: "Name the addresses that need the port in `sourceRanges`, or `sourceTags` or `sourceServiceAccounts` instead.",
    docs: `${VPC}/firewalls`,
    witnesses: ["plan"],
    references: ["SP", "TRV GCP-0027", "PAC"],
    check: (facts) =>
      eachRule(facts, ({ allows, sources }) => {
        const everybody = sources.filter(isWorldOpen);
        const open = DATABASE_PORTS.filter((port) => allows.some((rule) => letsIn(rule, port)));
        return verdict(
          everybody.length === 0 || open.length === 0,
          `got port ${open.join(", ")} open to ${everybody.join(", ")}, want addresses by name`,
        );
      }),
  },
  {
    id: "network/no-wide-port-range",
    topic: "network",
    severity: "low",
    title: "A firewall rule opens ports by name",
    why: "A range is for what runs today, and for whatever is started on one of its ports tomorrow.",
    fix: "Name the ports in `allows`.",
    docs: `${VPC}/firewalls`,
    witnesses: ["plan"],
    references: ["TRV GCP-0072", "TRV GCP-0074", "PAC"],
    check: (facts, { maxOpenPorts }) =>
      eachRule(facts, ({ allows }) => {
        const wide = allows.filter((rule) => portsOf(rule).some(([first, last]) => last - first >= maxOpenPorts));
        const named = wide.map(({ ports, protocol }) => `${protocol} ${ports.join(", ") || "on all ports"}`);
        return verdict(wide.length === 0, `got ${named.join("; ")}, want ports by name`);
      }),
  },
  {
    id: "network/private-google-access",
    topic: "network",
    severity: "low",
    title: "A subnet reaches the cloud's own services without a public address",
    why: "Without it, a machine needs an address of the internet to read a secret or to ask Cloud SQL's API.",
    fix: "Set `privateIpGoogleAccess` of the subnet to true.",
    docs: `${VPC}/private-google-access`,
    witnesses: ["spec", "plan"],
    references: ["CKV_GCP_74", "TRV GCP-0075"],
    check: (facts) =>
      eachSubnet(facts, ["privateGoogleAccess"], ({ privateGoogleAccess }) =>
        verdict(privateGoogleAccess, "got privateIpGoogleAccess false, want true"),
      ),
  },
  {
    id: "network/flow-logged",
    topic: "network",
    severity: "medium",
    // Each line is paid for, and a database in private services access is not in the subnet.
    level: "off",
    title: "A subnet keeps a log of who spoke with whom",
    why: "After a break-in, nothing else says where somebody went from there.",
    fix: "Add `logConfig` to the subnet.",
    docs: `${VPC}/flow-logs`,
    witnesses: ["spec", "plan"],
    references: ["CIS GCP 3.8", "CKV_GCP_26", "TRV GCP-0076", "PRW compute_subnet_flow_logs_enabled", "PAC"],
    check: (facts) => eachSubnet(facts, ["flowLogs"], ({ flowLogs }) => verdict(flowLogs, "got no flow log, want one")),
  },
];

function eachRule(facts: NetworkFacts, judge: (rule: AllKnown<VpcFirewallRule>) => Verdict): Verdict {
  return known(facts, ["firewallRules"], ({ firewallRules }) =>
    every(
      firewallRules,
      (rule) => rule.name,
      (rule) =>
        known(rule, ["allows"], ({ allows }) =>
          allows.length === 0
            ? notApplicable("it lets nothing in")
            : known(rule, ["sources"], ({ sources }) => judge({ name: rule.name, allows, sources })),
        ),
      "the plan has no firewall rule",
    ),
  );
}

function eachSubnet<K extends keyof SubnetFacts>(
  facts: NetworkFacts,
  names: readonly K[],
  judge: (subnet: AllKnown<Pick<SubnetFacts, K>>) => Verdict,
): Verdict {
  return known(facts, ["subnets"], ({ subnets }) =>
    every(
      subnets,
      (subnet) => subnet.name,
      (subnet) => known(subnet, names, judge),
      "the plan has no subnet",
    ),
  );
}

/** Connections of PostgreSQL are TCP; a protocol may be a number, too. */
function letsIn(rule: LetIn, port: number): boolean {
  if (!["tcp", "6", "all"].includes(rule.protocol.toLowerCase())) return false;
  return portsOf(rule).some(([first, last]) => first <= port && port <= last);
}

/** First and last of each range; what has no ports, as ICMP, has none. */
function portsOf({ ports, protocol }: LetIn): [number, number][] {
  if (!["tcp", "6", "all", "udp", "17"].includes(protocol.toLowerCase())) return [];
  return (ports.length === 0 ? [EVERY_PORT] : ports).map((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return [first, last];
  });
}
