import type { ChangeLabel } from "./change-label.ts";
import { DIGITALOCEAN_RULES } from "./change/digitalocean.ts";
import { DOCKER_RULES } from "./change/docker.ts";
import { type FieldEdit, fieldEdits } from "./change/field-edits.ts";
import { GCP_RULES } from "./change/gcp.ts";
import type { Edit, Effect, Rule, Rules } from "./change/rule.ts";
import type { ResolvedTopology } from "./resolved.ts";

/** One field that two topologies differ in, and what that does. */
export interface Change {
  /** `change/<path>`: what a permission for it is called by. */
  readonly id: string;
  /** Of the field in the resolved topology, as in `replicas.a.port`. */
  readonly path: string;
  /** `undefined` where the field was not there. */
  readonly from: unknown;
  /** `undefined` where the field is no more. */
  readonly to: unknown;
  readonly label: ChangeLabel;
  readonly exposure: boolean;
  readonly what: string;
  /** What to do instead of a change that no permission allows, because its update would end half-way. */
  readonly instead?: string;
  readonly source: Effect["source"];
}

const RULES = { docker: DOCKER_RULES, gcp: GCP_RULES, digitalocean: DIGITALOCEAN_RULES };

const ID_PREFIX = "change/";

/** A field that this version does not know, as one of an older version's topology: the worst that is plausible. */
const UNKNOWN_FIELD: Effect = {
  label: "replace",
  what: "this version does not know the field: what servers and data do is not known",
  source: { file: "topology/change.ts" },
};

const ANOTHER_TARGET: Effect = {
  label: "data loss",
  what: "servers are made anew and empty in another place, and those that run are removed: no data moves",
  source: { file: "components/create-topology.ts" },
};

const MADE_ANEW: Effect = {
  label: "data loss",
  what: "the instance that was there is gone or has to be replaced, and the new one is empty: restore a backup that outlived it first, if there is one",
  source: { file: "components/gcp/instances.ts" },
};

const CONTAINERS_MADE_ANEW: Effect = {
  label: "restart",
  what: "they restart on the volumes that are there: their image, passwords, certificates or files are other ones now",
  source: { file: "components/docker/container-args.ts" },
};

/** What no field says: the primary is to be made anew, as the engine plans it. */
export function primaryMadeAnew(name: string): Change {
  return changeOf({ path: "primary", from: name, to: "a new one" }, MADE_ANEW);
}

/** What no field says: containers are to be made anew on Docker, as the engine plans it. @param parts servers and poolers */
export function containersMadeAnew(parts: readonly string[]): Change {
  return changeOf({ path: "containers", from: parts.join(", "), to: "new ones" }, CONTAINERS_MADE_ANEW);
}

/** What it means that a stack's topology becomes another one, in the order of the fields; none for equal topologies. */
export function changesBetween(old: ResolvedTopology, next: ResolvedTopology): Change[] {
  if (old.target !== next.target) {
    return [changeOf({ path: "target", from: old.target, to: next.target }, ANOTHER_TARGET)];
  }
  const rules = rulesOf(next.target);
  const edits = fieldEdits(old, next, (pattern) => Object.hasOwn(rules, pattern));
  const edited = new Set(edits.map(({ pattern, name }) => `${pattern} ${name}`));
  return edits.flatMap((edit) => {
    const rule = ruleFor(rules, edit.pattern);
    if ("follows" in rule && edited.has(`${rule.follows} ${edit.name}`)) return [];
    return [changeOf(edit, effectOf(rules, rule, { ...edit, old, next }))];
  });
}

/** Whether an id could be a change's: its path is one that a rule is for. */
export function isChangeId(id: string): boolean {
  if (!id.startsWith(ID_PREFIX)) return false;
  const path = id.slice(ID_PREFIX.length);
  const patterns = ["target", "primary", ...Object.values(RULES).flatMap((rules) => Object.keys(rules))];
  return patterns.some((pattern) => matches(pattern, path));
}

/** A change in one line: label, field, values, and what happens. */
export function changeText({ path, from, to, label, exposure, what }: Change): string {
  const weight = exposure ? `${label}, exposure` : label;
  return `${weight}: ${path}: ${shownValue(from)} → ${shownValue(to)}: ${what}`;
}

/** A value of a field for a person. */
export function shownValue(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  if (typeof value === "object") return Array.isArray(value) ? JSON.stringify(value) : "set";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The tables are read by values that carry their target with them: the one that fits is taken by it. */
function rulesOf(target: ResolvedTopology["target"]): Rules<ResolvedTopology> {
  return RULES[target] as Rules<ResolvedTopology>;
}

function ruleFor(rules: Rules<ResolvedTopology>, pattern: string): Rule<ResolvedTopology> {
  return (Object.hasOwn(rules, pattern) ? rules[pattern] : undefined) ?? UNKNOWN_FIELD;
}

function effectOf(rules: Rules<ResolvedTopology>, rule: Rule<ResolvedTopology>, edit: Edit): Effect {
  if (typeof rule === "function") return rule(edit);
  return "follows" in rule ? effectOf(rules, ruleFor(rules, rule.follows), edit) : rule;
}

function changeOf({ path, from, to }: Pick<FieldEdit, "path" | "from" | "to">, effect: Effect): Change {
  return { id: `${ID_PREFIX}${path}`, path, from, to, exposure: false, ...effect };
}

function matches(pattern: string, path: string): boolean {
  const [start = "", end] = pattern.split("<name>");
  if (end === undefined) return pattern === path;
  return path.length > start.length + end.length && path.startsWith(start) && path.endsWith(end);
}
