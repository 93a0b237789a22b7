import { FRESH_DATABASE, freshDatabaseObject, type ObservedRoles } from "./observed.ts";
import { type Passwords, planAccounts } from "./plan-accounts.ts";
import { planDefaults } from "./plan-defaults.ts";
import { planLookup } from "./plan-lookup.ts";
import { planClusterObjects, planDatabaseObjects } from "./plan-objects.ts";
import { planSlots } from "./plan-slots.ts";
import { quoteIdentifier, type Step } from "./step.ts";
import { MAINTENANCE_DATABASE, type WantedAccess } from "./wanted.ts";

/**
 * What to do, in order, so that a server has what is wanted; nothing on a server that has it already.
 * @param passwords without them passwords are not looked at; where the cloud sets them, there are none.
 */
export function planRoles(wanted: WantedAccess, observed: ObservedRoles, passwords?: Passwords): Step[] {
  const { cluster } = observed;
  const application = observed.application ?? FRESH_DATABASE;
  const name = quoteIdentifier(wanted.database);
  const made = observed.application === undefined ? [freshDatabaseObject(wanted.database, name, wanted.owner)] : [];
  return [
    ...planAccounts(wanted, cluster, passwords),
    ...made.map(() => createDatabase(wanted)),
    ...planClusterObjects(wanted, [...cluster.objects, ...made], MAINTENANCE_DATABASE),
    ...planSlots(wanted, cluster.slots),
    ...planDatabaseObjects(wanted, application.objects),
    ...planExtensions(wanted, application.extensions),
    ...planLookup(wanted, application),
    ...planDefaults(wanted, application.defaults),
  ];
}

/** From template0, so that it has what PostgreSQL ships and nothing else. */
function createDatabase({ database, owner }: WantedAccess): Step {
  return {
    database: MAINTENANCE_DATABASE,
    found: "missing",
    summary: `create database ${database}`,
    sql: `CREATE DATABASE ${quoteIdentifier(database)} OWNER ${quoteIdentifier(owner)} TEMPLATE template0`,
    alone: true,
  };
}

function planExtensions(wanted: WantedAccess, installed: readonly string[]): Step[] {
  return wanted.extensions
    .filter((extension) => !installed.includes(extension))
    .map((extension) => ({
      database: wanted.database,
      found: "missing",
      summary: `create extension ${extension}`,
      sql: `CREATE EXTENSION ${quoteIdentifier(extension)} SCHEMA public`,
    }));
}
