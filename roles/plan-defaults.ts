import type { ObservedDefault, ObservedGrant } from "./observed.ts";
import { planPrivileges } from "./plan-privileges.ts";
import { quoteIdentifier, type Step } from "./step.ts";
import type { WantedAccess } from "./wanted.ts";

const TARGETS = { table: "TABLES", sequence: "SEQUENCES", routine: "ROUTINES", schema: "SCHEMAS" } as const;
const KINDS = ["schema", "table", "sequence", "routine"] as const;

/**
 * What new objects get. The owner's are exact; what the administrator and other managed roles make is not handed to
 * managed roles by itself.
 */
export function planDefaults(wanted: WantedAccess, observed: readonly ObservedDefault[]): Step[] {
  const managed = new Set(wanted.roles.map((role) => role.name));
  const owners = KINDS.map((kind) => everywhere(wanted.owner, kind, observed));
  const others = observed.filter(
    ({ creator, schema }) =>
      (creator === wanted.owner && schema !== null) ||
      (creator !== wanted.owner && (managed.has(creator) || creator === wanted.administrator)),
  );
  return [
    ...others.flatMap((row) =>
      planPrivileges(securableOf(wanted, row), {
        grants: {},
        managed,
        left: row.creator === wanted.owner ? [] : undefined,
      }),
    ),
    ...owners.flatMap((row) =>
      planPrivileges(securableOf(wanted, row), { grants: wanted.application[row.kind], managed, left: [] }),
    ),
  ];
}

/** The row for every schema; without one PostgreSQL's own default holds: PUBLIC may execute routines. */
function everywhere(
  creator: string,
  kind: ObservedDefault["kind"],
  observed: readonly ObservedDefault[],
): ObservedDefault {
  const row = observed.find((each) => each.creator === creator && each.kind === kind && each.schema === null);
  if (row !== undefined) return row;
  const execute: ObservedGrant = { grantee: null, grantor: creator, privilege: "EXECUTE", grantable: false };
  return { creator, kind, schema: null, grants: kind === "routine" ? [execute] : [] };
}

function securableOf(wanted: WantedAccess, { creator, schema, kind, grants }: ObservedDefault) {
  const where = schema === null ? "" : ` IN SCHEMA ${quoteIdentifier(schema)}`;
  return {
    database: wanted.database,
    words: `new ${kind}s of ${creator}${schema === null ? "" : ` in schema ${schema}`}`,
    prefix: `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoteIdentifier(creator)}${where} `,
    target: TARGETS[kind],
    owner: creator,
    grants,
  };
}
