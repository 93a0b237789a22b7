import { UNKNOWN } from "../requirements/known.ts";
import type { Effect } from "../topology/change/rule.ts";
import { CHANGE_LABELS, type ChangeLabel, worst } from "../topology/change-label.ts";
import { type Operation, type PlannedStep, SECRET, type StepValue } from "./planned-step.ts";
import { type PropertyEdit, propertyEdits } from "./property-edits.ts";
import type { ResourceRule, ResourceTable } from "./resource-table.ts";
import { TABLES } from "./tables/tables.ts";
import { unknownDatabase } from "./unknown-database.ts";

/** What one planned change does to a database: of a property, or of a resource as a whole. */
export interface LabelledChange extends Omit<Effect, "instead"> {
  readonly urn: string;
  readonly type: string;
  /** Pulumi's name of the resource. */
  readonly name: string;
  readonly operation: Operation;
  /** The property or option; not there where it is about the resource as a whole. */
  readonly property?: string;
  readonly from?: StepValue;
  readonly to?: StepValue;
  readonly exposure: boolean;
  /** Nobody has said what it does: the label is the worst that is plausible. */
  readonly unknown: boolean;
  /** Nobody asked for it: something was changed past Pulumi. */
  readonly drifted: boolean;
}

/** A plan, as risk. */
export interface LabelledPlan {
  /** In the order of the engine's steps. */
  readonly changes: readonly LabelledChange[];
  /** Resources that change, and have nothing to do with a database. */
  readonly leftAlone: readonly PlannedStep[];
}

/** What a plan does to databases, change by change. */
export function labelPlan(steps: readonly PlannedStep[]): LabelledPlan {
  const changes: LabelledChange[] = [];
  const leftAlone: PlannedStep[] = [];
  for (const step of steps) {
    const table = tableOf(step);
    if (table !== undefined) changes.push(...labelStep(step, table));
    else if (step.operation !== "same") leftAlone.push(step);
  }
  return { changes, leftAlone };
}

/** The id of what permits a change of a plan: what it does to one resource. */
export function planPermissionId(
  { type, name }: Pick<LabelledChange, "type" | "name">,
  what: ChangeLabel | "exposure",
): string {
  // An id is one word that a terminal shows as it is; in somebody else's program a name may be anything.
  return `plan/${type}/${name}/${what}`.replaceAll(/[\s\p{Cc}\p{Bidi_Control}]/gu, "-");
}

/** Whether an id could permit a change of a plan: its end is what {@link planPermissionId} writes there. */
export function isPlanPermissionId(id: string): boolean {
  const [, what = ""] = /^plan\/.+\/[^/]+\/([^/]+)$/.exec(id) ?? [];
  return [...CHANGE_LABELS, "exposure"].some((known) => known.replaceAll(" ", "-") === what);
}

function tableOf(step: PlannedStep): ResourceTable | undefined {
  const table = Object.hasOwn(TABLES, step.type) ? TABLES[step.type] : unknownDatabase(step.type);
  return table?.concerns?.(step) === false ? undefined : table;
}

function labelStep(step: PlannedStep, table: ResourceTable): LabelledChange[] {
  const edited = propertyEdits(step, table);
  const edits = edited.map((edit) => labelEdit(step, table, edit));
  const options = optionChanges(step);
  switch (step.operation) {
    case "create":
    case "import":
      return [...whole(step, table.created)];
    case "delete":
      return [...whole(step, step.old?.retainOnDelete === true ? stays(table, step) : table.deleted)];
    case "forget":
      return [...whole(step, stays(table, step))];
    case "replace": {
      const rule = step.old?.retainOnDelete === true ? stays(table, step) : table.replaced;
      const made = whole(step, rule);
      // That it is made anew counts, and beside it what does worse, as another volume, or lets others in. Of what it is
      // made anew for, all else is said by that.
      const reasons = new Set(edited.filter((edit) => isReason(step, edit)).map(({ path }) => path));
      const also = edits.flatMap((edit) => {
        if (!reasons.has(edit.property ?? "")) return edit.exposure || isKnownWorse(edit, made) ? [edit] : [];
        return edit.exposure ? [{ ...edit, label: worst(made.map(({ label }) => label)) }] : [];
      });
      return [...made, ...also, ...options];
    }
    case "update":
      return [...edits, ...options];
    case "same":
      return options;
  }
}

function whole(step: PlannedStep, rule: ResourceRule): LabelledChange[] {
  const effect = typeof rule === "function" ? rule(step) : rule;
  const because =
    step.operation === "replace" && step.replacing.length > 0 ? ` (for ${step.replacing.join(", ")})` : "";
  return [labelled(step, { ...effect, what: `${effect.what}${because}` })];
}

/** Whether the resource is made anew for an edit. */
function isReason({ replacing }: PlannedStep, { path, replaces }: PropertyEdit): boolean {
  return replaces || replacing.some((reason) => path === reason || path.startsWith(`${reason}.`));
}

