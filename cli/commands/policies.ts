import type { Command } from "commander";
import type { ExitCode } from "../../kernel/errors.ts";
import { addPolicyCommands } from "../../policies/commands.ts";
import type { CommandContext } from "../context.ts";

/** `pgt policies`: the list of requirements, and the judge of a file. */
export function definePolicies(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addPolicyCommands(program.command("policies"), context, done);
}
