import { EXIT, PgtError } from "../../kernel/errors.ts";
import { waitUntil } from "../../kernel/wait-until.ts";
import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { StrangeHostError } from "../../ssh/host-key.ts";
import { openSession, type SessionTarget, type SshSession } from "../../ssh/session.ts";

/** A Droplet takes a minute to boot, and its keys come last. */
const FIRST_VISIT_MS = 300_000;
const LATER_VISIT_MS = 30_000;
const BETWEEN_TRIES_MS = 3000;
/** What the first boot may take until it begins with the bootstrap. */
const BOOT_MS = 300_000;
/** Packages from a slow mirror, and another run that is waited for. */
const BOOTSTRAP_MS = 2_400_000;
const LOOK_MS = 20_000;

/** Opens a session on the data host; a host that has only just been made is waited for. */
export function reachHost(target: SessionTarget, signal: AbortSignal): Promise<SshSession> {
  const isFirst = target.hostKey === undefined;
  return waitUntil(() => openSession(target, signal), {
    name: `an SSH session with the data host at ${target.host}:${target.port}`,
    timeoutMs: isFirst ? FIRST_VISIT_MS : LATER_VISIT_MS,
    intervalMs: BETWEEN_TRIES_MS,
    signal,
    // Another host does not become this one by waiting.
    isFinal: (error) => error instanceof StrangeHostError,
  });
}

/**
 * Sees to it that the first boot has done all its steps: one that broke off is finished now.
 * @throws {PgtError} that names the step which fails
 */
export async function finishBootstrap(session: SshSession, say: (line: string) => void): Promise<void> {
  const look = (command: string) => session.run(command, { name: "a look at the bootstrap", timeoutMs: LOOK_MS });
  if ((await look(`test -e ${HOST_PATHS.bootstrapDone}`)).code === 0) return;
  say("waiting for the first boot");
  await waitUntil(async () => (await look(`test -x ${HOST_PATHS.bootstrap}`)).code === 0, {
    name: "the data host's first boot to begin with the bootstrap",
    timeoutMs: BOOT_MS,
    intervalMs: BETWEEN_TRIES_MS,
  });
  say("packages and volume");
  const run = await session.run(HOST_PATHS.bootstrap, { name: "the data host's bootstrap", timeoutMs: BOOTSTRAP_MS });
  if (run.code === 0) return;
  throw new PgtError(run.stderr.trim().split("\n").at(-1) ?? "the data host's bootstrap has failed", {
    exitCode: EXIT.failed,
    fix: [
      `Look at ${HOST_PATHS.bootstrapLog} on the data host, mend what it names, and run this command again: it goes on where it was.`,
    ],
  });
}
