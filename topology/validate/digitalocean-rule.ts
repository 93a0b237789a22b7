import type { Issue } from "../issue.ts";
import type { ResolvedDigitalOcean } from "../resolved-digitalocean.ts";
import type { TopologySpec } from "../spec.ts";

/** One fact about a topology on DigitalOcean: an issue for each place where it does not hold. Its name says the fact. */
export type DigitalOceanRule = (topology: ResolvedDigitalOcean, spec: TopologySpec) => Issue[];

/** Where to look when no name is near. */
export const LISTED = "take one of those that `pgt limits --target digitalocean` lists";
