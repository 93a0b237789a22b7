import type { Issue } from "../issue.ts";
import type { ResolvedGcp } from "../resolved-gcp.ts";
import type { TopologySpec } from "../spec.ts";

/** One fact about a topology on Cloud SQL: an issue for each place where it does not hold. Its name says the fact. */
export type GcpRule = (topology: ResolvedGcp, spec: TopologySpec) => Issue[];
