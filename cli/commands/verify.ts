import { styleText } from "node:util";
import type { Command } from "commander";
import type { ExitCode } from "../../kernel/errors.ts";
import type { Paint } from "../../verify/report.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";

interface VerifyOptions extends StackOptions {
  readonly json: boolean;
  readonly deep: boolean;
}

const HELP = `
It writes in a schema of its own only, and removes it.
Exit codes: 0 every requirement holds · 1 one fails · 3 one could not be checked, or the stack has not been made
Examples:
  pgt verify
  pgt verify --deep
  pgt verify --json | jq '.judged[] | select(.status == "fail")'`;

/** `pgt verify`: every requirement, judged on what runs. */
export function defineVerify(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("verify"))
    .description("prove by SQL that the running topology is what was asked for")
    .option("--deep", "also read every file of the backup repository", false)
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: VerifyOptions) => {
      done(await verify(context, options));
    });
}

async function verify(context: CommandContext, options: VerifyOptions): Promise<ExitCode> {
  const [{ openWorld }, { verifyWithProgress }, { exitCodeOf, reportText }] = await Promise.all([
    import("../stack/open-stack.ts"),
    import("../verification.ts"),
    import("../../verify/report.ts"),
  ]);
  const world = await openWorld(context, options);
  const report = await verifyWithProgress(context, world, { deep: options.deep });
  const text = options.json ? JSON.stringify(report, null, 2) : reportText(report, context.colour ? paint : undefined);
  context.out(text.trimEnd());
  return exitCodeOf(report);
}

const COLOURS = { pass: "green", fail: "red", unknown: "yellow", "not-applicable": "gray" } as const;

const paint: Paint = (status, text) => styleText(COLOURS[status], text, { validateStream: false });
