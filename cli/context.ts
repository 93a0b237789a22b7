import { join } from "node:path";
import { EXIT, PgtError } from "../kernel/errors.ts";
import type { Machine } from "./setup/part.ts";

/** What every command gets: where it is, whom it talks to, and when to stop. */
export interface CommandContext {
  /** The clone. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Data, for a person or the next program. */
  readonly out: (text: string) => void;
  /** Talk. */
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal: progress that replaces its own line, and colours. */
  readonly terminal: boolean;
  /** Whether tables on `out` may have colours. */
  readonly colour: boolean;
  /** The machine that is set up, speaking through `say`. */
  readonly machine: (say: (line: string) => void) => Machine;
}

/** The context of this process; Ctrl-C and a polite kill abort its signal, a second one ends it at once. */
export function createContext(): CommandContext {
  const root = join(import.meta.dirname, "..");
  const interruption = new AbortController();
  const interrupt = (): void => {
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort(new PgtError("interrupted", { exitCode: EXIT.interrupted }));
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt).on("SIGHUP", interrupt);
  const plain = process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== "";
  return {
    root,
    env: process.env,
    signal: interruption.signal,
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    terminal: process.stderr.isTTY && process.env.TERM !== "dumb",
    colour: process.stdout.isTTY && !plain,
    machine: (say) => ({
      root,
      toolchainDir: join(root, ".toolchain"),
      stateDir: join(root, ".pgt"),
      env: process.env,
      signal: interruption.signal,
      say,
    }),
  };
}
