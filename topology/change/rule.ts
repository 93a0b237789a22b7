import type { ChangeLabel } from "../change-label.ts";
import type { Provenance } from "../limits/limit.ts";
import type { ResolvedTopology } from "../resolved.ts";

/** One edit of a field, as a rule sees it. */
export interface Edit<T extends ResolvedTopology = ResolvedTopology> {
  /** `undefined` where the field was not there. */
  readonly from: unknown;
  /** `undefined` where the field is no more. */
  readonly to: unknown;
  readonly old: T;
  readonly next: T;
  /** The user's name of the replica, parameter, label or variable; empty elsewhere. */
  readonly name: string;
}

/** The file of this repository that makes an effect what it is, where no vendor decides it. */
export interface OwnSource {
  readonly file: string;
}

/** What an edit does. */
export interface Effect {
  /** The worst that happens to a part that clients are connected to (server or pooler), to data, or to backups. */
  readonly label: ChangeLabel;
  /** Somebody may reach or read what they could not before, or a guard of the data goes. */
  readonly exposure?: boolean;
  /** What happens to servers and data, in one sentence without a full stop. */
  readonly what: string;
  /** One update of it would end half-way, so that no permission allows it: what to do instead. */
  readonly instead?: string;
  readonly source: Provenance | OwnSource;
}

/**
 * What an edit of a field does: always the same, by the values, or what another field's rule says. A field that `follows`
 * another one is told of only when that one has not changed.
 */
export type Rule<T extends ResolvedTopology> = Effect | ((edit: Edit<T>) => Effect) | { readonly follows: string };

/** Rules by the path of the field, with `<name>` for what a user has named. */
export type Rules<T extends ResolvedTopology> = Readonly<Record<string, Rule<T>>>;

/** Whether a number grows; what is not there counts as nothing. */
export function grows({ from, to }: Pick<Edit, "from" | "to">): boolean {
  return Number(to ?? 0) > Number(from ?? 0);
}

/** Whether the new word stands further down a list than the old one. */
export function descends({ from, to }: Pick<Edit, "from" | "to">, order: readonly string[]): boolean {
  return order.indexOf(String(to)) > order.indexOf(String(from));
}
