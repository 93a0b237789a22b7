import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackList } from "../stacks/touched-stacks.ts";

interface StacksOptions {
  readonly changedSince?: string;
  readonly json: boolean;
}

const HELP = `
A stack is a Pulumi.<stack>.yaml with a topology. With --changed-since, only those are listed that may be another stack
now: their own file differs, or a file of the program that all of them are made from. Documentation, tests and workflows
touch none. What counts is the difference from where this branch left the ref, with what is not committed yet.
Exit codes: 0 · 2 a stack has mistakes, or the ref names nothing · 3 git could not say
Examples:
  pgt stacks
  pgt stacks --changed-since origin/main
  pgt stacks --changed-since origin/main --json | jq -c '[.stacks[] | select(.local | not) | .stack]'`;

/** `pgt stacks`: what there is to preview and to deploy, for a matrix in CI. */
export function defineStacks(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command("stacks")
    .description("list the stacks of this repository, or those that a change touches")
    .option("--changed-since <ref>", "only those that differ from a branch, tag or commit of git")
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: StacksOptions) => {
      const list = await listStacks(context, options.changedSince);
      if (options.json) context.out(JSON.stringify(list, null, 2));
      else {
        const { stacksText } = await import("../stacks/stacks-text.ts");
        context.out(stacksText(list));
      }
      done(EXIT.ok);
    });
}

async function listStacks(context: CommandContext, ref: string | undefined): Promise<StackList> {
  const [{ findStacks }, { changedFiles }, { allStacks, touchedStacks }] = await Promise.all([
    import("../stacks/find-stacks.ts"),
    import("../stacks/changed-files.ts"),
    import("../stacks/touched-stacks.ts"),
  ]);
  const stacks = await findStacks(context);
  if (ref === undefined) return allStacks(stacks);
  return touchedStacks(stacks, await changedFiles(context.root, ref, context));
}
