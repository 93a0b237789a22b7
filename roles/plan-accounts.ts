import { clusterStep } from "./cluster-step.ts";
import type { ObservedCluster, ObservedRole } from "./observed.ts";
import { matchesVerifier } from "./scram.ts";
import { planCloudMemberships, planMemberships } from "./plan-memberships.ts";
import { quoteIdentifier, quoteLiteral, SECRET_SETTING, type Step } from "./step.ts";
import type { WantedAccess, WantedRole } from "./wanted.ts";

/** What a role's password must be, and how to make the verifier that PostgreSQL stores. */
export interface Passwords {
  readonly of: Readonly<Record<Exclude<WantedRole["key"], "service">, string>>;
  readonly verifierOf: (password: string) => string;
}

/** A property of a role: whether it holds, and the words of CREATE ROLE that make it so. */
interface Attribute {
  readonly words: string;
  readonly holds: (role: ObservedRole) => boolean;
  readonly found: Step["found"];
}

/** Roles, their settings, memberships and passwords; the passwords come last. Roles of a cloud are for the cloud to make. */
export function planAccounts(
  wanted: WantedAccess,
  observed: ObservedCluster,
  passwords: Passwords | undefined,
): Step[] {
  const { accounts, roles } = wanted;
  const own = roles.filter(({ name }) => accounts === "sql" || observed.roles.some((role) => role.name === name));
  return [
    // First of all: from then on the administrator can do the rest.
    ...(accounts === "cloud" ? planCloudMemberships(wanted, observed) : []),
    ...own.flatMap((role) => planAttributes(role, observed)),
    ...own.flatMap((role) => planSettings(role, observed)),
    ...(accounts === "sql" ? own.flatMap((role) => planMemberships(role, observed)) : []),
    ...(passwords === undefined ? [] : own.flatMap((role) => planPassword(role, observed, passwords))),
  ];
}

function attributesOf(wanted: WantedRole): Attribute[] {
  const off = (words: string, get: (role: ObservedRole) => boolean): Attribute => ({
    words,
    holds: (role) => !get(role),
    found: "unplanned",
  });
  const either = (words: string, want: boolean, get: (role: ObservedRole) => boolean): Attribute =>
    want ? { words, holds: get, found: "missing" } : off(`NO${words}`, get);
  return [
    off("NOSUPERUSER", (role) => role.superuser),
    off("NOCREATEDB", (role) => role.createDatabase),
    off("NOCREATEROLE", (role) => role.createRole),
    off("NOBYPASSRLS", (role) => role.bypassRls),
    either("INHERIT", true, (role) => role.inherit),
    either("LOGIN", wanted.login, (role) => role.login),
    either("REPLICATION", wanted.replication, (role) => role.replication),
    {
      words: `CONNECTION LIMIT ${wanted.connectionLimit}`,
      holds: (role) => role.connectionLimit === wanted.connectionLimit,
      found: "unplanned",
    },
    { words: "VALID UNTIL 'infinity'", holds: (role) => role.validForever, found: "unplanned" },
  ];
}

function planAttributes(wanted: WantedRole, { roles }: ObservedCluster): Step[] {
  const name = quoteIdentifier(wanted.name);
  const attributes = attributesOf(wanted);
  const role = roles.find((candidate) => candidate.name === wanted.name);
  if (role === undefined) {
    const words = attributes.map((attribute) => attribute.words).join(" ");
    return [clusterStep("missing", `create role ${wanted.name}`, `CREATE ROLE ${name} ${words}`)];
  }
  return attributes
    .filter((attribute) => !attribute.holds(role))
    .map(({ words, found }) => clusterStep(found, `role ${wanted.name}: ${words}`, `ALTER ROLE ${name} ${words}`));
}

/** The wanted settings, and no other value of them for one database, which would win. */
function planSettings(wanted: WantedRole, { settings }: ObservedCluster): Step[] {
  const role = quoteIdentifier(wanted.name);
  const own = settings.filter((setting) => setting.role === wanted.name);
  return Object.entries(wanted.settings).flatMap(([name, value]) => {
    const overrides = own.filter((setting) => setting.name === name && setting.database !== null);
    const steps = overrides.map(({ database }) =>
      clusterStep(
        "unplanned",
        `role ${wanted.name}: reset ${name} in database ${String(database)}`,
        `ALTER ROLE ${role} IN DATABASE ${quoteIdentifier(String(database))} RESET ${name}`,
      ),
    );
    if (!own.some((setting) => setting.name === name && setting.database === null && setting.value === value)) {
      const sql = `ALTER ROLE ${role} SET ${name} = ${quoteLiteral(value)}`;
      steps.push(clusterStep("missing", `role ${wanted.name}: set ${name} to ${value}`, sql));
    }
    return steps;
  });
}

/**
 * A stored verifier that fits is left alone; else a new one is stored. An error inside is thrown anew, as the original's
 * context would quote the verifier in the server's log.
 */
function planPassword(wanted: WantedRole, { roles }: ObservedCluster, passwords: Passwords): Step[] {
  // A token lets it in.
  if (wanted.key === "service") return [];
  const password = passwords.of[wanted.key];
  const stored = roles.find((role) => role.name === wanted.name)?.verifier ?? null;
  if (matchesVerifier(password, stored)) return [];
  const sql =
    `DO $do$ BEGIN\n` +
    `  EXECUTE format('ALTER ROLE %I PASSWORD %L', ${quoteLiteral(wanted.name)}, current_setting(${quoteLiteral(SECRET_SETTING)}));\n` +
    `EXCEPTION WHEN query_canceled OR OTHERS THEN RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM;\n` +
    `END $do$`;
  const step = clusterStep("missing", `set the password of ${wanted.name}`, sql);
  return [{ ...step, secret: passwords.verifierOf(password) }];
}
