import type {
  ObservedCluster,
  ObservedDatabase,
  ObservedDefault,
  ObservedLookup,
  ObservedMembership,
  ObservedObject,
  ObservedRole,
  ObservedSetting,
  ObservedSlot,
} from "./observed.ts";
import { POOLER_SCHEMA } from "../topology/names.ts";
import { LOOKUP_DEFINITION } from "./user-lookup.ts";
import type { WantedAccess } from "./wanted.ts";

/** Runs one statement and gives its rows. The session's search_path must be empty, so that names come back in full. */
export type RunQuery = (text: string, values: readonly unknown[]) => Promise<unknown[]>;

/** Of a cloud, whose administrator may not read pg_authid: https://cloud.google.com/sql/docs/postgres/users */
const rolesQuery = (verifiers: boolean): string => `
SELECT rolname AS name, rolsuper AS superuser, rolinherit AS inherit, rolcreaterole AS "createRole",
  rolcreatedb AS "createDatabase", rolcanlogin AS login, rolreplication AS replication, rolbypassrls AS "bypassRls",
  rolconnlimit AS "connectionLimit", coalesce(rolvaliduntil = 'infinity', true) AS "validForever",
  ${verifiers ? "rolpassword" : "NULL"} AS verifier
FROM ${verifiers ? "pg_authid" : "pg_roles"} WHERE rolname = ANY ($1::name[]) ORDER BY 1`;

const MEMBERSHIPS = `
SELECT r.rolname AS role, m.rolname AS member, g.rolname AS grantor, a.admin_option AS admin, a.inherit_option AS inherit
FROM pg_auth_members a
JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.grantor
WHERE m.rolname = ANY ($1::name[]) ORDER BY 2, 1, 3`;

const SETTINGS = `
SELECT r.rolname AS role, d.datname AS database, split_part(c, '=', 1) AS name, substr(c, strpos(c, '=') + 1) AS value
FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole LEFT JOIN pg_database d ON d.oid = s.setdatabase,
  unnest(s.setconfig) AS c
WHERE r.rolname = ANY ($1::name[]) ORDER BY 1, 2 NULLS FIRST, 3`;

const SLOTS = `
SELECT slot_name AS name, slot_type = 'physical' AS physical, active, coalesce(wal_status = 'lost', false) AS lost
FROM pg_replication_slots WHERE NOT temporary ORDER BY 1`;

/** The entries of `o.acl` to PUBLIC and to managed roles ($1), as JSON; what the owner itself has is left out. */
const GRANTS = `
  SELECT coalesce(json_agg(json_build_object('grantee', e.rolname, 'grantor', r.rolname,
    'privilege', x.privilege_type, 'grantable', x.is_grantable) ORDER BY e.rolname, r.rolname, x.privilege_type), '[]') AS grants,
    bool_or(e.rolname IS NOT NULL) AS managed
  FROM aclexplode(o.acl) AS x LEFT JOIN pg_roles e ON e.oid = x.grantee JOIN pg_roles r ON r.oid = x.grantor
  WHERE x.grantee <> o.owner AND (x.grantee = 0 OR e.rolname = ANY ($1::name[]))`;

const CLUSTER_OBJECTS = `
WITH o AS (
  SELECT 'database' AS kind, quote_ident(datname) AS identity, datname::text AS name, datdba AS owner,
    coalesce(datacl, acldefault('d', datdba)) AS acl FROM pg_database WHERE datname <> 'template0'
  UNION ALL
  SELECT 'parameter', parname, NULL, 10, paracl FROM pg_parameter_acl
)
SELECT o.kind, o.identity, NULL AS column, NULL AS schema, o.name, w.rolname AS owner, false AS extension,
  false AS linked, false AS "securityDefiner", g.grants
FROM o JOIN pg_roles w ON w.oid = o.owner CROSS JOIN LATERAL (${GRANTS}) AS g
WHERE o.kind = 'database' OR g.managed ORDER BY 1, o.identity COLLATE "C"`;

