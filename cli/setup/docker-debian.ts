import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Machine } from "./part.ts";
import { runProgram } from "./run-program.ts";
import { slowSay } from "./slow-say.ts";

/** Names that a program may need to reach the network or find its files. No secret of ours is among them. */
const PLAIN = /^(PATH|HOME|LANG|TMPDIR|SSL_CERT_(FILE|DIR)|(https?|no|all)_proxy)$/i;

/** Where Debian keeps the programs that only root runs, which a user's PATH may lack. */
const SYSTEM_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** What a program of the system gets of our environment: its PATH, the proxies, and nothing else of the user's. */
export function plainEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && PLAIN.test(name)) kept[name] = value;
  }
  kept.PATH = searchPath(env).join(path.delimiter);
  return kept;
}

/** The program's path, looked for on PATH and where the system keeps those for root. */
export function findProgram(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return searchPath(env)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}

/** Why Debian packages can't be installed by us, `undefined` when they can: root on Debian only. */
export function whyNoPackages(): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  if (!/^ID="?debian"?$/m.test(release)) return "needs Debian";
  return process.getuid?.() === 0 ? undefined : "needs root";
}

/** Names the packages, then installs them. */
export async function installPackages(packages: readonly string[], machine: Machine): Promise<void> {
  machine.say(`installing Debian packages: ${packages.join(" ")}`);
  await runForSystem("apt-get", ["update"], 5 * 60_000, machine);
  await runForSystem("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], 15 * 60_000, machine);
}

/** Runs a program of the system, and shows what it says. */
export async function runForSystem(
  program: string,
  args: readonly string[],
  timeoutMs: number,
  machine: Machine,
): Promise<void> {
  const say = slowSay(machine.say);
  await runProgram({
    program: findProgram(program, machine.env) ?? program,
    args,
    env: { ...plainEnvironment(machine.env), DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C.UTF-8" },
    timeoutMs,
    signal: machine.signal,
    onLine: (line) => {
      say(`${program}: ${line.trim()}`);
    },
  });
}

function searchPath(env: NodeJS.ProcessEnv): string[] {
  const asked = (env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return [...asked, ...SYSTEM_FOLDERS.filter((folder) => !asked.includes(folder))];
}
