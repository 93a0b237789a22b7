import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { EXIT, type ExitCode, messageOf, PgtError } from "../../kernel/errors.ts";
import type { Client } from "../../topology/connection-url.ts";
import type { CommandContext } from "../context.ts";
import { K8S_FOLDER } from "../stack/k8s-secret.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

interface EnvOptions extends StackOptions {
  readonly client?: Client;
  readonly format: Format;
  readonly output?: string;
}

const FORMATS = ["dotenv", "json", "k8s"] as const;
type Format = (typeof FORMATS)[number];

// Named here too, so that help needs no table: a test compares them.
const CLIENTS = ["libpq", "node", "prisma"] as const satisfies readonly Client[];

const HELP = `
Passwords are among what it prints. .env.example explains each variable.
Without --client, PRIMARY_DATABASE_URL and DATA_DATABASE_URL are in the words of Prisma's own engines, with pgbouncer=true
through the pooler, and every other line is in libpq's, as psql and most drivers read it. Prisma with the adapter for pg
reads what --client node writes.
k8s is the manifest of a Secret with the variables and the CA certificates: take it by envFrom, and mount it at
${K8S_FOLDER}.
Examples:
  pgt env --output ../my-app/.env
  set -a; eval "$(pgt env)"; set +a
  pgt env --format json | jq -r .DATABASE_URL
  pgt env --client libpq --format k8s | kubectl apply -f -`;

/** `pgt env`: the environment that an application needs to use the stack. */
export function defineEnv(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("env"))
    .description("the application's environment: addresses, passwords, pool sizes")
    .addOption(new Option("--client <client>", "who reads every connection in one line").choices(CLIENTS))
    .addOption(new Option("--format <format>", "how to write it").choices(FORMATS).default("dotenv" satisfies Format))
    .option("-o, --output <file>", "write it to a file that only you can read, instead of printing it")
    .addHelpText("after", HELP)
    .action(async (options: EnvOptions) => {
      done(await printEnvironment(context, options));
    });
}

async function printEnvironment(context: CommandContext, options: EnvOptions): Promise<ExitCode> {
  const text = await environmentOfStack(context, options);
  if (options.output === undefined) context.out(text.trimEnd());
  else await writeOutput(context, resolve(options.output), text);
  return EXIT.ok;
}

async function environmentOfStack(context: CommandContext, options: EnvOptions): Promise<string> {
  const { digitalOceanEnvironmentText, environmentText } = await import("../stack/environment-text.ts");
  const { wishOnDigitalOcean } = await import("../stack/on-digitalocean.ts");
  const wish = await wishOnDigitalOcean(context, options);
  if (wish !== undefined) {
    const { openDigitalOcean } = await import("../stack/open-digitalocean.ts");
    return digitalOceanEnvironmentText(await openDigitalOcean(context, wish), options);
  }
  const { openStored } = await import("../stack/open-stack.ts");
  return environmentText(await openStored(context, options), options);
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
