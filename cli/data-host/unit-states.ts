import type { HostWay } from "../../verify/run-digitalocean.ts";
import type { HostPart } from "./host-parts.ts";

/** What systemd says of a part. */
export interface UnitState {
  /** `active`, `failed`, `activating`, …; `missing` where there is no such unit. */
  readonly state: string;
  /** Whether the part runs, or waits for its time and ended well when it last ran. */
  readonly sound: boolean;
  /** ISO 8601. */
  readonly since: string | null;
  readonly lastRun: string | null;
  readonly nextRun: string | null;
}

const LOOK_TIMEOUT_MS = 15_000;
const PROPERTIES = [
  "Id",
  "LoadState",
  "ActiveState",
  "Result",
  "ActiveEnterTimestamp",
  "ExecMainExitTimestamp",
  "NextElapseUSecRealtime",
];

/**
 * Asks systemd for every part at once.
 * @see https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.systemd1.html
 */
export async function readUnitStates(
  way: HostWay,
  parts: readonly HostPart[],
): Promise<ReadonlyMap<string, UnitState>> {
  const units = parts.flatMap(({ service, timer }) => (timer === undefined ? [service] : [timer, service]));
  const command = ["systemctl", "show", "--timestamp=unix", `--property=${PROPERTIES.join(",")}`, ...units];
  const { exitCode, stderr, stdout } = await way.execute(command, LOOK_TIMEOUT_MS);
  if (exitCode !== 0) throw new Error(stderr.trim() || `systemctl ended with ${exitCode}`);
  const shown = parseUnits(stdout);
  return new Map(parts.map((part) => [part.name, stateOf(part, shown)]));
}

type Shown = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A unit in each block of lines, by its name. */
function parseUnits(text: string): Shown {
  const blocks = text.trim().split(/\n\n+/);
  return new Map(
    blocks.map((block) => {
      const properties = new Map(
        block.split("\n").map((line): [string, string] => {
          const at = line.indexOf("=");
          return [line.slice(0, at), line.slice(at + 1)];
        }),
      );
      return [properties.get("Id") ?? "", properties];
    }),
  );
}

function stateOf({ service, timer }: HostPart, shown: Shown): UnitState {
  const own = shown.get(timer ?? service);
  const work = shown.get(service);
  const loaded = (unit: typeof own): boolean => unit?.get("LoadState") === "loaded";
  if (!loaded(own) || !loaded(work)) {
    return { state: "missing", sound: false, since: null, lastRun: null, nextRun: null };
  }
  const active = own?.get("ActiveState") ?? "unknown";
  const ended = work?.get("Result") ?? "unknown";
  const isActive = active === "active";
  return {
    // A timer is active whatever became of what it started.
    state: isActive && ended !== "success" ? `failed (${ended})` : active,
    sound: isActive && ended === "success",
    since: isActive ? timeOf(own?.get("ActiveEnterTimestamp")) : null,
    lastRun: timer === undefined ? null : timeOf(work?.get("ExecMainExitTimestamp")),
    nextRun: timer === undefined ? null : timeOf(own?.get("NextElapseUSecRealtime")),
  };
}

/** Seconds behind an @; the next time of a timer, in words, is that of the commands' environment, which is UTC. */
function timeOf(text = ""): string | null {
  const seconds = /^@(\d+)$/.exec(text)?.[1];
  if (seconds !== undefined) return seconds === "0" ? null : new Date(Number(seconds) * 1000).toISOString();
  const [, day, time] = /^\w{3} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(text) ?? [];
  return day === undefined || time === undefined ? null : new Date(`${day}T${time}Z`).toISOString();
}
