import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { actionsAfter, type FileChange, type UnitAction } from "../../rendering/data-host/restarts.ts";
import { succeed } from "../../ssh/place-files.ts";
import type { SshSession } from "../../ssh/session.ts";
import type { Major } from "../../topology/parameters/server-settings.ts";

/** What has yet to take effect: commands of a shell, each of which can be run again. */
const NOTE = "/var/lib/pgtopology/to-do";
/** What is shut down ends its work first. */
const UNITS_MS = 300_000;

/** The topology's units on the host, whatever topology they are of. */
export async function foundUnits(session: SshSession): Promise<readonly string[]> {
  const script = `cd ${HOST_PATHS.units} && for file in pgtopology-*; do [ ! -e "$file" ] || echo "$file"; done`;
  const { stdout } = await succeed(session, script, { name: "a look at the data host's units" });
  return stdout.split("\n").filter((name) => name !== "");
}

/** Writes down what changes of files will take, before the first of them is made. */
export async function noteActions(session: SshSession, changes: readonly FileChange[], major: Major): Promise<void> {
  const { daemonReload, units } = actionsAfter(changes, major);
  const lines = [...(daemonReload ? ["systemctl daemon-reload"] : []), ...units.flatMap(commandsOf)];
  const input = lines.map((line) => `${line}\n`).join("");
  const script = `mkdir -p ${NOTE.slice(0, NOTE.lastIndexOf("/"))} && cat >>${NOTE} && sync ${NOTE}`;
  await succeed(session, script, { name: "a note of what has to take effect", input });
}

/** Does what is noted, and sees to it that every unit runs, now and after the next boot. */
export async function finishActions(session: SshSession, units: readonly string[]): Promise<void> {
  const running = units.filter((name) => !isStartedByTimer(name, units)).join(" ");
  const script = `set -eu
if [ -e ${NOTE} ]; then sh -eu ${NOTE}; rm ${NOTE}; fi
systemctl enable --now --quiet ${running}`;
  await succeed(session, script, { name: "the data host's units to take effect", timeoutMs: UNITS_MS });
}

/** A unit that does not run yet reads its files when it is started. */
function commandsOf({ action, unit }: UnitAction): string[] {
  switch (action) {
    case "reload":
      return [`! systemctl is-active --quiet ${unit} || systemctl reload ${unit}`];
    case "restart":
      return [`systemctl try-restart ${unit}`];
    case "stop":
      return [
        `systemctl disable --now --quiet ${unit} 2>/dev/null || true`,
        `rm -f ${HOST_PATHS.units}/${unit}`,
        "systemctl daemon-reload",
      ];
  }
}

function isStartedByTimer(name: string, units: readonly string[]): boolean {
  return units.includes(name.replace(/\.service$/, ".timer")) && name.endsWith(".service");
}
