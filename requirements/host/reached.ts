import { isWorldOpen } from "../../topology/trusted-sources.ts";
import type { Requirement } from "../requirement.ts";
import { known, none, notApplicable, verdict } from "../verdict.ts";

const FIREWALLS = "https://docs.digitalocean.com/products/networking/firewalls/";
const EVERYWHERE = ["spec", "plan", "live"] as const;
const LIVE = ["live"] as const;

/** Who reaches the data host, and what it is. */
export const dataHost: readonly Requirement<"host">[] = [
  {
    id: "host/firewalled",
    topic: "host",
    severity: "critical",
    title: "The data host is behind a cloud firewall",
    why: "A Droplet has a public address, and without a firewall every port of it.",
    fix: "Run `pgt up`, which puts it behind its firewall again.",
    docs: FIREWALLS,
    witnesses: EVERYWHERE,
    references: ["S2.3"],
    check: (facts) =>
      known(facts, ["firewalls"], ({ firewalls }) => verdict(firewalls > 0, "data host: got no firewall, want one")),
  },
  {
    id: "host/no-world-open-port",
    topic: "host",
    severity: "critical",
    title: "No port of the data host is open to the whole world",
    why: "A database, or a log-in, that everybody can try is tried by everybody.",
    fix: "Name the addresses in `access.sources` and `access.ssh.sources`, and run `pgt up`.",
    docs: FIREWALLS,
    witnesses: EVERYWHERE,
    references: ["S2.3"],
    check: (facts) =>
      known(facts, ["inbound"], ({ inbound }) =>
        none(
          inbound
            .filter(({ sources }) => sources.some(isWorldOpen))
            .map(({ ports, protocol }) => `${protocol} ${ports}`),
          "data host: open to everybody",
        ),
      ),
  },
  {
    id: "host/volume-removal-refused",
    topic: "host",
    severity: "high",
    title: "Pulumi refuses to remove the volume of the data database",
    why: "The volume is the database.",
    fix: "Set `protection.deletion` to true, and run `pgt up`.",
    docs: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    // A volume does not know of it.
    witnesses: ["spec", "plan"],
    references: ["S3.4"],
    check: (facts, { environment, wantsDeletionProtection }) =>
      known(facts, ["volumeProtected"], ({ volumeProtected }) => {
        if (!wantsDeletionProtection) return notApplicable(`a ${environment} stack may be removed`);
        return verdict(volumeProtected, "volume: got protect false, want true");
      }),
  },
  {
    id: "host/active",
    topic: "host",
    severity: "critical",
    title: "The data host is there, and runs",
    why: "A Droplet that is off, or gone, serves nobody, and is the way to the managed servers.",
    fix: "Run `pgt up`; a Droplet that is off is turned on in the platform's console.",
    docs: "https://docs.digitalocean.com/products/droplets/",
    witnesses: LIVE,
    references: ["S2.3"],
    check: (facts) =>
      known(facts, ["state"], ({ state }) =>
        verdict(
          state === "active",
          `data host: ${state === "absent" ? "it is not there, want it made" : `got ${state}, want active`}`,
        ),
      ),
  },
  {
    id: "host/as-asked",
    topic: "host",
    severity: "high",
    title: "The data host is the machine that was asked for, in the same network, with its volume",
    why: "A machine in another network reaches the managed servers by nothing but their public addresses.",
    fix: "Run `pulumi refresh` and `pgt up`.",
    docs: "https://docs.digitalocean.com/products/networking/vpc/",
    witnesses: LIVE,
    references: ["X2", "S2.3"],
    check: (facts) => known(facts, ["differences"], ({ differences }) => none(differences.map(told), "not as asked")),
  },
  {
    id: "host/inbound-as-asked",
    topic: "host",
    severity: "critical",
    title: "The firewall lets in what was asked for, and nothing else",
    why: "A port that was opened for an hour stays open.",
    fix: "Run `pulumi refresh` and `pgt up`; or name the address in `access.sources` or `access.ssh.sources`.",
    docs: FIREWALLS,
    witnesses: LIVE,
    references: ["S2.3"],
    check: (facts) =>
      known(facts, ["firewalls", "inboundDifferences"], ({ firewalls, inboundDifferences }) => {
        if (firewalls === 0) return notApplicable("there is no firewall, which host/firewalled judges");
        return none(inboundDifferences.map(told), "not as asked");
      }),
  },
];

function told({ got, name, want, where }: { where: string; name: string; want: string; got: string }): string {
  return `${where}: ${name} got ${got}, want ${want}`;
}
