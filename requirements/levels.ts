import type { Environment } from "./floors.ts";
import type { Level, Requirement, Severity } from "./requirement.ts";

const BY_SEVERITY: Readonly<Record<Severity, Level>> = {
  critical: "mandatory",
  high: "mandatory",
  medium: "advisory",
  low: "advisory",
};

/** Levels that a user has set, by the requirement's id. */
export type Levels = Readonly<Record<string, Level>>;

/** What breaking a requirement does: as the user says, else as the requirement says, else by its severity. */
export function levelOf({ id, level, severity }: Requirement, environment: Environment, levels: Levels = {}): Level {
  const own = typeof level === "object" ? level[environment] : level;
  return levels[id] ?? own ?? BY_SEVERITY[severity];
}
