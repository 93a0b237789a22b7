/** The fields whose values decide how many connections are opened. */
export type SizeField =
  | "pooling.writerPoolSize"
  | "pooling.readerPoolSize"
  | "application.poolSize"
  | "application.maxOverflow"
  | "application.replicaPoolSize"
  | "application.replicaMaxOverflow"
  | "service.maxInstances";

/** Some connections that may be open at once, and how their number comes about. */
export interface Demand {
  readonly what: string;
  /** As in `5 maxInstances × (20 poolSize + 30 maxOverflow)`. */
  readonly arithmetic: string;
  readonly connections: number;
  readonly fields: readonly SizeField[];
}

/** A place that gives connections: a server, or a pooler that takes clients. */
export interface Supply {
  /** `primary`, `replica-<key>`, or the pooler's name. */
  readonly place: string;
  readonly kind: "server" | "pooler" | "socket";
  readonly gives: number;
  /** Taken before anybody else gets one: superusers, and the platform's own sessions. */
  readonly reserved: number;
  /** Kept free for {@link ADMINISTRATIVE_USES}. */
  readonly administrative: number;
}

/** What a place gives against what is needed there. Numbers are connections. */
export interface BudgetRow extends Supply {
  readonly left: number;
  readonly demand: readonly Demand[];
  readonly needed: number;
  /** Negative: so many are missing. */
  readonly free: number;
}

/** A number in a product. One with a field can be changed by the user, and is called as the field is. */
export type Term =
  | { readonly count: number; readonly field: SizeField }
  | {
      readonly count: number;
      /** In the singular. */
      readonly noun: string;
    };

/** What needs connections on every server beside the pools, at most at once. */
const ADMINISTRATIVE_USES = [
  { what: "verification: the administrator, and the roles that try what they may", connections: 4 },
  { what: "roles and grants: the application's database, and postgres", connections: 2 },
  { what: "a backup or an export, and monitoring", connections: 2 },
  { what: "an operator's psql, and a second one", connections: 2 },
] as const;

/** Sum of {@link ADMINISTRATIVE_USES}. */
export const ADMINISTRATIVE_CONNECTIONS = ADMINISTRATIVE_USES.reduce((sum, { connections }) => sum + connections, 0);

/** Each of them may fill a pool of its own: poolers keep one for each pair of user and database. */
export const POOL_USERS: Term = { count: 2, noun: "user" };

/** A product of numbers; several terms in one factor are added up first. */
export function demandOf(what: string, ...factors: readonly (readonly Term[])[]): Demand {
  return {
    what,
    arithmetic: factors.map((terms) => factorText(terms, factors.length > 1)).join(" × "),
    connections: factors.reduce((product, terms) => product * terms.reduce((sum, { count }) => sum + count, 0), 1),
    fields: factors.flat().flatMap((term) => ("field" in term ? [term.field] : [])),
  };
}

/** A place with what is needed there. */
export function budgetRow(supply: Supply, demand: readonly Demand[]): BudgetRow {
  const left = supply.gives - supply.reserved - supply.administrative;
  const needed = demand.reduce((sum, { connections }) => sum + connections, 0);
  return { ...supply, left, demand, needed, free: left - needed };
}

function factorText(terms: readonly Term[], isOneOfSeveral: boolean): string {
  const text = terms.map(termText).join(" + ");
  return terms.length > 1 && isOneOfSeveral ? `(${text})` : text;
}

function termText(term: Term): string {
  if ("field" in term) return `${term.count} ${term.field.slice(term.field.indexOf(".") + 1)}`;
  return `${term.count} ${term.noun}${term.count === 1 ? "" : "s"}`;
}
