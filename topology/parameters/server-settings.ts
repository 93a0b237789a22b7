import settings15 from "./settings-15.json" with { type: "json" };
import settings16 from "./settings-16.json" with { type: "json" };
import settings17 from "./settings-17.json" with { type: "json" };
import settings18 from "./settings-18.json" with { type: "json" };
import { closestName } from "../../kernel/closest-name.ts";

/** The majors whose parameters are known. */
export const MAJORS = [15, 16, 17, 18] as const;

/** One of {@link MAJORS}. */
export type Major = (typeof MAJORS)[number];

/** When a parameter can be set. @see https://www.postgresql.org/docs/17/view-pg-settings.html */
export type SettingContext =
  "internal" | "postmaster" | "sighup" | "superuser-backend" | "backend" | "superuser" | "user";

/** One parameter as a real server of its major describes it. */
export interface ServerSetting {
  readonly type: "bool" | "enum" | "integer" | "real" | "string";
  /** `B`, `kB`, `8kB`, `MB`, `ms`, `s` or `min`: what a bare number counts. */
  readonly unit?: string;
  /** In {@link unit}. */
  readonly min?: number;
  readonly max?: number;
  /** Of an enumeration, as the server lists them. */
  readonly values?: readonly string[];
  /** Of an enumeration: what the server takes without listing it, as `true` for `on`. */
  readonly hiddenValues?: readonly string[];
  readonly context: SettingContext;
  /** False where `ALTER SYSTEM` refuses it. */
  readonly alterSystem?: false;
  /** The value in force when nothing sets one, in {@link unit}; absent when there is none. */
  readonly boot?: string;
}

interface SettingsTable {
  readonly settings: Readonly<Record<string, ServerSetting>>;
}

/**
 * Values that depend on how a server was built, and that the servers lack which the tables are read from.
 * @see https://www.postgresql.org/docs/18/install-make.html#CONFIGURE-OPTIONS-FEATURES (--with-liburing, --with-zstd)
 */
const BUILD_VALUES: Readonly<Record<string, readonly string[]>> = {
  io_method: ["io_uring"],
  wal_compression: ["zstd"],
};

/** By the name in lower case: PostgreSQL's names have no case. */
const TABLES: Readonly<Record<Major, ReadonlyMap<string, ServerSetting>>> = {
  15: byName(settings15 as unknown as SettingsTable),
  16: byName(settings16 as unknown as SettingsTable),
  17: byName(settings17 as unknown as SettingsTable),
  18: byName(settings18 as unknown as SettingsTable),
};

function byName({ settings }: SettingsTable): ReadonlyMap<string, ServerSetting> {
  return new Map(
    Object.entries(settings).map(([name, setting]) => [name.toLowerCase(), withBuildValues(name, setting)]),
  );
}

function withBuildValues(name: string, setting: ServerSetting): ServerSetting {
  const more = Object.hasOwn(BUILD_VALUES, name) ? BUILD_VALUES[name] : undefined;
  if (more === undefined || setting.values === undefined) return setting;
  return { ...setting, values: [...new Set([...setting.values, ...more])] };
}

/** A parameter of a major, or `undefined` when that major has none of that name. Case does not matter. */
export function settingOf(major: Major, name: string): ServerSetting | undefined {
  return TABLES[major].get(name.toLowerCase());
}

/** The parameter of a major that was probably meant, or `undefined` when none is close. */
export function closestSetting(major: Major, name: string): string | undefined {
  return closestName(name, [...TABLES[major].keys()]);
}

/** Whether a major's table has parameters of this extension, as `pg_stat_statements`. */
export function knowsExtension(major: Major, extension: string): boolean {
  const prefix = `${extension.toLowerCase()}.`;
  return [...TABLES[major].keys()].some((name) => name.startsWith(prefix));
}
