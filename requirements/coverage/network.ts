import type { CoverageRow } from "./coverage-row.ts";

/** Rules about the network near a database on Google Cloud. */
export const NETWORK_COVERAGE: readonly CoverageRow[] = [
  { rule: "fw-no-world-5432", requirements: ["network/database-not-world-open"] },
  { rule: "subnet-private-google-access", requirements: ["network/private-google-access"] },
  { rule: "subnet-flow-logs", requirements: ["network/flow-logged"] },
  { rule: "fw-no-wide-port-range", requirements: ["network/no-wide-port-range"] },
];
