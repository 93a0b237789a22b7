import type { Requirement } from "../requirement.ts";
import { known, none, notApplicable, verdict } from "../verdict.ts";

const FIREWALLS = "https://docs.digitalocean.com/products/networking/firewalls/";
const LIVE = ["live"] as const;

/** What only the running machine can tell. */
export const liveHost: readonly Requirement<"host">[] = [
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
      known(facts, ["machines", "inboundDifferences"], ({ inboundDifferences, machines }) => {
        if (machines.every(({ firewalls }) => firewalls === 0))
          return notApplicable("there is no firewall, which host/firewalled judges");
        return none(inboundDifferences.map(told), "not as asked");
      }),
  },
];

function told({ got, name, want, where }: { where: string; name: string; want: string; got: string }): string {
  return `${where}: ${name} got ${got}, want ${want}`;
}
