import type { ObservedGrant } from "./observed.ts";
import { quoteIdentifier, type Step } from "./step.ts";
import type { Grants } from "./wanted.ts";

/** Something with an access control list, and how to change that in SQL. */
export interface Securable {
  readonly database: string;
  /** For people, as in `table public.orders`. */
  readonly words: string;
  /** What comes before GRANT or REVOKE; empty but for default privileges. */
  readonly prefix: string;
  /** What follows ON, as in `TABLE public.orders`. */
  readonly target: string;
  /** Privileges are on one column only, which is named ready for SQL. */
  readonly column?: string;
  readonly owner: string;
  readonly grants: readonly ObservedGrant[];
}

/** Who should have what on a securable. */
export interface WantedPrivileges {
  readonly grants: Grants;
  /** Roles whose privileges are exact. */
  readonly managed: ReadonlySet<string>;
  /** What PUBLIC may keep; `undefined` for whatever it has. */
  readonly left: readonly string[] | undefined;
}

/**
 * What to revoke and what to grant. Grants that a managed role got from somebody else than the owner are undone by
 * taking the grant option from that somebody: a superuser's REVOKE counts as the owner's, and CASCADE follows the chain.
 */
export function planPrivileges(securable: Securable, { grants, managed, left }: WantedPrivileges): Step[] {
  const wantedFor = (grantee: string | null): readonly string[] => (grantee === null ? [] : (grants[grantee] ?? []));
  const revoked = new Statements(securable, "unplanned");
  const granted = new Statements(securable, "missing");
  for (const { grantee, grantor, privilege, grantable } of securable.grants) {
    if (grantee === null ? left === undefined || left.includes(privilege) : !managed.has(grantee)) continue;
    const fromOwner = grantor === securable.owner;
    const wanted = wantedFor(grantee).includes(privilege);
    if (!fromOwner) revoked.add(grantor, privilege, "GRANT OPTION FOR ");
    else if (!wanted) revoked.add(grantee, privilege, "");
    else if (grantable) revoked.add(grantee, privilege, "GRANT OPTION FOR ");
  }
  for (const [grantee, privileges] of Object.entries(grants)) {
    const has = securable.grants.filter((grant) => grant.grantee === grantee && grant.grantor === securable.owner);
    for (const privilege of privileges) {
      if (!has.some((grant) => grant.privilege === privilege)) granted.add(grantee, privilege, "");
    }
  }
  return [...revoked.steps(), ...granted.steps()];
}

/** One statement for each grantee: privileges are collected first. */
class Statements {
  readonly #securable: Securable;
  readonly #found: Step["found"];
  readonly #collected = new Map<string, { grantee: string | null; option: string; privileges: Set<string> }>();

  constructor(securable: Securable, found: Step["found"]) {
    this.#securable = securable;
    this.#found = found;
  }

  add(grantee: string | null, privilege: string, option: "" | "GRANT OPTION FOR "): void {
    const key = JSON.stringify([grantee, option]);
    const entry = this.#collected.get(key) ?? { grantee, option, privileges: new Set() };
    entry.privileges.add(privilege);
    this.#collected.set(key, entry);
  }

  steps(): Step[] {
    const { database, words, prefix, target, column } = this.#securable;
    return [...this.#collected.values()].map(({ grantee, option, privileges }) => {
      const list = [...privileges].map((privilege) => (column === undefined ? privilege : `${privilege} (${column})`));
      const who = grantee === null ? "PUBLIC" : quoteIdentifier(grantee);
      const name = grantee ?? "PUBLIC";
      const what = list.join(", ");
      const [sql, summary] =
        this.#found === "missing"
          ? [`GRANT ${what} ON ${target} TO ${who}`, `grant ${what} on ${words} to ${name}`]
          : [
              `REVOKE ${option}${what} ON ${target} FROM ${who} CASCADE`,
              `revoke ${option === "" ? "" : "the grant option for "}${what} on ${words} from ${name}`,
            ];
      return { database, found: this.#found, summary, sql: prefix + sql };
    });
  }
}
