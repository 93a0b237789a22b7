import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { ChangeLabel } from "../../topology/change-label.ts";

/** What a server did with another value of a parameter, or why that could not be seen. */
export type ObservedParameter =
  { readonly label: Extract<ChangeLabel, "reload" | "restart"> } | { readonly unseen: Unseen };

/**
 * `ALTER SYSTEM` refuses the parameter whatever its value, or every value but the one in force; the command line or the
 * client of this test sets it; or the server shows something else than what was set, as `tcp_keepalives_idle` of a unix
 * socket.
 */
type Unseen = "refused" | "no other value" | "set elsewhere" | "not shown";

interface Shown {
  readonly setting: string;
  readonly pending_restart: boolean;
  readonly source: string;
}

interface Described extends Shown {
  readonly vartype: string;
  readonly unit: string | null;
  readonly min_val: string | null;
  readonly max_val: string | null;
  readonly enumvals: string[] | null;
}

/** Values that win over the file's in the session that looks, or everywhere. */
const STRONGER_SOURCES = ["command line", "override", "client", "environment variable"];

/** A session sees a reload between two of its statements. */
const SEEN_WITHIN_MS = 300;
const LOOK_EVERY_MS = 5;

/** What text parameters take: the first one that a server accepts is given. */
const WORDS = [
  "ISO, DMY",
  "Europe/Zurich",
  "pg_catalog.english",
  "pg_catalog.simple",
  "POSIX",
  "auto_explain",
  "pg_default",
  "immediate",
  "0/1000000",
  "2026-01-01 00:00:00",
  "India",
  "view",
  "a",
  "",
];

/** A pause that every new session would make. */
const SMALL = new Set(["post_auth_delay", "pre_auth_delay"]);

/**
 * Gives a parameter another value by `ALTER SYSTEM`, reloads, and looks what becomes of it: in this session, and where
 * that sees nothing, in a new one. The parameter is as before afterwards.
 */
export async function observeParameter(
  client: pg.Client,
  connect: () => Promise<pg.Client>,
  name: string,
): Promise<ObservedParameter> {
  const before = await describe(client, name);
  const given = await firstTaken(client, name, otherValues(name, before));
  if (given === undefined) {
    return { unseen: (await takes(client, name, before.setting)) ? "no other value" : "refused" };
  }
  try {
    await client.query("SELECT pg_reload_conf()");
    const label = (await becomes(client, name, before)) ?? (await inNewSession(connect, name, before));
    if (label !== undefined) return { label };
    return { unseen: STRONGER_SOURCES.includes(before.source) ? "set elsewhere" : "not shown" };
  } finally {
    await client.query(`ALTER SYSTEM RESET ${name}`);
    await client.query("SELECT pg_reload_conf()");
    await untilAsBefore(client, name, before);
  }
}

async function describe(client: pg.Client, name: string): Promise<Described> {
  const { rows } = await client.query<Described>("SELECT * FROM pg_settings WHERE name = $1", [name]);
  if (rows[0] === undefined) throw new Error(`the server has no ${name}`);
  return rows[0];
}

async function show(client: pg.Client, name: string): Promise<Shown> {
  const { rows } = await client.query<Shown>(
    "SELECT setting, pending_restart, source FROM pg_settings WHERE name = $1",
    [name],
  );
  if (rows[0] === undefined) throw new Error(`the server has no ${name} any more`);
  return rows[0];
}

function otherValues(name: string, { vartype, unit, min_val, max_val, enumvals, setting }: Described): string[] {
  const other = (values: readonly string[]): string[] => values.filter((value) => value !== setting);
  switch (vartype) {
    case "bool":
      return [setting === "on" ? "off" : "on"];
    case "enum":
      return other(enumvals ?? []);
    case "string":
      return other(WORDS);
    default: {
      const now = Number(setting);
      const near = [now + 1, now - 1, now / 2].map(String);
      const ends = [max_val ?? "", min_val ?? ""];
      // A time-out of a millisecond would end the session that looks.
      const isTime = unit === "ms" || unit === "s" || unit === "min";
      return other(isTime && !SMALL.has(name) ? [...ends, ...near] : [...near, ...ends]);
    }
  }
}

/** The first value that `ALTER SYSTEM` takes: it is then in the file. */
async function firstTaken(client: pg.Client, name: string, values: readonly string[]): Promise<string | undefined> {
  for (const value of values) if (await takes(client, name, value)) return value;
  return undefined;
}

async function takes(client: pg.Client, name: string, value: string): Promise<boolean> {
  try {
    await client.query(`ALTER SYSTEM SET ${name} = ${client.escapeLiteral(value)}`);
    return true;
  } catch {
    return false;
  }
}

/** The server marks what waits for a restart; what is in force differs from before. */
async function becomes(client: pg.Client, name: string, before: Shown): Promise<"reload" | "restart" | undefined> {
  const deadline = performance.now() + SEEN_WITHIN_MS;
  do {
    const { setting, pending_restart: pending } = await show(client, name);
    if (pending && setting === before.setting) return "restart";
    if (!pending && setting !== before.setting) return "reload";
    await sleep(LOOK_EVERY_MS);
  } while (performance.now() < deadline);
  return undefined;
}

/** What an open session keeps until its end. */
async function inNewSession(
  connect: () => Promise<pg.Client>,
  name: string,
  before: Shown,
): Promise<"reload" | undefined> {
  const fresh = await connect();
  try {
    return (await show(fresh, name)).setting === before.setting ? undefined : "reload";
  } finally {
    await fresh.end();
  }
}

async function untilAsBefore(client: pg.Client, name: string, before: Shown): Promise<void> {
  const deadline = performance.now() + SEEN_WITHIN_MS * 10;
  for (;;) {
    // A server goes on saying that the parameter waits for a restart.
    const { setting } = await show(client, name);
    if (setting === before.setting) return;
    if (performance.now() >= deadline) throw new Error(`${name} is still ${setting}, and was ${before.setting}`);
    await sleep(LOOK_EVERY_MS);
  }
}
