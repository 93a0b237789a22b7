/** One change that brings a server nearer to what is wanted. */
export interface Step {
  /** Where it runs. */
  readonly database: string;
  /** For people; never a secret. */
  readonly summary: string;
  /** Never a secret: see {@link secret}. One statement or more, without parameters. */
  readonly sql: string;
  /** Read by `sql` as `current_setting(SECRET_SETTING)`; sent as a parameter, so that no statement's text has it. */
  readonly secret?: string;
  /** Done by the cloud's API where that is given, and else by `sql`, which comes to the same. */
  readonly byCloud?: UserMemberships;
  /** It cannot run, or must not be undone, with a transaction. */
  readonly alone?: true;
  /** Something is lost by it that a person should know of. */
  readonly warning?: true;
  /** What the server was found to have: too little of what is planned, or what nobody planned. */
  readonly found: "missing" | "unplanned";
}

/**
 * What a user of the cloud becomes a member of, as its API takes it.
 * @see https://docs.cloud.google.com/sql/docs/postgres/admin-api/rest/v1/users/update
 */
export interface UserMemberships {
  readonly user: string;
  readonly memberOf: readonly string[];
  /** Whether the user leaves every other role. */
  readonly exact: boolean;
}

/** The transaction's own setting through which a step gets its secret. */
export const SECRET_SETTING = "pgtopology.secret";

/** `"name"`, as an identifier in SQL. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `'text'`, as a string in SQL; right with `standard_conforming_strings`, which the plan's session turns on. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
