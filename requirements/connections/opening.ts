import { CLOUD_SQL_DOCS } from "../../topology/limits/limit.ts";
import type { Requirement } from "../requirement.ts";
import { known, notApplicable, verdict } from "../verdict.ts";

const LIVE = ["live"] as const;
const MANAGE = `${CLOUD_SQL_DOCS}/manage-connections`;

/** Getting in, as an application does when it starts, and all its instances with it. */
export const openingConnections: readonly Requirement<"connections">[] = [
  {
    id: "connections/all-opened",
    topic: "connections",
    severity: "critical",
    title: "Connections that are opened at once all get in",
    why: "A socket that times out is found out on the day when the service scales, by its users.",
    fix: "Look at the reason: a time-out is the network's (route, firewall, peering), a refusal is the server's (max_connections, pool size).",
    docs: MANAGE,
    witnesses: LIVE,
    references: ["S0.1"],
    check: (facts) =>
      known(facts, ["opening"], ({ opening: { asked, opened, reasons, timedOut } }) =>
        verdict(
          opened === asked,
          `primary: got ${opened} of ${asked} opened, ${timedOut} of them timed out, want all: ${reasons.join("; ")}`,
        ),
      ),
  },
  {
    id: "connections/opened-quickly",
    topic: "connections",
    severity: "high",
    title: "The slowest of connections that are opened at once is quick enough",
    why: "A request waits for its connection; the worst one is what a user remembers.",
    fix: "Pool connections (`pooling.kind`), or take a larger `size`: each new connection costs the server a process and a handshake.",
    docs: MANAGE,
    witnesses: LIVE,
    references: ["S0.1"],
    check: (facts, { maxConnectMs }) =>
      known(facts, ["opening"], ({ opening: { medianMs, opened, worstMs } }) => {
        if (opened === 0) return notApplicable("none opened, which connections/all-opened judges");
        return verdict(
          worstMs <= maxConnectMs,
          `primary: got ${Math.round(worstMs)} ms for the worst of ${opened} (median ${Math.round(medianMs)} ms), want ${maxConnectMs} ms at most`,
        );
      }),
  },
  {
    id: "connections/pool-shares",
    topic: "connections",
    severity: "high",
    title: "Clients of the pool share server connections",
    why: "A pooler that gives each client a connection of its own only adds a hop.",
    fix: "Set `pooling.mode` to transaction, and run `pgt up`.",
    docs: `${CLOUD_SQL_DOCS}/managed-connection-pooling`,
    witnesses: LIVE,
    references: ["S0.3", "S2.5"],
    check: (facts) =>
      known(facts, ["sharing"], ({ sharing: { clients, serverConnections } }) =>
        verdict(
          serverConnections < clients,
          `pooler: got ${serverConnections} server connections for ${clients} clients, want fewer`,
        ),
      ),
  },
];
