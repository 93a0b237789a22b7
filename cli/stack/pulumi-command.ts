import { spawn } from "node:child_process";
import { PgtError } from "../../kernel/errors.ts";
import { engineError } from "./engine-errors.ts";
import type { Place } from "./place.ts";

/** How long one short command of the CLI may take; updates run through the Automation API instead. */
const TIMEOUT_MS = 120_000;

/** The engine: its CLI, and the environment that every call of it needs. */
export interface Engine {
  /** Path of the Pulumi CLI. */
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs one short command of the Pulumi CLI on the stack and returns what it printed.
 * A secret goes in through `input`, never through `args`: argv can be read by every user of the machine.
 * @throws {PgtError} with what the CLI said
 */
export async function runPulumi(
  engine: Engine,
  place: Place,
  args: readonly string[],
  options: { signal: AbortSignal; input?: string },
): Promise<string> {
  const child = spawn(engine.command, ["--non-interactive", "--color", "never", ...args], {
    cwd: place.workDir,
    // The stack by environment: most commands take --stack, and some refuse it.
    env: { ...engine.env, PULUMI_STACK: place.stack },
    stdio: ["pipe", "pipe", "pipe"],
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (error) => {
      const late = error.name === "AbortError" && !options.signal.aborted;
      reject(late ? new PgtError(`"pulumi ${args[0] ?? ""}" did not end within ${TIMEOUT_MS / 1000} s`) : error);
    });
    child.on("close", resolve);
  });
  options.signal.throwIfAborted();
  if (code !== 0) throw engineError(err || out, place);
  return out;
}
