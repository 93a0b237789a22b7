import { POOLER_SCHEMA } from "../topology/names.ts";
import { quoteLiteral } from "./step.ts";

/** The look-up function with its arguments. */
export const LOOKUP_IDENTITY = `${POOLER_SCHEMA}.user_lookup(text)`;

/** It names everything in full; a fixed path keeps a caller's own objects from being taken for the catalogue's. */
const SEARCH_PATH = "pg_catalog, pg_temp";

/**
 * What the pooler's auth_query reads, as in `SELECT username, password FROM pgbouncer.user_lookup($1)`: the name and
 * stored verifier of a role that may log in through the pooler, and no row for any other. It reads pg_authid, so it works
 * on replicas too.
 */
export function createLookup(pooled: readonly string[]): string {
  return (
    `CREATE FUNCTION ${POOLER_SCHEMA}.user_lookup(wanted text) RETURNS TABLE(username text, password text)\n` +
    `LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = ${SEARCH_PATH}\n` +
    `AS $body$${lookupBody(pooled)}$body$`
  );
}

/** Of the wanted function, what {@link LOOKUP_DEFINITION} reads of a function that exists. */
export function lookupDefinition(pooled: readonly string[]): string {
  return [
    "sql",
    "wanted text",
    "TABLE(username text, password text)",
    "definer=true",
    "volatile=s",
    "strict=true",
    `search_path=${SEARCH_PATH}`,
    lookupBody(pooled),
  ].join("\n");
}

/** SQL over pg_proc `p` and pg_language `l`. */
export const LOOKUP_DEFINITION = `concat_ws(E'\\n', l.lanname, pg_get_function_arguments(p.oid),
  pg_get_function_result(p.oid), 'definer=' || p.prosecdef, 'volatile=' || p.provolatile::text, 'strict=' || p.proisstrict,
  array_to_string(p.proconfig, ';'), p.prosrc)`;

function lookupBody(pooled: readonly string[]): string {
  return `
  SELECT rolname::text, rolpassword
  FROM pg_catalog.pg_authid
  WHERE rolname = wanted
    AND rolname IN (${pooled.map(quoteLiteral).join(", ")})
    AND rolcanlogin AND NOT rolsuper AND NOT rolreplication AND NOT rolbypassrls
    AND (rolvaliduntil IS NULL OR rolvaliduntil > pg_catalog.now())
`;
}
