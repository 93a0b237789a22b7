import type { Difference } from "../../requirements/facts/difference.ts";
import { unknownSettings } from "../../requirements/facts/nothing-known.ts";
import type { NodeSettings } from "../../requirements/facts/settings.ts";
import { type Fact, isKnown, type Known, Missing } from "../../requirements/known.ts";
import { nodesOf } from "../../topology/resolved-self-run.ts";
import { type Parameters, settingsFromParameters } from "../server-parameters.ts";
import type { LiveSession } from "./live-access.ts";
import { type Collector, observe } from "./observe.ts";
import { sameSetting, type ServerSetting } from "./same-setting.ts";

/** One row of pg_settings, with the value as `SHOW` writes it. */
interface SettingRow extends ServerSetting {
  readonly name: string;
  readonly shown: string;
  readonly sourceFile: string | null;
  readonly pendingRestart: boolean;
}

/** Parameters of one server: as text, against what was asked, and those that wait for a restart. */
export interface ServerSettings {
  readonly parameters: Parameters;
  readonly differences: readonly Difference[];
  readonly pendingRestart: readonly string[];
}

/** What verification's own session, or another requirement, answers for. */
const JUDGED_ELSEWHERE: ReadonlySet<string> = new Set([
  // backup/wal-archived forces a segment through it.
  "archive_command",
  "archive_library",
  // replication/slots-active and replication/row-arrives see what they do.
  "primary_conninfo",
  "primary_slot_name",
  "restore_command",
]);

const SETTINGS = `
SELECT name, reset_val AS value, unit, vartype, sourcefile AS "sourceFile", pending_restart AS "pendingRestart",
  current_setting(name, true) AS shown
FROM pg_settings`;

/** Reads pg_settings of every server. */
export async function readSettings(collector: Collector): Promise<ReadonlyMap<string, Fact<ServerSettings>>> {
  const { topology } = collector.access;
  const read = nodesOf(topology).map(async ({ part }): Promise<[string, Fact<ServerSettings>]> => {
    const fact = await observe(collector, { name: `the settings of ${part}`, needs: [part] }, () =>
      collector.access.administrator(part).then((session) => serverSettings(session, part, topology.parameters)),
    );
    return [part, fact];
  });
  return new Map(await Promise.all(read));
}

/** The facts of one server's settings. */
export function nodeSettings(part: string, read: Fact<ServerSettings>, memoryMiB: Known<number>): NodeSettings {
  if (!isKnown(read)) return missingSettings(part, read instanceof Missing ? read : undefined);
  const { differences, pendingRestart } = read;
  return { ...settingsFromParameters(part, read.parameters, memoryMiB), differences, pendingRestart };
}

/** The oldest TLS version that a server says it takes. */
export function minProtocolVersion(read: Fact<ServerSettings>): Fact<string> {
  return isKnown(read) ? (read.parameters.ssl_min_protocol_version ?? "") : read;
}

/** Reads pg_settings of one server. */
export async function serverSettings(session: LiveSession, part: string, wanted: Parameters): Promise<ServerSettings> {
  const rows = await session.rows<SettingRow>(SETTINGS);
  return {
    parameters: Object.fromEntries(rows.map(({ name, shown }) => [name, shown])),
    differences: differences(part, rows, wanted),
    pendingRestart: rows.filter((row) => row.pendingRestart).map(({ name }) => name),
  };
}

/** What is not as asked, and what somebody set by ALTER SYSTEM without asking. A pending restart is told on its own. */
export function differences(where: string, rows: readonly SettingRow[], wanted: Parameters): Difference[] {
  const byName = new Map(rows.map((row) => [row.name.toLowerCase(), row]));
  const unlike = Object.entries(wanted).flatMap(([name, want]): Difference[] => {
    const row = byName.get(name.toLowerCase());
    if (row === undefined) return [{ where, name, want, got: "nothing: the server does not know it" }];
    return sameSetting(want, row) ? [] : [{ where, name, want, got: row.shown }];
  });
  const asked = new Set(Object.keys(wanted).map((name) => name.toLowerCase()));
  const altered = rows.filter(
    ({ name, sourceFile }) =>
      sourceFile?.endsWith("postgresql.auto.conf") === true &&
      !asked.has(name.toLowerCase()) &&
      !JUDGED_ELSEWHERE.has(name),
  );
  const unasked = altered.map(({ name, shown }) => ({ where, name, want: "nothing set by ALTER SYSTEM", got: shown }));
  return [...unlike, ...unasked];
}

function missingSettings(part: string, reason: Missing | undefined): NodeSettings {
  const unknown = unknownSettings(part);
  if (reason === undefined) return unknown;
  return { ...mapValues(unknown, reason), part };
}

function mapValues(settings: NodeSettings, reason: Missing): NodeSettings {
  return Object.fromEntries(Object.keys(settings).map((name) => [name, reason])) as unknown as NodeSettings;
}
