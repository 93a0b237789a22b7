import type { Difference } from "../facts/difference.ts";
import type { Requirement, Verdict } from "../requirement.ts";
import { isKnown } from "../known.ts";
import { none, notApplicable, verdict } from "../verdict.ts";
import { eachServer } from "./each-server.ts";

const LIVE = ["live"] as const;
const API = "https://docs.digitalocean.com/reference/api/digitalocean/#tag/Databases";

/** In which a managed server serves. */
const SERVING = "online";

/** Settings that a requirement of its own judges. */
const TOLD_ELSEWHERE: readonly string[] = ["maintenance"];

/** What only the platform can tell. */
export const liveClusters: readonly Requirement<"clusters">[] = [
  {
    id: "clusters/online",
    topic: "clusters",
    severity: "critical",
    title: "Every managed server is there, and serves",
    why: "A creation that failed half-way leaves a cluster that is billed, and that the state does not know.",
    fix: "Run `pgt up`; where the platform has a cluster that the state lacks, import it or remove it first.",
    docs: API,
    witnesses: LIVE,
    references: ["X2"],
    check: (facts) =>
      eachServer(facts, ["state"], ({ state }) =>
        verdict(
          state === SERVING,
          state === "absent" ? "it is not there, want it made" : `got ${state}, want ${SERVING}`,
        ),
      ),
  },
  {
    id: "clusters/as-asked",
    topic: "clusters",
    severity: "high",
    title: "Every setting of a managed server is the one that was asked for",
    why: "A change that the platform was asked for, and has not made, is told by nobody else.",
    fix: "Run `pulumi refresh` and `pgt up`; a version or a size that is being changed takes its time.",
    docs: API,
    witnesses: LIVE,
    references: ["X2", "S2.1"],
    check: (facts) =>
      eachServer(facts, ["differences"], ({ differences }, { maintenance }) =>
        asAsked(
          differences.filter(
            // Without any window, the requirement of the window says so.
            ({ name }) => !(TOLD_ELSEWHERE.includes(name) && isKnown(maintenance) && maintenance === undefined),
          ),
        ),
      ),
  },
  {
    id: "clusters/sources-as-asked",
    topic: "clusters",
    severity: "critical",
    title: "Nobody may connect but the sources that were asked for",
    why: "An address that was let in for an hour stays, and belongs to somebody else next year.",
    fix: "Run `pulumi refresh` and `pgt up`, which writes the list anew; or name the address in `access.sources`.",
    docs: "https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/",
    witnesses: LIVE,
    references: ["S2.2"],
    check: (facts) =>
      eachServer(facts, ["sources", "sourceDifferences"], ({ sourceDifferences, sources }) => {
        if (sources.length === 0) return notApplicable("there is no source, which clusters/sources-named judges");
        return asAsked(sourceDifferences);
      }),
  },
];

function asAsked(differences: readonly Difference[]): Verdict {
  return none(
    differences.map(({ got, name, want }) => `${name} got ${got}, want ${want}`),
    "not as asked",
  );
}
