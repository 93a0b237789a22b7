import { spawn } from "node:child_process";
import type { CommandContext } from "../context.ts";
import { setUpEngine } from "./machine-parts.ts";
import { placeOf, type StackOptions } from "./place.ts";
import type { Engine } from "./pulumi-command.ts";
import { writtenTarget } from "./written-target.ts";

/** Commands that take `--config-file`; for a local stack it lies outside the project's folder. */
const TAKES_CONFIG_FILE = new Set(["config", "destroy", "import", "preview", "refresh", "up", "watch"]);

/** Runs the CLI in the clone with the stack's environment; its input and output are the terminal's. Returns its exit code. */
export async function runPlainPulumi(
  context: CommandContext,
  options: StackOptions,
  args: readonly string[],
): Promise<number> {
  const place = placeOf(context, options);
  const engine: Engine = await setUpEngine(context, place, await writtenTarget(place));
  const command = args.find((arg) => !arg.startsWith("-")) ?? "";
  const configFile = place.local && TAKES_CONFIG_FILE.has(command) ? ["--config-file", place.configFile] : [];
  const child = spawn(engine.command, [...args, ...configFile], {
    cwd: context.root,
    // The stack by environment: most commands take --stack, and some refuse it.
    env: { ...context.env, ...engine.env, PULUMI_STACK: place.stack },
    stdio: "inherit",
  });
  // Ctrl-C reaches the CLI by itself: both are in the terminal's foreground. A polite kill has to be handed on.
  context.signal.addEventListener("abort", () => child.kill("SIGINT"), { once: true });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
