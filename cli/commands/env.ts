import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { EXIT, type ExitCode, messageOf, PgtError } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

interface EnvOptions extends StackOptions {
  readonly format: "dotenv" | "json";
  readonly output?: string;
}

const HELP = `
The password is among what it prints. .env.example explains each variable.
Examples:
  pgt env --output ../my-app/.env
  set -a; eval "$(pgt env)"; set +a
  pgt env --format json | jq -r .DATABASE_URL`;

/** `pgt env`: the environment that an application needs to use the stack. */
export function defineEnv(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("env"))
    .description("the application's environment: addresses, password, pool sizes")
    .addOption(new Option("--format <format>", "how to write it").choices(["dotenv", "json"]).default("dotenv"))
    .option("-o, --output <file>", "write it to a file that only you can read, instead of printing it")
    .addHelpText("after", HELP)
    .action(async (options: EnvOptions) => {
      done(await printEnvironment(context, options));
    });
}

async function printEnvironment(context: CommandContext, options: EnvOptions): Promise<ExitCode> {
  const [{ openWorld }, { environmentOf }, { dotenvText }, { writeCaFile }] = await Promise.all([
    import("../stack/open-stack.ts"),
    import("../stack/environment-variables.ts"),
    import("../stack/dotenv-text.ts"),
    import("../stack/ca-file.ts"),
  ]);
  const { place, topology, secrets } = await openWorld(context, options);
  const caFile = await writeCaFile(place, secrets.caCertificate);
  const variables = environmentOf({ topology, password: secrets.passwords.readWrite, caFile });
  const text = options.format === "json" ? `${JSON.stringify(variables, null, 2)}\n` : dotenvText(variables);
  if (options.output === undefined) context.out(text.trimEnd());
  else await writeOutput(context, resolve(options.output), text);
  return EXIT.ok;
}

async function writeOutput(context: CommandContext, path: string, text: string): Promise<void> {
  const { writePrivateFile } = await import("../stack/private-file.ts");
  try {
    await writePrivateFile(path, text);
  } catch (error) {
    throw new PgtError(`${path} can't be written (${(error as NodeJS.ErrnoException).code ?? messageOf(error)})`, {
      exitCode: EXIT.usage,
      fix: ["Name a file in a folder that exists and that you can write to."],
      cause: error,
    });
  }
  context.err(`wrote ${path}; only you can read it`);
}
