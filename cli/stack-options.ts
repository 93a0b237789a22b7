import type { Command } from "commander";

/** Adds the options of every command that is about a stack. */
export function addStackOptions(command: Command): Command {
  return command
    .option("-s, --stack <name>", "the stack; local, or local-…, lives on this machine", "local")
    .option("--config <file>", "configuration of a local stack, instead of Pulumi.<stack>.yaml");
}
