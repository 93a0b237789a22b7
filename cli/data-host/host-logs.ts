import { PgtError } from "../../kernel/errors.ts";
import { quoted } from "../../ssh/quoted.ts";
import type { SshSession } from "../../ssh/session.ts";
import { type LogLines, mergeLogs, prefixes } from "../stack/log-lines.ts";
import type { HostPart } from "./host-parts.ts";

/** Which lines of which units. */
interface HostLogsRequest extends LogLines {
  readonly parts: readonly HostPart[];
}

/** A whole journal takes a while to read. */
const READ_TIMEOUT_MS = 600_000;
/** As long as a person looks; the most that a timer can hold, which is 24 days. */
const FOLLOW_TIMEOUT_MS = 2 ** 31 - 1;

/** Shows what units of the data host have written to its journal; with `follow`, until the signal says so. */
export async function showHostLogs(session: SshSession, request: HostLogsRequest): Promise<void> {
  const prefix = prefixes(request.parts.map(({ name }) => name));
  if (request.follow) {
    const followed = request.parts.map((part) =>
      eachEntry(session, part, request, ({ text }) => request.show(prefix(part.name) + text)),
    );
    await Promise.all(followed).catch((error: unknown) => {
      // The session ends with the signal: that is how following ends.
      if (!request.signal.aborted) throw error;
    });
    return;
  }
  const logs = await Promise.all(
    request.parts.map(async (part) => {
      const lines: string[] = [];
      await eachEntry(session, part, request, ({ at, text }) => lines.push(`${at} ${text}`));
      return { prefix: prefix(part.name), lines };
    }),
  );
  for (const line of mergeLogs(logs)) request.show(line);
}

/** A line, and when it was written, in the form of a container's log. */
interface Entry {
  readonly at: string;
  readonly text: string;
}

/** Each part is asked for by itself, so that each has its last lines. */
async function eachEntry(
  session: SshSession,
  { name, service }: HostPart,
  { follow, since, tail }: HostLogsRequest,
  take: (entry: Entry) => void,
): Promise<void> {
  const command = [
    "journalctl",
    "--quiet",
    "--no-pager",
    "--output=json",
    "--output-fields=MESSAGE",
    `--unit=${service}`,
    `--lines=${tail}`,
    ...(since === undefined ? [] : [`--since=@${since}`]),
    ...(follow ? ["--follow"] : []),
  ];
  let rest = "";
  const { code, stderr } = await session.run(command.map(quoted).join(" "), {
    name: `the log of ${name}`,
    timeoutMs: follow ? FOLLOW_TIMEOUT_MS : READ_TIMEOUT_MS,
    show: (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") take(parseEntry(line));
    },
  });
  if (code === 0) return;
  throw new PgtError(`the log of ${name} could not be read on the data host: ${stderr.trim() || `exit code ${code}`}`);
}

/** @see https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-json-format */
function parseEntry(line: string): Entry {
  const { MESSAGE, __REALTIME_TIMESTAMP } = JSON.parse(line) as {
    // Numbers are the bytes of what is no UTF-8; null is what is too long.
    readonly MESSAGE?: string | readonly number[] | null;
    readonly __REALTIME_TIMESTAMP: string;
  };
  const micros = BigInt(__REALTIME_TIMESTAMP);
  const seconds = new Date(Number(micros / 1000n)).toISOString().slice(0, -"000Z".length);
  const at = `${seconds}${String(micros % 1_000_000n).padStart(6, "0")}000Z`;
  if (typeof MESSAGE === "string") return { at, text: MESSAGE };
  return { at, text: MESSAGE ? Buffer.from(MESSAGE).toString("utf8") : "" };
}
