import type { ObservedGrant, ObservedDatabase, ObservedObject } from "./observed.ts";
import { planPrivileges } from "./plan-privileges.ts";
import type { Step } from "./step.ts";
import { createLookup, LOOKUP_IDENTITY, lookupDefinition } from "./user-lookup.ts";
import { type WantedAccess, wantedLookup } from "./wanted.ts";

/** The pooler's look-up function: as planned to the letter, or made anew. Others of its name would be called instead. */
export function planLookup(wanted: WantedAccess, observed: ObservedDatabase): Step[] {
  if (wanted.lookup === undefined) return [];
  const { pooled } = wanted.lookup;
  const { owner, grants } = wantedLookup(wanted, wanted.lookup);
  const step = { database: wanted.database } as const;
  const right = observed.lookups.some(
    (lookup) =>
      lookup.identity === LOOKUP_IDENTITY && lookup.owner === owner && lookup.definition === lookupDefinition(pooled),
  );
  const drop = observed.lookups
    .filter(({ identity }) => identity !== LOOKUP_IDENTITY || !right)
    .map(({ identity }): Step => ({
      ...step,
      found: "unplanned",
      summary: `drop function ${identity}: it is not the planned one`,
      sql: `DROP ROUTINE ${identity}`,
    }));
  const create: Step = {
    ...step,
    found: "missing",
    summary: `create function ${LOOKUP_IDENTITY}`,
    sql: createLookup(pooled),
  };
  const securable = {
    ...step,
    words: `function ${LOOKUP_IDENTITY}`,
    prefix: "",
    target: `FUNCTION ${LOOKUP_IDENTITY}`,
    owner,
    grants: right ? grantsOf(observed.objects) : [freshGrant(owner)],
  };
  const managed = new Set(wanted.roles.map((role) => role.name));
  return [...drop, ...(right ? [] : [create]), ...planPrivileges(securable, { grants, managed, left: [] })];
}

function grantsOf(objects: readonly ObservedObject[]): readonly ObservedGrant[] {
  return objects.find(({ kind, identity }) => kind === "routine" && identity === LOOKUP_IDENTITY)?.grants ?? [];
}

/** What PostgreSQL gives for a new function: everybody may execute it. */
function freshGrant(owner: string): ObservedGrant {
  return { grantee: null, grantor: owner, privilege: "EXECUTE", grantable: false };
}