function isKnownWorse({ label, unknown }: LabelledChange, than: readonly LabelledChange[]): boolean {
  const labels = than.map((change) => change.label);
  return !unknown && worst(labels) !== worst([...labels, label]);
}

/** Pulumi lets go of it, and it stays where it is. */
function stays(table: ResourceTable, step: PlannedStep): Effect {
  const rule = step.operation === "replace" ? table.replaced : table.deleted;
  const effect = typeof rule === "function" ? rule(step) : rule;
  if (effect.label !== "data loss" && effect.label !== "replace") return effect;
  const what = "it stays where it is with what it holds, and Pulumi no longer knows it";
  return {
    ...effect,
    label: "replace",
    what: step.operation === "replace" ? `another one is made, empty; of the old one, ${what}` : what,
  };
}

function labelEdit(step: PlannedStep, table: ResourceTable, edit: PropertyEdit): LabelledChange {
  const { path, from, to, drifted } = edit;
  const { unknown, ...effect } = effectOf(step, table, edit);
  const revealed = isRevealed(from, to);
  return {
    ...labelled(step, effect),
    property: path,
    from,
    to,
    unknown,
    drifted,
    ...(revealed && { exposure: true, what: `${effect.what}; it stops being secret: state and logs show it` }),
  };
}

function effectOf(step: PlannedStep, table: ResourceTable, edit: PropertyEdit): Effect & { readonly unknown: boolean } {
  const { pattern, name, from, to } = edit;
  const rule = Object.hasOwn(table.properties, pattern) ? table.properties[pattern] : undefined;
  if (rule === undefined) return { ...unlisted(table.unlisted), unknown: true };
  if (!("by" in rule)) return { ...rule, unknown: false };
  // What is not known yet comes from another resource, which keeps its secrets: nobody has written it down.
  if ((to === SECRET || to === UNKNOWN) && rule.secret !== undefined) return { ...rule.secret, unknown: false };
  const properties = { old: step.old?.inputs ?? {}, next: step.next?.inputs ?? {} };
  const told = isWhollyKnown(from) && isWhollyKnown(to) ? rule.by({ from, to, name, ...properties }) : undefined;
  return told === undefined ? { ...rule.worst, unknown: true } : { ...told, unknown: false };
}

function unlisted(label: ChangeLabel): Effect {
  return { label, what: "nothing is known of this property", source: { file: "preview/label-plan.ts" } };
}

/** What Pulumi itself guards, or no longer does. */
function optionChanges(step: PlannedStep): LabelledChange[] {
  const { old, next } = step;
  if (old === undefined || next === undefined) return [];
  const changes: LabelledChange[] = [];
  const add = (property: "protect" | "retainOnDelete", what: string): void => {
    if (!old[property] || next[property]) return;
    const effect: Effect = { label: "none", exposure: true, what, source: OPTIONS };
    changes.push({ ...labelled(step, effect), property, from: true, to: false });
  };
  add("protect", "Pulumi no longer refuses to remove it");
  add("retainOnDelete", "from then on, what is removed from the program is removed for good");
  return changes;
}

const OPTIONS: Effect["source"] = {
  source: "https://www.pulumi.com/docs/iac/concepts/resources/options/",
  confirmed: false,
  why: "known from the engine's source, not read there",
};

function labelled(
  { urn, type, name, operation }: PlannedStep,
  { label, exposure = false, what, source }: Effect,
): LabelledChange {
  return { urn, type, name, operation, label, exposure, what, source, unknown: false, drifted: false };
}

/** Whether something that was secret can be read from then on, at any depth. */
function isRevealed(from: StepValue, to: StepValue): boolean {
  // What is secret as a whole before, and in part after, the engine has only told of otherwise.
  if (from === SECRET) return to !== undefined && to !== UNKNOWN && !holdsSecret(to);
  if (typeof from !== "object" || from === null || typeof to !== "object" || to === null) return false;
  const after = byName(to);
  return Object.entries(byName(from)).some(([key, value]) => isRevealed(value, after[key]));
}

function holdsSecret(value: StepValue): boolean {
  if (value === SECRET) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

/** What is in a value; of a list, by the names of its elements, which may have moved. */
function byName(value: object): Readonly<Record<string, StepValue>> {
  if (!Array.isArray(value)) return { ...value };
  const nameOf = (item: StepValue, index: number): string => {
    const name = typeof item === "object" && item !== null && "name" in item ? item.name : undefined;
    return typeof name === "string" ? name : `${index} of ${value.length}`;
  };
  return Object.fromEntries(value.map((item: StepValue, index) => [nameOf(item, index), item]));
}

function isWhollyKnown(value: StepValue): boolean {
  if (value === UNKNOWN || value === SECRET) return false;
  return typeof value !== "object" || value === null || Object.values(value).every(isWhollyKnown);
}
