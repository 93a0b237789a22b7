import type { CoverageRow } from "./coverage-row.ts";

/** What a topology on DigitalOcean, or on Docker beside it, needs, and no checker asks for. */
export const TOPOLOGY_DIGITALOCEAN: readonly CoverageRow[] = [
  { rule: "do-replica-same-vpc-region", requirements: ["clusters/replica-in-network"] },
  { rule: "do-standby-nodes", requirements: ["clusters/standby", "clusters/copies"] },
  { rule: "do-replica-size>=cluster", requirements: ["clusters/replica-as-large"] },
  { rule: "pools-fit-max-connections", requirements: ["clusters/pools-fit", "pooling/fits-server"] },
  { rule: "do-pool-user-and-db-exist", requirements: ["clusters/pool-logins-made"] },
  {
    rule: "pool-mode-vs-features",
    requirements: ["pooling/prepared-statements", "pooling/no-statement-mode", "pooling/mode"],
  },
  {
    rule: "do-logical-export-exists",
    requirements: ["clusters/exported", "backup/export-recent"],
    leftOut: "A plan: what a machine exports is no input of a resource. It is judged on the wish, and on what runs.",
  },
  { rule: "do-window-set", requirements: ["clusters/maintenance-window"] },
  { rule: "do-version-pinned", requirements: ["clusters/version-named"] },
  { rule: "do-firewall-present", requirements: ["clusters/sources-named", "clusters/no-world-open-source"] },
  { rule: "do-vpc-explicit", requirements: ["clusters/network-named"] },
  {
    rule: "local-parity",
    requirements: [
      "containers/major-as-managed",
      "containers/shared-memory",
      "protection/named-volumes",
      "protection/clean-shutdown",
    ],
  },
];
