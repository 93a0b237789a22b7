import { spawn } from "node:child_process";
import { PgtError } from "../../kernel/errors.ts";

/** A program to run, and how long it may take. */
export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly timeoutMs: number;
  /** How long it may write nothing; as long as it likes unless told. */
  readonly silenceTimeoutMs?: number;
  readonly signal: AbortSignal;
  /** Gets each line that the program writes, also of its error output. */
  readonly onLine?: (line: string) => void;
}

const LAST_LINES = 12;

/**
 * Runs the program to its end.
 * @returns what it wrote to its standard output.
 * @throws {PgtError} with the last lines that it wrote, when it can't be started, fails, or takes longer than
 * `timeoutMs` or is silent for longer than `silenceTimeoutMs`; the signal's reason when it is aborted.
 */
export async function runProgram(run: ProgramRun): Promise<string> {
  run.signal.throwIfAborted();
  const name = [run.program, ...run.args.slice(0, 2)].join(" ");
  const late = new AbortController();
  const giveUpAfter = (timeoutMs: number, what: string): NodeJS.Timeout =>
    setTimeout(() => {
      late.abort(`${what} ${timeoutMs / 1000} s`);
    }, timeoutMs);
  const whole = giveUpAfter(run.timeoutMs, "given up after");
  const silence = giveUpAfter(run.silenceTimeoutMs ?? run.timeoutMs, "given up, for it wrote nothing for");
  const stopped = AbortSignal.any([run.signal, late.signal]);
  const output: string[] = [];
  const lines: string[] = [];
  const child = spawn(run.program, run.args, {
    env: run.env,
    stdio: ["ignore", "pipe", "pipe"],
    signal: stopped,
    ...(run.cwd !== undefined && { cwd: run.cwd }),
  });
  const take = (text: string): void => {
    silence.refresh();
    for (const line of text.split(/[\r\n]+/).filter((part) => part.trim() !== "")) {
      lines.push(line);
      if (lines.length > LAST_LINES) lines.shift();
      run.onLine?.(line);
    }
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.push(text);
    take(text);
  });
  child.stderr.setEncoding("utf8").on("data", take);
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => {
      // An abort arrives here too, before the program's end; that end is waited for, so that it writes nothing more.
      if (!stopped.aborted) resolve(`can't be started: ${error.message}`);
    });
    child.once("close", (code, signal) => {
      resolve(code === 0 ? undefined : `ended with ${signal ?? `exit code ${String(code)}`}`);
    });
  });
  clearTimeout(whole);
  clearTimeout(silence);
  run.signal.throwIfAborted();
  if (late.signal.aborted) throw new PgtError(`${name}: ${String(late.signal.reason)}${quote(lines)}`);
  if (failure !== undefined) throw new PgtError(`${name} ${failure}${quote(lines)}`);
  return output.join("");
}

function quote(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `; the last that it said:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
