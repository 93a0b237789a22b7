import { renderTable } from "../kernel/table.ts";
import { readableAge, readableBytes } from "./readable.ts";
import type { DatabaseStatus, PartStatus, ServerStatus, StackStatus } from "./stack/status-shape.ts";

const SHORT_ID = 12;

/** The status as a person reads it. */
export function statusText(status: StackStatus, now: Date): string {
  const facts = factsOf(status, now);
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    `${partsTable(status.parts, now)}\n`,
    `${serversTable(status.databases)}\n`,
    ...facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
  ].join("\n");
}

/** A column that nothing is in is left out. */
function partsTable(parts: readonly PartStatus[], now: Date): string {
  const ago = (time: string | null): string => (time === null ? "-" : readableAge(new Date(time), now));
  const columns: readonly (readonly [string, (part: PartStatus) => string])[] = [
    ["part", ({ part }) => part],
    ["state", ({ health, state }) => (health === "none" || state === "missing" ? state : `${state}, ${health}`)],
    ["published", ({ addresses }) => addresses.join(" ") || "-"],
    ["up for", ({ since }) => ago(since)],
    ["last run", ({ lastRun }) => (lastRun === null ? "-" : `${ago(lastRun)} ago`)],
    ["next run", ({ nextRun }) => (nextRun === null ? "-" : `in ${readableAge(now, new Date(nextRun))}`)],
    ["image", ({ image }) => (image === null ? "-" : shortImage(image))],
  ];
  const always = ["part", "state", "published", "up for"];
  const shown = columns.filter(([head, cell]) => always.includes(head) || parts.some((part) => cell(part) !== "-"));
  return renderTable(
    shown.map(([head]) => head),
    parts.map((part) => shown.map(([, cell]) => cell(part))),
  );
}

function serversTable(databases: readonly DatabaseStatus[]): string {
  return renderTable(
    ["database", "server", "role", "version", "TLS", "connections", "behind"],
    databases.flatMap(({ database, servers }) => servers.map((server) => [database, ...serverCells(server)])),
  );
}

function serverCells({ connections, part, reachable, replication, role, tls, version }: ServerStatus): string[] {
  if (!reachable) return [part, "not reached", "-", "-", "-", "-"];
  return [
    part,
    role ?? "-",
    version ?? "-",
    tls ?? "own socket",
    connections === null ? "-" : `${connections.used} of ${connections.limit}`,
    replication === null ? "-" : behind(replication),
  ];
}

function behind({ lagBytes, lagSeconds, streaming }: NonNullable<ServerStatus["replication"]>): string {
  if (!streaming) return "does not stream";
  const seconds = lagSeconds === null ? "unknown" : `${lagSeconds.toFixed(1)} s`;
  return lagBytes === null ? seconds : `${seconds}, ${readableBytes(lagBytes)}`;
}

type Line = readonly [string, string];

function factsOf({ databases, unseen, volumes }: StackStatus, now: Date): readonly Line[] {
  const of = (what: string, database: string): string => (databases.length === 1 ? what : `${what} of ${database}`);
  // What stands below for the whole is not said of each.
  const because = (why: string | null): string => (why === null || unseen.includes(why) ? "" : `: ${why}`);
  return [
    ...(volumes.length === 0 ? [] : [["volumes", volumes.map(({ name }) => name).join(", ")] as const]),
    ...databases.flatMap(({ archive, database, lastBackup, lastExport, pool, servers }): readonly Line[] => [
      ...servers
        .filter(({ why }) => because(why) !== "")
        .map(({ part, why }) => ["not reached", `${part}${because(why)}`] as const),
      ...(pool === null ? [] : [[of("pool", database), poolText(pool, because)] as const]),
      ...(archive === null ? [] : [[of("archive", database), archiveText(archive, because, now)] as const]),
      [of("last backup", database), backupText(lastBackup, because, now)],
      ...(lastExport === null ? [] : [[of("last export", database), exportText(lastExport, because, now)] as const]),
    ]),
    ...unseen.map((what) => ["not seen", what] as const),
  ];
}

type Because = (why: string | null) => string;

function poolText({ mode, name, reachable, size, why }: NonNullable<DatabaseStatus["pool"]>, because: Because): string {
  return `${name}: ${mode}, ${size} connections, ${reachable ? "reached" : `not reached${because(why)}`}`;
}

function archiveText(archive: NonNullable<DatabaseStatus["archive"]>, because: Because, now: Date): string {
  if ("unknown" in archive) return `unknown${because(archive.unknown)}`;
  const { archivedAt, failing, lastWal } = archive;
  const last =
    lastWal === null || archivedAt === null
      ? "no WAL since the server's statistics began"
      : `${lastWal}, ${readableAge(new Date(archivedAt), now)} ago`;
  return failing ? `${last}; the newest attempt has failed` : last;
}

function backupText(backup: DatabaseStatus["lastBackup"], because: Because, now: Date): string {
  if (backup === null) return "none";
  if ("unknown" in backup) return `unknown${because(backup.unknown)}`;
  return `${backup.label} (${backup.type}), ${readableAge(backup.finishedAt, now)} ago`;
}

function exportText(last: NonNullable<DatabaseStatus["lastExport"]>, because: Because, now: Date): string {
  if ("unknown" in last) return `unknown${because(last.unknown)}`;
  const bytes = last.bytes === null ? "" : `, ${readableBytes(last.bytes)}`;
  return `${last.status}, ${readableAge(new Date(last.endedAt), now)} ago${bytes}`;
}

function shortImage(image: string): string {
  return image.replace(/^sha256:([0-9a-f]+)$/, (_, id: string) => id.slice(0, SHORT_ID));
}
