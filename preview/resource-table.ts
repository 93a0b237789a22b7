import type { Effect } from "../topology/change/rule.ts";
import type { ChangeLabel } from "../topology/change-label.ts";
import type { PlannedStep, StepProperties } from "./planned-step.ts";

/** One edit of a property, as a rule sees it; both values are wholly known, and of any type. */
export interface KnownEdit {
  /** `undefined` where the property was not there. */
  readonly from: unknown;
  /** `undefined` where the property is no more. */
  readonly to: unknown;
  /** The key of what a user has named, as a flag or a label; empty elsewhere. */
  readonly name: string;
  /** All that was asked for before and after, secrets and unknown values as their symbols. */
  readonly old: StepProperties;
  readonly next: StepProperties;
}

/**
 * What an edit of a property does: always the same, or by the values. `by` is only asked where both are known; where it
 * can't tell, as of a value of another type, and where one is secret or not known yet, `worst` holds. `secret` is what it
 * does that a secret becomes another one: without it, that is not known.
 */
export type PropertyRule = Effect | ValueRule;

/** What an edit does, by its values. */
export interface ValueRule {
  readonly by: (edit: KnownEdit) => Effect | undefined;
  readonly worst: Effect;
  readonly secret?: Effect;
}

/** What it does that a resource as a whole is made, made anew, or goes. */
export type ResourceRule = Effect | ((step: PlannedStep) => Effect);

/** What changes of a type of resource do to a database: its servers, its data, who reaches it. */
export interface ResourceTable {
  /** Whether a resource of the type has to do with a database at all. Default: each has. */
  readonly concerns?: (step: PlannedStep) => boolean;
  /**
   * Rules by the property's path, with `<name>` for the key of what {@link named} lists. A rule for a path is for all below
   * it; without one, the fields of an object are looked at one by one, and a list is one value.
   */
  readonly properties: Readonly<Record<string, PropertyRule>>;
  /**
   * Lists and maps whose elements are edited by name: `"*"` for a map with a user's keys, `"="` for a list of
   * `NAME=value`, and else the field of a list's elements that names them.
   */
  readonly named?: Readonly<Record<string, string>>;
  /** At worst, of a property that has no row, where the resource is updated in place. */
  readonly unlisted: ChangeLabel;
  readonly created: ResourceRule;
  readonly deleted: ResourceRule;
  readonly replaced: ResourceRule;
}

/** Tables by Pulumi's type token. */
export type ResourceTables = Readonly<Record<string, ResourceTable>>;
