/** What somebody did by hand as administrator, and the summaries of the steps that undo it. */
export interface RoleDrift {
  /** Completes "undoes it when …". */
  readonly drift: string;
  readonly sql: string;
  readonly undone: readonly string[];
}

/** On the tables of roles.test.ts's migration, each on a server that has what is wanted. */
export const DRIFTS: readonly RoleDrift[] = [
  {
    drift: "roles got attributes",
    sql: "ALTER ROLE app CREATEDB CREATEROLE BYPASSRLS; ALTER ROLE app_readonly SUPERUSER; ALTER ROLE monitor REPLICATION",
    undone: [
      "role app: NOCREATEDB",
      "role app: NOCREATEROLE",
      "role app: NOBYPASSRLS",
      "role app_readonly: NOSUPERUSER",
      "role monitor: NOREPLICATION",
    ],
  },
  {
    drift: "a role lost its log-in, its limit and its future",
    sql: "ALTER ROLE app NOLOGIN NOINHERIT CONNECTION LIMIT 1 VALID UNTIL '2020-01-01'",
    undone: [
      "role app: INHERIT",
      "role app: LOGIN",
      "role app: CONNECTION LIMIT 77",
      "role app: VALID UNTIL 'infinity'",
    ],
  },
  {
    drift: "memberships were given, lent on and taken",
    sql: "GRANT app_owner TO app; GRANT pg_read_all_data TO app_readonly WITH ADMIN OPTION; GRANT pg_monitor TO monitor WITH ADMIN OPTION",
    undone: [
      "take membership of app_owner from app",
      "take membership of pg_read_all_data from app_readonly",
      "take the admin option on pg_monitor from monitor",
    ],
  },
  {
    drift: "a membership was taken",
    sql: "REVOKE pg_monitor FROM monitor",
    undone: ["make monitor a member of pg_monitor"],
  },
  {
    drift: "the read-only role may write by default",
    sql: "ALTER ROLE app_readonly RESET default_transaction_read_only; ALTER ROLE app_readonly IN DATABASE app SET default_transaction_read_only = off",
    undone: [
      "role app_readonly: reset default_transaction_read_only in database app",
      "role app_readonly: set default_transaction_read_only to on",
    ],
  },
  {
    drift: "tables and columns were granted",
    sql: "GRANT TRUNCATE, TRIGGER ON orders TO app; GRANT UPDATE (note) ON orders TO app_readonly; GRANT SELECT ON sales.totals TO monitor",
    undone: [
      "revoke TRIGGER, TRUNCATE on table public.orders from app",
      "revoke UPDATE (note) on table public.orders from app_readonly",
      "revoke SELECT on table sales.totals from monitor",
    ],
  },
  {
    drift: "everybody was granted the application's objects",
    sql: "GRANT SELECT ON orders TO PUBLIC; GRANT EXECUTE ON FUNCTION sales.add TO PUBLIC; GRANT USAGE ON SCHEMA sales TO PUBLIC; GRANT SELECT (note) ON orders TO PUBLIC",
    undone: [
      "revoke USAGE on schema sales from PUBLIC",
      "revoke SELECT on table public.orders from PUBLIC",
      "revoke SELECT (note) on table public.orders from PUBLIC",
      "revoke EXECUTE on routine sales.add(integer,integer) from PUBLIC",
    ],
  },
  {
    drift: "a role may hand on what it has, and did",
    sql: "GRANT SELECT ON orders TO app WITH GRANT OPTION; SET ROLE app; GRANT SELECT ON orders TO monitor; RESET ROLE",
    undone: ["revoke the grant option for SELECT on table public.orders from app"],
  },
  {
    drift: "wanted privileges were taken",
    sql: "REVOKE INSERT ON orders FROM app; REVOKE USAGE ON SCHEMA sales FROM app_readonly; REVOKE ALL ON numbers FROM app",
    undone: [
      "grant USAGE on schema sales to app_readonly",
      "grant USAGE, SELECT, UPDATE on sequence public.numbers to app",
      "grant INSERT on table public.orders to app",
    ],
  },
  {
    drift: "a table went to another role",
    sql: "ALTER TABLE orders OWNER TO app; ALTER TABLE sales.totals OWNER TO postgres",
    undone: [
      "give table public.orders from app to app_owner",
      "give table sales.totals from postgres to app_owner",
      "grant SELECT, INSERT, UPDATE, DELETE on table public.orders to app",
      "grant USAGE, SELECT, UPDATE on sequence public.orders_id_seq to app",
    ],
  },
  {
    drift: "the administrator made a table in the application's schema",
    sql: "CREATE TABLE stray (id int); DROP TABLE IF EXISTS elsewhere",
    undone: [
      "give table public.stray from postgres to app_owner",
      "grant SELECT, INSERT, UPDATE, DELETE on table public.stray to app",
      "grant SELECT on table public.stray to app_readonly",
    ],
  },
  {
    drift: "a routine that runs with its owner's rights was left to the read-only role",
    sql: "SET ROLE app_owner; CREATE FUNCTION sales.purge() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM public.orders'; RESET ROLE",
    undone: ["revoke EXECUTE on routine sales.purge() from app_readonly"],
  },
  {
    drift: "default privileges were changed",
    sql: `ALTER DEFAULT PRIVILEGES FOR ROLE app_owner REVOKE SELECT ON TABLES FROM app_readonly;
      ALTER DEFAULT PRIVILEGES FOR ROLE app_owner GRANT EXECUTE ON ROUTINES TO PUBLIC;
      ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA sales GRANT INSERT ON TABLES TO app_readonly;
      ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT ALL ON SEQUENCES TO app`,
    undone: [
      "revoke INSERT on new tables of app_owner in schema sales from app_readonly",
      "revoke SELECT, UPDATE, USAGE on new sequences of postgres from app",
      "grant SELECT on new tables of app_owner to app_readonly",
      "revoke EXECUTE on new routines of app_owner from PUBLIC",
    ],
  },
  {
    drift: "the look-up function gives everything to everybody",
    sql: `CREATE OR REPLACE FUNCTION pgbouncer.user_lookup(wanted text) RETURNS TABLE(username text, password text)
      LANGUAGE sql SECURITY DEFINER AS 'SELECT rolname::text, rolpassword FROM pg_authid WHERE rolname = wanted';
      GRANT EXECUTE ON FUNCTION pgbouncer.user_lookup TO PUBLIC`,
    undone: [
      "drop function pgbouncer.user_lookup(text): it is not the planned one",
      "create function pgbouncer.user_lookup(text)",
      "revoke EXECUTE on function pgbouncer.user_lookup(text) from PUBLIC",
      "grant EXECUTE on function pgbouncer.user_lookup(text) to pooler",
    ],
  },
  {
    drift: "the look-up function has another body in front of it, and is open",
    sql: `CREATE FUNCTION pgbouncer.user_lookup(wanted varchar) RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
      GRANT EXECUTE ON FUNCTION pgbouncer.user_lookup(text) TO app`,
    undone: [
      "drop function pgbouncer.user_lookup(character varying): it is not the planned one",
      "revoke EXECUTE on function pgbouncer.user_lookup(text) from app",
    ],
  },
  {
    drift: "the look-up's schema is gone",
    sql: "DROP SCHEMA pgbouncer CASCADE",
    undone: [
      "create schema pgbouncer",
      "grant USAGE on schema pgbouncer to pooler",
      "create function pgbouncer.user_lookup(text)",
      "revoke EXECUTE on function pgbouncer.user_lookup(text) from PUBLIC",
      "grant EXECUTE on function pgbouncer.user_lookup(text) to pooler",
    ],
  },
  {
    drift: "the extension was dropped",
    sql: "DROP EXTENSION pg_stat_statements",
    undone: ["create extension pg_stat_statements"],
  },
  {
    drift: "schemas and databases were opened",
    sql: "GRANT CREATE ON SCHEMA public TO app; GRANT USAGE ON SCHEMA public TO PUBLIC; GRANT TEMPORARY ON DATABASE app TO PUBLIC; GRANT CONNECT ON DATABASE postgres TO replicator",
    undone: [
      "revoke TEMPORARY on database app from PUBLIC",
      "revoke CONNECT on database postgres from replicator",
      "revoke CREATE on schema public from app",
      "revoke USAGE on schema public from PUBLIC",
    ],
  },
  {
    drift: "the database and its schemas have other owners",
    sql: "ALTER DATABASE app OWNER TO app; ALTER SCHEMA public OWNER TO postgres; ALTER SCHEMA pgbouncer OWNER TO app",
    undone: [
      "give database app from app to app_owner",
      "grant CONNECT on database app to app",
      "give schema pgbouncer from app to postgres",
      "give schema public from postgres to app_owner",
    ],
  },
  {
    drift: "the server's own catalogue and parameters were granted",
    sql: "GRANT SELECT ON pg_catalog.pg_authid TO app; GRANT SET ON PARAMETER log_statement TO app_readonly; GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO app",
    undone: [
      "revoke SET on parameter log_statement from app_readonly",
      "revoke SELECT on table pg_authid from app",
      "revoke EXECUTE on routine pg_ls_dir(text) from app",
    ],
  },
  {
    drift: "slots were dropped and forgotten",
    sql: "SELECT pg_drop_replication_slot('replica_far_b'); SELECT pg_create_physical_replication_slot('replica_gone', true)",
    undone: ["drop replication slot replica_gone: no planned replica uses it", "create replication slot replica_far_b"],
  },
  {
    drift: "passwords were changed, taken and stored as something else",
    sql: "ALTER ROLE app PASSWORD 'guess'; ALTER ROLE monitor PASSWORD NULL; ALTER ROLE pooler PASSWORD 'md5c4ca4238a0b923820dcc509a6f75849b'",
    undone: ["set the password of app", "set the password of monitor", "set the password of pooler"],
  },
];
