import { EXIT, PgtError } from "../../kernel/errors.ts";

/** Which lines of a log, and where they go. */
export interface LogLines {
  /** The last so many lines of each part. */
  readonly tail: number | "all";
  /** Not before; Unix time in seconds. */
  readonly since: number | undefined;
  readonly follow: boolean;
  readonly signal: AbortSignal;
  readonly show: (line: string) => void;
}

/** Docker's timestamps have nine decimals each, so that their order is that of their letters. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]+Z ?/;

/** Lines of several logs, each with Docker's timestamp before it, in the order of time and without it. */
export function mergeLogs(logs: readonly { readonly prefix: string; readonly lines: readonly string[] }[]): string[] {
  return logs
    .flatMap(({ prefix, lines }) =>
      lines.map((line) => ({ at: TIMESTAMP.exec(line)?.[0] ?? "", text: prefix + stripTimestamp(line) })),
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ text }) => text);
}

/** One part needs no name before its lines. */
export function prefixes(parts: readonly string[]): (part: string) => string {
  if (parts.length === 1) return () => "";
  const width = Math.max(...parts.map(({ length }) => length));
  return (part) => `${part.padEnd(width)} | `;
}

/** The line as the container wrote it. */
export function stripTimestamp(line: string): string {
  return line.replace(TIMESTAMP, "");
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * `10m`, `2h`, or a date, as Unix time in seconds.
 * @throws {PgtError} exit code 2
 */
export function parseSince(text: string, now: Date): number {
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) {
    return Math.floor(now.getTime() / 1000) - Number(amount) * (UNIT_SECONDS[unit] ?? 1);
  }
  const date = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(date)) return Math.floor(date / 1000);
  throw new PgtError(`--since is ${JSON.stringify(text)}, and must be an age as in 10m, 2h or 1d, or a date`, {
    exitCode: EXIT.usage,
    fix: ["For example: --since 10m, --since 2026-01-31T12:00:00Z"],
  });
}

/** @throws {PgtError} exit code 2 */
export function parseTail(text: string): number | "all" {
  if (text === "all") return text;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new PgtError(`--tail is ${JSON.stringify(text)}, and must be a number of lines, or all`, {
    exitCode: EXIT.usage,
  });
}
