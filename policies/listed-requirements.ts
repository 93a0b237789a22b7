import { renderTable } from "../kernel/table.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import type { Environment } from "../requirements/floors.ts";
import { levelOf } from "../requirements/levels.ts";
import type { Level, Requirement } from "../requirements/requirement.ts";
import type { PolicySettings } from "./settings.ts";

/** One requirement as `pgt policies --json` lists it: a shape that stays as it is. */
export interface ListedRequirement extends Pick<
  Requirement,
  "id" | "topic" | "severity" | "title" | "why" | "fix" | "docs" | "witnesses"
> {
  readonly references: readonly string[];
  /** What breaking it does to a deployment, by environment. */
  readonly levels: Readonly<Record<Environment, Level>>;
}

/** Every requirement, with what breaking it does where. */
export function listedRequirements({ levels }: PolicySettings): ListedRequirement[] {
  return CATALOGUE.map((requirement) => {
    const { docs, fix, id, references = [], severity, title, topic, why, witnesses } = requirement;
    return {
      id,
      topic,
      severity,
      levels: {
        local: levelOf(requirement, "local", levels),
        staging: levelOf(requirement, "staging", levels),
        prod: levelOf(requirement, "prod", levels),
      },
      title,
      why,
      fix,
      docs,
      witnesses,
      references,
    };
  });
}

/** The list for people. */
export function requirementsText(listed: readonly ListedRequirement[]): string {
  const rows = listed.map(({ id, levels, severity, title, witnesses }) => [
    id,
    severity,
    levels.local,
    levels.staging,
    levels.prod,
    witnesses.join(", "),
    title,
  ]);
  const mandatory = listed.filter(({ levels }) => levels.prod === "mandatory").length;
  const head = ["requirement", "severity", "local", "staging", "prod", "judged on", "what must hold"];
  return `${renderTable(head, rows)}\n\n${listed.length} requirements, ${mandatory} of them mandatory in prod`;
}
