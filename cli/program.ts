import { Command, CommanderError } from "commander";
import { EXIT, type ExitCode, PgtError } from "../kernel/errors.ts";
import { COMMANDS } from "./commands.ts";
import type { CommandContext } from "./context.ts";

const EXIT_CODES = `
Target gcp (Cloud SQL): check, cost, up, verify, roles, down, pulumi; status, psql, env, backup, backups and logs are for
targets docker and digitalocean.
Exit codes: 0 ok · 1 a requirement or an operation failed · 2 usage or configuration · 3 could not check · 130 Ctrl-C
State lies in .pgt/, what is installed in .toolchain/; "pgt doctor" shows what is there.`;

/** Runs one command line, and maps what comes out of it to an exit code. Nothing that is expected shows a stack trace. */
export async function runProgram(context: CommandContext, argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = createProgram(context, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv.length === 0 ? ["--help"] : [...argv], { from: "user" });
    return context.signal.aborted ? EXIT.interrupted : code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    return report(context, error);
  }
}

/** Every command, with its options; what a command does is imported when it runs, so that help is fast. */
export function createProgram(context: CommandContext, done: (code: ExitCode) => void): Command {
  const program = new Command("pgt")
    .description("Your PostgreSQL topology as one typed document: deployed, guarded by policy, proven by SQL.")
    .version("0.1.0", "-V, --version", "show the version")
    .helpOption("-h, --help", "show help")
    .helpCommand("help [command]", "show help of a command")
    .addHelpText("after", EXIT_CODES)
    .showHelpAfterError('(see "pgt --help")')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.out(text.trimEnd()),
      writeErr: (text) => context.err(text.trimEnd()),
    });
  // After that: a command inherits exitOverride and the output when it is made.
  for (const define of COMMANDS) define(program, context, done);
  return program;
}

function report(context: CommandContext, error: unknown): ExitCode {
  if (context.signal.aborted) {
    context.err("interrupted; run the same command again to go on");
    return EXIT.interrupted;
  }
  if (error instanceof PgtError) {
    context.err(`error: ${error.message}`);
    for (const line of error.fix) context.err(`  → ${line}`);
    return error.exitCode;
  }
  context.err(
    `unexpected error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return EXIT.failed;
}
