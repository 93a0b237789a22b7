import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import type { PoolingFacts } from "../../requirements/facts/pooling.ts";
import { type Known, UNKNOWN } from "../../requirements/known.ts";
import { readerPoolName } from "../../topology/names.ts";
import { type Ini, parseKeywords } from "../conf-files.ts";
import { freeConnections } from "../server-parameters.ts";
import { settingNumber } from "../setting-units.ts";
import { parametersOf, type PlannedPart, uploadedIni, uploadedText } from "./docker-part.ts";
import { mapKnown } from "./planned-resource.ts";

/** What PgBouncer takes where pgbouncer.ini says nothing. @see https://www.pgbouncer.org/config.html */
const PGBOUNCER_DEFAULTS: Readonly<Record<string, string>> = {
  pool_mode: "session",
  default_pool_size: "20",
  max_client_conn: "100",
  max_prepared_statements: "200",
  auth_query: "",
  auth_file: "",
};

/** PgBouncer, by its pgbouncer.ini. */
export function poolingFacts(parts: readonly PlannedPart[], labelled: boolean): PoolingFacts {
  const pooler = parts.find(({ kind }) => kind === "pooler");
  const primary = parts.find(({ kind }) => kind === "primary");
  if (pooler === undefined) return { ...NOTHING_KNOWN.pooling, enabled: labelled ? false : UNKNOWN };
  const ini = uploadedIni(pooler, "pgbouncer.ini");
  return {
    ...NOTHING_KNOWN.pooling,
    enabled: true,
    mode: mapKnown(ini, (all) => setting(all, "pool_mode")),
    writerPoolSize: mapKnown(ini, (all) => poolSize(all, writerPool(all))),
    readerPoolSize: mapKnown(ini, (all) => poolSize(all, mapKnown(writerPool(all), readerPoolName))),
    maxClients: mapKnown(ini, (all) => settingNumber(setting(all, "max_client_conn"))),
    maxPreparedStatements: mapKnown(ini, (all) => settingNumber(setting(all, "max_prepared_statements"))),
    looksUpUsers: mapKnown(ini, (all) => looksUpUsers(all, pooler)),
    serverConnections: primary === undefined ? UNKNOWN : mapKnown(parametersOf(primary), freeConnections),
  };
}

function setting(ini: Ini, name: string): string {
  return ini.pgbouncer?.[name] ?? PGBOUNCER_DEFAULTS[name] ?? "";
}

/** The pool beside which there is one to the readers. */
function writerPool(ini: Ini): Known<string> {
  const names = Object.keys(ini.databases ?? {});
  return names.find((name) => names.includes(readerPoolName(name))) ?? UNKNOWN;
}

function poolSize(ini: Ini, pool: Known<string>): Known<number> {
  return mapKnown(pool, (name) => {
    const own = parseKeywords(ini.databases?.[name] ?? "").pool_size;
    return settingNumber(own ?? setting(ini, "default_pool_size"));
  });
}

/** With a query for everybody's password, and at most its own login in the file. */
function looksUpUsers(ini: Ini, pooler: PlannedPart): Known<boolean> {
  if (setting(ini, "auth_query") === "") return false;
  const file = setting(ini, "auth_file").split("/").at(-1) ?? "";
  return mapKnown(uploadedText(pooler, file), (list) => {
    const users = (list ?? "").split("\n").filter((line) => line.startsWith('"'));
    return users.length <= 1;
  });
}
