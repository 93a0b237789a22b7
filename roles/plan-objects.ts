import type { ObservedGrant, ObservedObject } from "./observed.ts";
import { planPrivileges } from "./plan-privileges.ts";
import { quoteIdentifier, type Step } from "./step.ts";
import { LOOKUP_IDENTITY } from "./user-lookup.ts";
import type { Grants, WantedAccess, WantedObject } from "./wanted.ts";

/** What an object should be. */
interface Rule {
  readonly owner: string;
  readonly grants: Grants;
  /** See {@link WantedObject.left}; `undefined` for whatever PUBLIC has. */
  readonly left: readonly string[] | undefined;
}

const TARGETS = {
  database: "DATABASE",
  parameter: "PARAMETER",
  schema: "SCHEMA",
  table: "TABLE",
  sequence: "SEQUENCE",
  routine: "ROUTINE",
  column: "TABLE",
} as const satisfies Record<ObservedObject["kind"], string>;

/** Databases and parameters; `database` is where the steps run. */
export function planClusterObjects(wanted: WantedAccess, objects: readonly ObservedObject[], database: string): Step[] {
  return planEach(wanted, objects, database, (object) => {
    const named = wanted.databases.find(({ name }) => object.kind === "database" && name === object.name);
    return named === undefined ? elsewhere(wanted, object) : ruleOf(named);
  });
}

/** Schemas, relations, their columns and routines of the application's database. Missing schemas are made. */
export function planDatabaseObjects(wanted: WantedAccess, observed: readonly ObservedObject[]): Step[] {
  const existing = new Set(observed.filter(({ kind }) => kind === "schema").map(({ name }) => name));
  const missing = wanted.schemas.filter(({ name }) => !existing.has(name));
  const create = missing.map(({ name, owner }): Step => ({
    database: wanted.database,
    found: "missing",
    summary: `create schema ${name}`,
    sql: `CREATE SCHEMA ${quoteIdentifier(name)} AUTHORIZATION ${quoteIdentifier(owner)}`,
  }));
  const objects = [...missing.map(madeSchema), ...observed.filter(({ identity }) => identity !== LOOKUP_IDENTITY)];
  const application = applicationSchemas(wanted, observed);
  const rule = (object: ObservedObject): Rule | undefined => ruleFor(wanted, application, object);
  return [...create, ...planEach(wanted, objects, wanted.database, rule)];
}

/** `public`, and every schema that a managed role made: all of it is the application's. */
function applicationSchemas(wanted: WantedAccess, observed: readonly ObservedObject[]): ReadonlySet<string> {
  const managed = managedNames(wanted);
  const known = new Map(wanted.schemas.map((schema) => [schema.name, schema.owner]));
  const made = observed.filter(
    ({ kind, name, owner }) => kind === "schema" && !known.has(name ?? "") && managed.has(owner),
  );
  const named = wanted.schemas.filter(({ owner }) => owner === wanted.owner);
  return new Set([...named.map(({ name }) => name), ...made.map(({ name }) => name ?? "")]);
}

/** Undefined for what the plan leaves alone. */
function ruleFor(wanted: WantedAccess, application: ReadonlySet<string>, object: ObservedObject): Rule | undefined {
  const named = wanted.schemas.find(({ name }) => object.kind === "schema" && name === object.name);
  if (named !== undefined) return ruleOf(named);
  const managed = managedNames(wanted).has(object.owner);
  const mine = managed || (object.owner === wanted.administrator && application.has(object.schema ?? ""));
  if (object.extension || !mine) return elsewhere(wanted, object);
  return { owner: wanted.owner, grants: applicationGrants(wanted, object), left: [] };
}

function applicationGrants(wanted: WantedAccess, { kind, securityDefiner }: ObservedObject): Grants {
  if (kind === "column" || kind === "database" || kind === "parameter") return {};
  const grants = wanted.application[kind];
  if (!securityDefiner) return grants;
  return Object.fromEntries(Object.entries(grants).filter(([role]) => role !== wanted.readOnly));
}

function ruleOf({ owner, grants, left = [] }: WantedObject): Rule {
  return { owner, grants, left };
}

/** What is the administrator's own, or an extension's: managed roles have no grants of their own on it. */
function elsewhere(wanted: WantedAccess, { owner, extension }: ObservedObject): Rule | undefined {
  return extension || owner === wanted.administrator ? { owner, grants: {}, left: undefined } : undefined;
}

function planEach(
  wanted: WantedAccess,
  objects: readonly ObservedObject[],
  database: string,
  judge: (object: ObservedObject) => Rule | undefined,
): Step[] {
  const managed = managedNames(wanted);
  const judged = objects.flatMap((object) => {
    const rule = judge(object);
    return rule === undefined ? [] : [{ object, rule }];
  });
  const owners = judged.flatMap(({ object, rule }) => planOwner(object, rule.owner, database));
  const privileges = judged.flatMap(({ object, rule }) => {
    const { kind, identity, column } = object;
    const securable = {
      database,
      words: `${column === null ? kind : "table"} ${object.name ?? identity}`,
      prefix: "",
      target: `${TARGETS[kind]} ${identity}`,
      ...(column !== null && { column }),
      owner: rule.owner,
      grants: grantsUnder(rule.owner, object),
    };
    return planPrivileges(securable, { grants: rule.grants, managed, left: rule.left });
  });
  return [...owners, ...privileges];
}

function planOwner(
  { kind, identity, name, owner, linked }: ObservedObject,
  wantedOwner: string,
  database: string,
): Step[] {
  if (owner === wantedOwner || linked || kind === "column") return [];
  return [
    {
      database,
      found: "unplanned",
      summary: `give ${kind} ${name ?? identity} from ${owner} to ${wantedOwner}`,
      sql: `ALTER ${kind === "sequence" ? "SEQUENCE" : TARGETS[kind]} ${identity} OWNER TO ${quoteIdentifier(wantedOwner)}`,
    },
  ];
}

/** PostgreSQL puts the new owner for the old one in the whole list when an object changes hands. */
function grantsUnder(owner: string, object: ObservedObject): ObservedGrant[] {
  const named = (name: string): string => (name === object.owner ? owner : name);
  return object.grants
    .filter(({ grantee }) => grantee !== owner)
    .map((grant) => ({ ...grant, grantor: named(grant.grantor) }));
}

function managedNames(wanted: WantedAccess): ReadonlySet<string> {
  return new Set(wanted.roles.map((role) => role.name));
}

function madeSchema({ name, owner }: WantedObject): ObservedObject {
  const plain = { column: null, extension: false, linked: false, securityDefiner: false, grants: [] };
  return { ...plain, kind: "schema", identity: quoteIdentifier(name), schema: name, name, owner };
}
