import { Argument, type Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

const HELP = `
No server knows the secret, and none restarts. Sessions that the application signed with the old one end.
Examples:
  pgt rotate auth-secret
  pgt env --output ../my-app/.env       afterwards, and restart the application`;

/** `pgt rotate`: makes a secret anew that only the application knows. */
export function defineRotate(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("rotate"))
    .description("make a secret of the application anew")
    .addArgument(new Argument("<secret>", "which one").choices(["auth-secret"]))
    .addHelpText("after", HELP)
    .action(async (_secret: "auth-secret", options: StackOptions) => {
      done(await rotate(context, options));
    });
}

async function rotate(context: CommandContext, options: StackOptions): Promise<ExitCode> {
  const { rotateAuthSecret } = await import("../stack/rotate-secret.ts");
  await rotateAuthSecret(context, options);
  const flag = options.stack === "local" ? "" : ` --stack ${options.stack}`;
  context.out(
    `AUTH_SECRET is a new one. Hand it on (./pgt env${flag}) and restart every instance of the application: sessions that were signed with the old one end. Servers and poolers go on. What the stack itself exports (authSecret) follows with the next ./pgt up${flag}.`,
  );
  return EXIT.ok;
}
