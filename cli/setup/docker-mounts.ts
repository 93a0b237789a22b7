import { existsSync, readFileSync, realpathSync } from "node:fs";
import { waitUntil } from "../../kernel/wait-until.ts";
import { plainEnvironment } from "./docker-debian.ts";
import { runProgram } from "./run-program.ts";

const TIMEOUT = { oneMs: 30_000, allMs: 60_000 };

/**
 * Unmounts whatever a killed program left mounted in the folder, which could not be removed otherwise. Linux, root.
 * Tried again: a program that is just ending unmounts, too, and whoever comes second fails.
 */
export async function unmountUnder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const real = realpathSync(folder);
  await waitUntil(
    async () => {
      for (const place of mountsUnder(real)) await unmount(place);
      return mountsUnder(real).length === 0;
    },
    { name: `everything below ${folder} to be unmounted`, timeoutMs: TIMEOUT.allMs },
  );
}

async function unmount(place: string): Promise<void> {
  // Also after Ctrl-C: what stays mounted can't be removed.
  const signal = new AbortController().signal;
  const env = plainEnvironment(process.env);
  await runProgram({ program: "umount", args: [place], env, timeoutMs: TIMEOUT.oneMs, signal });
}

/** The innermost first. */
function mountsUnder(folder: string): string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => unescape(line.split(" ")[4] ?? ""))
    .filter((place) => place === folder || place.startsWith(`${folder}/`))
    .reverse();
}

/** The kernel writes a space and the like as a backslash and three octal digits. */
function unescape(place: string): string {
  return place.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
