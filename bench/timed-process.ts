import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { PgtError } from "../kernel/errors.ts";

/** Nothing that is measured takes this long: what does, hangs. */
const TIMEOUT_MS = 30 * 60_000;

/** How often memory is looked at; its peak is the kernel's own count, so that only growth in the last moments is missed. */
const WATCH_MS = 20;

/** A process that ended, and when it said what. */
export interface TimedProcess {
  readonly seconds: number;
  /** Most memory that it had at once, in MiB, as Linux counts it; NaN elsewhere. */
  readonly memoryMiB: number;
  readonly out: string;
  /** Lines of stderr, with the seconds after the start at which they came. */
  readonly said: readonly { readonly at: number; readonly text: string }[];
}

/** How {@link timeProcess} runs. */
export interface TimedOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Exit codes that count as done; 0 unless told. */
  readonly codes?: readonly number[];
}

/**
 * Runs a program to its end and measures the wall time.
 * @throws {PgtError} with what it said, when it fails; the signal's reason when it is aborted, after it has ended.
 */
export async function timeProcess(command: readonly string[], options: TimedOptions): Promise<TimedProcess> {
  const { cwd, env, signal, codes = [0] } = options;
  signal.throwIfAborted();
  const [program = "", ...args] = command;
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  // In a group of its own, so that a Ctrl-C reaches it once, from here, and it is gone before anything is cleaned up.
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const stop = (): void => void child.kill("SIGINT");
  signal.addEventListener("abort", stop);
  let memoryMiB = NaN;
  const watch = setInterval(() => (memoryMiB = peakMemoryMiB(child.pid) ?? memoryMiB), WATCH_MS);
  const alarm = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
  let out = "";
  const said: { at: number; text: string }[] = [];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  createInterface({ input: child.stderr }).on("line", (text) => said.push({ at: seconds(), text }));
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    });
    const took = seconds();
    signal.throwIfAborted();
    if (code === null || !codes.includes(code)) {
      const last = [out, ...said.map(({ text }) => text)].slice(-20).join("\n");
      throw new PgtError(`${command.join(" ")} ended with ${code ?? "a signal"} after ${took.toFixed(1)} s:\n${last}`);
    }
    return { seconds: took, memoryMiB, out, said };
  } finally {
    clearInterval(watch);
    clearTimeout(alarm);
    signal.removeEventListener("abort", stop);
  }
}

/** https://man7.org/linux/man-pages/man5/proc_pid_status.5.html: VmHWM, the peak of the resident set. */
function peakMemoryMiB(pid: number | undefined): number | undefined {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, "utf8"))?.[1];
    return peak === undefined ? undefined : Number(peak) / 1024;
  } catch {
    return undefined;
  }
}

/** Seconds from the first line that starts with `from`, or from the start, to the first that starts with `to`. */
export function secondsBetween({ said }: TimedProcess, from: string | undefined, to: string): number {
  const at = (words: string): number => {
    const line = said.find(({ text }) => text.startsWith(words));
    if (line === undefined) throw new PgtError(`the command no longer says "${words}", which the bench measures by`);
    return line.at;
  };
  return at(to) - (from === undefined ? 0 : at(from));
}
