import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";
import { withMistakes } from "../with-mistakes.ts";

interface CheckOptions extends StackOptions {
  readonly json: boolean;
}

const HELP = `
It asks no cloud, no engine and no server: the configuration is read, every default filled, every rule judged, the
connections counted, and the resources listed that the program would make.
Exit codes: 0 it can be made · 2 mistakes, all of them listed (with --json on stdout, too, as "mistakes")
Examples:
  pgt check --stack prod
  pgt check --stack prod --json | jq -r '.resources[].type' | sort | uniq -c
  pgt check --stack prod --json | jq -r '.mistakes[]? | "\\(.key) \\(.where): \\(.fix)"'`;

/** `pgt check`: everything that can be said of a stack without a network. */
export function defineCheck(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("check"))
    .description("say everything that can be said of a stack without a network: mistakes, connections, resources")
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: CheckOptions) => {
      const { checkStack } = await import("../check/check-stack.ts");
      const checked = await withMistakes(context, options, () => checkStack(context, options));
      if (options.json) context.out(JSON.stringify(checked, null, 2));
      else {
        const { checkText } = await import("../check/check-text.ts");
        context.out(checkText(checked));
      }
      done(EXIT.ok);
    });
}
