/** Stands for a value that the engine keeps secret: that it differs, only the engine can tell. */
export const SECRET: unique symbol = Symbol("secret");

/** What the engine means to do with a resource, once for each: the halves of a replacement are one `replace`. */
export type Operation = "same" | "create" | "update" | "replace" | "delete" | "import" | "forget";

/** JSON, with `UNKNOWN` for what is known after the update only, and {@link SECRET}. */
export type StepValue = unknown;

/** Properties by name. */
export type StepProperties = Readonly<Record<string, StepValue>>;

/** A resource before or after an update. */
export interface StepState {
  /** The provider's own; not there before a resource is made. */
  readonly id?: string;
  /** What was asked for. */
  readonly inputs: StepProperties;
  /** What the provider answered; of a component, what it exports. */
  readonly outputs: StepProperties;
  /** Pulumi refuses to remove it. */
  readonly protect: boolean;
  /** When it is removed, Pulumi forgets it, and it stays. */
  readonly retainOnDelete: boolean;
  /** URN. */
  readonly parent?: string;
}

/** A property that differs, as the provider tells the engine; of a secret, all that anyone can tell. */
export interface EngineDiff {
  /** As in `settings.databaseFlags[0].value`. */
  readonly path: string;
  /** The resource is made anew for it. */
  readonly replaces: boolean;
  /** Between what was asked for then and now; otherwise between what there is and what is asked for. */
  readonly ofInputs: boolean;
}

/** What an update would do with one resource. */
export interface PlannedStep {
  readonly operation: Operation;
  readonly urn: string;
  readonly type: string;
  /** Pulumi's name of it. */
  readonly name: string;
  /** Not there for what is made. */
  readonly old?: StepState;
  /** Not there for what goes. */
  readonly next?: StepState;
  readonly diffs: readonly EngineDiff[];
  /** Properties that the resource is made anew for; empty where nobody said. */
  readonly replacing: readonly string[];
}
