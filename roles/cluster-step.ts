import type { Step } from "./step.ts";
import { MAINTENANCE_DATABASE } from "./wanted.ts";

/** A step on what all databases of a server share. */
export function clusterStep(found: Step["found"], summary: string, sql: string): Step {
  return { database: MAINTENANCE_DATABASE, found, summary, sql };
}
