import type { CoverageRow } from "./coverage-row.ts";

/** Rules that checkers have for Droplets. */
export const DIGITALOCEAN: readonly CoverageRow[] = [
  { rule: "do-droplet-ssh-keys", requirements: ["host/ssh-keys"] },
  { rule: "do-fw-ingress-closed", requirements: ["host/no-world-open-port", "host/no-world-open-web"] },
  { rule: "do-fw-egress-closed", requirements: ["host/egress-closed"] },
];