/** Everything that a managed role owns or was granted, and everything in schemas that the plan knows or the owner has. */
const DATABASE_OBJECTS = `
WITH o AS (
  SELECT 'schema' AS kind, quote_ident(nspname) AS identity, NULL AS column, oid AS nsp, nspname::text AS name,
    nspowner AS owner, coalesce(nspacl, acldefault('n', nspowner)) AS acl, 'pg_namespace'::regclass AS class, oid AS obj,
    false AS linked, false AS definer FROM pg_namespace
  UNION ALL
  SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, c.oid::regclass::text, NULL, relnamespace, NULL,
    relowner, coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)), 'pg_class'::regclass,
    c.oid, relkind = 'S' AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')), false
  FROM pg_class c WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL
  SELECT 'routine', p.oid::regprocedure::text, NULL, pronamespace, NULL, proowner,
    coalesce(proacl, acldefault('f', proowner)), 'pg_proc'::regclass, p.oid, false, prosecdef FROM pg_proc p
  UNION ALL
  SELECT 'column', c.oid::regclass::text, quote_ident(attname), relnamespace, NULL, relowner, attacl, 'pg_class'::regclass,
    c.oid, false, false
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE attacl IS NOT NULL AND NOT attisdropped
)
SELECT o.kind, o.identity, o.column, n.nspname AS schema, o.name, w.rolname AS owner, o.linked,
  o.definer AS "securityDefiner", g.grants, EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = o.class AND d.objid = o.obj AND d.deptype = 'e') AS extension
FROM o JOIN pg_namespace n ON n.oid = o.nsp JOIN pg_roles w ON w.oid = o.owner
  JOIN pg_roles s ON s.oid = n.nspowner CROSS JOIN LATERAL (${GRANTS}) AS g
WHERE n.nspname !~ '^pg_(temp|toast)'
  AND (w.rolname = ANY ($1::name[]) OR s.rolname = ANY ($1::name[]) OR n.nspname = ANY ($2::name[]) OR g.managed)
ORDER BY o.kind <> 'schema', o.identity COLLATE "C", o.column COLLATE "C" NULLS FIRST`;

const DEFAULTS = `
WITH o AS (
  SELECT defaclrole AS owner, defaclnamespace AS nsp, defaclacl AS acl, CASE defaclobjtype
    WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'routine' WHEN 'n' THEN 'schema' END AS kind
  FROM pg_default_acl WHERE defaclobjtype IN ('r', 'S', 'f', 'n')
)
SELECT w.rolname AS creator, n.nspname AS schema, o.kind, g.grants
FROM o JOIN pg_roles w ON w.oid = o.owner LEFT JOIN pg_namespace n ON n.oid = o.nsp CROSS JOIN LATERAL (${GRANTS}) AS g
ORDER BY 1, 2 NULLS FIRST, 3`;

const LOOKUPS = `
SELECT p.oid::regprocedure::text AS identity, w.rolname AS owner, ${LOOKUP_DEFINITION} AS definition
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang JOIN pg_roles w ON w.oid = p.proowner
  JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = $1 AND p.proname = 'user_lookup' ORDER BY 1`;

const EXTENSIONS = `SELECT extname AS name FROM pg_extension ORDER BY 1`;

/** What all databases share. `run` must be the administrator's: it reads pg_authid where it can. */
export async function observeCluster(run: RunQuery, wanted: WantedAccess): Promise<ObservedCluster> {
  const managed = [wanted.roles.map((role) => role.name)];
  const members = [[...wanted.roles.map((role) => role.name), wanted.administrator]];
  return {
    roles: (await run(rolesQuery(wanted.accounts === "sql"), managed)) as ObservedRole[],
    memberships: (await run(MEMBERSHIPS, members)) as ObservedMembership[],
    settings: (await run(SETTINGS, managed)) as ObservedSetting[],
    objects: (await run(CLUSTER_OBJECTS, managed)) as ObservedObject[],
    slots: (await run(SLOTS, [])) as ObservedSlot[],
  };
}

/** What the application's database holds; `run` must be connected to it. */
export async function observeDatabase(run: RunQuery, wanted: WantedAccess): Promise<ObservedDatabase> {
  const managed = wanted.roles.map((role) => role.name);
  const schemas = wanted.schemas.map((schema) => schema.name);
  return {
    objects: (await run(DATABASE_OBJECTS, [managed, schemas])) as ObservedObject[],
    defaults: (await run(DEFAULTS, [managed])) as ObservedDefault[],
    lookups: (await run(LOOKUPS, [POOLER_SCHEMA])) as ObservedLookup[],
    extensions: ((await run(EXTENSIONS, [])) as { name: string }[]).map((extension) => extension.name),
  };
}
