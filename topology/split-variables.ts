/** Two ways to one database, in one line each. */
export interface DatabaseUrls {
  /** As the application, through the pooler where there is one. */
  readonly pooled: string;
  /** As the owner of the schema, past the pooler. */
  readonly direct: string;
}

/** What an application is told of the databases of a split. */
export interface SplitConnection {
  /** In single mode the data database, which then has everything. */
  readonly primary: DatabaseUrls;
  /** `undefined` in single mode, and without a data database. */
  readonly data: DatabaseUrls | undefined;
  /** `undefined` without a data database. */
  readonly splitMode: boolean | undefined;
  readonly authSecret: string | undefined;
}

/** One variable of the application's environment. */
interface SplitVariable {
  readonly name: string;
  readonly explanation: string;
  /** `undefined` when the stack has no such thing. */
  readonly value: (connection: SplitConnection) => string | undefined;
}

/** The variables of an application that may have two databases, in the order in which they are written. */
export const SPLIT_VARIABLES: readonly SplitVariable[] = [
  {
    name: "PRIMARY_DATABASE_URL",
    explanation:
      "The primary database in one line, through the pooler where there is one, in the words of Prisma's engines unless told otherwise (pgt env --client). Secret.",
    value: ({ primary }) => primary.pooled,
  },
  {
    name: "PRIMARY_DIRECT_DATABASE_URL",
    explanation:
      "The same past the pooler, as the owner of the schema, in libpq's words: for migrations and psql. The application itself can do without it. Secret.",
    value: ({ primary }) => primary.direct,
  },
  {
    name: "DATA_DATABASE_URL",
    explanation: "As PRIMARY_DATABASE_URL, of the data database. Secret. Absent in single mode, and without one.",
    value: ({ data }) => data?.pooled,
  },
  {
    name: "DATA_DIRECT_DATABASE_URL",
    explanation: "As PRIMARY_DIRECT_DATABASE_URL, of the data database. Secret. Absent as DATA_DATABASE_URL is.",
    value: ({ data }) => data?.direct,
  },
  {
    name: "SPLIT_DB_MODE",
    explanation: "Whether there are two databases to use. Absent in a stack without a data database.",
    value: ({ splitMode }) => splitMode?.toString(),
  },
  {
    name: "AUTH_SECRET",
    explanation:
      "Signs the application's sessions; made once, and anew by pgt rotate auth-secret. Secret. Absent as SPLIT_DB_MODE is.",
    value: ({ authSecret }) => authSecret,
  },
];

/** The variables that the stack gives values to, by name. */
export function splitVariables(connection: SplitConnection): Record<string, string> {
  return Object.fromEntries(
    SPLIT_VARIABLES.flatMap(({ name, value }): [string, string][] => {
      const found = value(connection);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}
