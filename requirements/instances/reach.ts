import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { Requirement } from "../requirement.ts";
import { none, notApplicable, verdict } from "../verdict.ts";
import { eachBesidePrimary, eachInstance } from "./each-instance.ts";

const PLAN = ["plan"] as const;
const ROTATED = "AUTOMATIC_ROTATION_DURING_MAINTENANCE";

/** From where an instance is reached, and by what its clients know it. */
export const instanceReach: readonly Requirement<"instances">[] = [
  {
    id: "instances/no-default-network",
    topic: "instances",
    severity: "medium",
    title: "No instance is in the network that every project begins with",
    why: "The default network has a subnet in every region and firewall rules that nobody of you wrote.",
    fix: "Set `settings.ipConfiguration.privateNetwork` to a VPC of your own.",
    docs: "https://cloud.google.com/vpc/docs/vpc#default-network",
    witnesses: ["spec", "plan"],
    references: ["CIS GCP 3.1", "PRW network_default_in_use", "PAC"],
    check: (facts) =>
      eachInstance(facts, ["network"], ({ network }) => {
        if (network === undefined) return notApplicable("it has no private network");
        return verdict(!/(^|\/)default$/.test(network), "got the network default, want one of your own");
      }),
  },
  {
    id: "instances/same-network",
    topic: "instances",
    severity: "high",
    joins: true,
    title: "Primary and replicas have their addresses in one VPC",
    why: "A service reaches the VPC that it is in: a replica elsewhere takes no reads, and nobody after a failover.",
    fix: "Give all of them one `settings.ipConfiguration.privateNetwork`.",
    docs: `${CLOUD_SQL_DOCS}/private-ip`,
    witnesses: PLAN,
    references: ["S0.4"],
    check: (facts) =>
      eachBesidePrimary(facts, ["network"], (replica, primary) =>
        verdict(
          replica.network === primary.network,
          `got ${replica.network ?? "no private network"}, want ${primary.network ?? "no private network"} like the primary`,
        ),
      ),
  },
  {
    id: "instances/authorized-networks-named",
    topic: "instances",
    severity: "medium",
    title: "A network that is authorized has a name and an end",
    why: "An address without a name is nobody's, and one without an end is the next tenant's.",
    fix: "Set `name` and `expirationTime` of each authorized network, or remove it.",
    docs: `${CLOUD_SQL_DOCS}/authorize-networks`,
    witnesses: PLAN,
    check: (facts) =>
      eachInstance(facts, ["looseNetworks"], ({ looseNetworks }) =>
        none(looseNetworks, "want a name and an expirationTime, got none of both for"),
      ),
  },
  {
    id: "instances/connectors-or-private",
    topic: "instances",
    severity: "medium",
    title: "Who comes by the internet comes by a connector",
    why: "A connector proves who it is before PostgreSQL is asked; a direct connection has a password to try.",
    fix: "Set `settings.connectorEnforcement` to REQUIRED, or take the public address away.",
    docs: `${CLOUD_SQL_DOCS}/connect-connectors#enforce`,
    witnesses: PLAN,
    check: (facts) =>
      eachInstance(facts, ["publicAddress", "connectorsOnly"], ({ connectorsOnly, publicAddress }) =>
        verdict(!publicAddress || connectorsOnly, "got direct connections to a public address, want connectors only"),
      ),
  },
  {
    id: "instances/certificates-renewed",
    topic: "instances",
    severity: "low",
    title: "A server's certificate is renewed before it ends",
    why: "A certificate that ended stops every client that checks it, at a time that nobody chose.",
    fix: `Set \`settings.ipConfiguration.serverCertificateRotationMode\` to ${ROTATED}.`,
    docs: `${CLOUD_SQL_DOCS}/authorize-ssl`,
    witnesses: PLAN,
    check: (facts) =>
      eachInstance(facts, ["certificateAuthority", "certificateRotation"], (instance) => {
        if (!instance.certificateAuthority.endsWith("_CAS_CA"))
          return notApplicable("an authority of the instance's own is pinned by its clients, and renewed by hand");
        return verdict(
          instance.certificateRotation === ROTATED,
          `got serverCertificateRotationMode ${instance.certificateRotation}, want ${ROTATED}`,
        );
      }),
  },
];
