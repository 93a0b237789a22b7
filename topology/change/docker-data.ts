import type { ResolvedDocker } from "../resolved-docker.ts";
import { CONTAINERS, VOLUMES } from "./docker-effects.ts";
import type { Edit, Effect, Rule, Rules } from "./rule.ts";

/** Fields that the data database has for itself; every other one is the first database's, and is told of there. */
const OWN: readonly string[] = [
  "database",
  "roles.administrator",
  "roles.replication",
  "roles.pooler",
  "roles.owner",
  "roles.readWrite",
  "roles.readOnly",
  "roles.monitoring",
  "primary.key",
  "primary.part",
  "primary.port",
  "pooling.port",
];

function dataComesOrGoes({ to, old }: Edit<ResolvedDocker>): Effect {
  if (to !== undefined) {
    return { label: "none", what: "a second database is made beside the first one, which goes on", source: CONTAINERS };
  }
  return {
    label: old.keepData ? "replace" : "data loss",
    what: `the data database's servers go; its volumes ${old.keepData ? "stay, unused" : "are deleted"}`,
    source: VOLUMES,
  };
}

/** The rules of the data database, below `data`, made of those of any database; it has no replicas. */
export function dataRules(rules: Rules<ResolvedDocker>): Rules<ResolvedDocker> {
  const below = Object.entries(rules)
    .filter(([pattern]) => !pattern.startsWith("replicas."))
    .map(([pattern, rule]): [string, Rule<ResolvedDocker>] => [`data.${pattern}`, ruleBelow(pattern, rule)]);
  return { data: dataComesOrGoes, ...Object.fromEntries(below) };
}

function ruleBelow(pattern: string, rule: Rule<ResolvedDocker>): Rule<ResolvedDocker> {
  if (OWN.includes(pattern)) return rule;
  if (typeof rule === "function" || !("follows" in rule)) return { follows: pattern };
  // The pools have the database's name.
  return OWN.includes(rule.follows) ? { follows: `data.${rule.follows}` } : rule;
}
