import type { Command } from "commander";
import { EXIT, type ExitCode, messageOf, PgtError } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions, type Vantage, vantageOption } from "../stack-options.ts";

interface DriftCommandOptions extends StackOptions {
  readonly json: boolean;
  readonly markdown?: string;
  readonly vantage?: Vantage;
}

const HELP = `
The engine compares its state with what is there and writes nothing. Settings and roles are those that "pgt verify" reads,
judged by what was deployed last, not by what has been edited since; for that it writes in a schema of its own, and removes
it. What a cloud changes by itself, as the zone after a failover, is told on its own and is no drift.
Exit codes: 0 none · 1 something drifted · 2 usage · 3 a look could not be taken, which is no clean bill
Examples:
  pgt drift
  pgt drift --stack prod --vantage job --markdown drift.md
  pgt drift --stack prod --vantage none --json | jq -r '.drift[] | "\\(.where): \\(.what)"'`;

/** `pgt drift`: what somebody, or something, has changed past the last deployment. */
export function defineDrift(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("drift"))
    .description("say what has changed past the last deployment: resources, settings, roles; nothing is put back")
    .addOption(vantageOption())
    .option("--markdown <file>", "also write it as Markdown")
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: DriftCommandOptions) => {
      done(await drift(context, options));
    });
}

async function drift(context: CommandContext, options: DriftCommandOptions): Promise<ExitCode> {
  const [{ findDrift }, { exitCodeOf }] = await Promise.all([
    import("../drift/find-drift.ts"),
    import("../drift/drift-report.ts"),
  ]);
  const report = await findDrift(context, options);
  if (options.markdown !== undefined) {
    const { driftMarkdown } = await import("../drift/drift-markdown.ts");
    await write(options.markdown, driftMarkdown(report));
  }
  if (options.json) context.out(JSON.stringify(report, null, 2));
  else {
    const { driftText } = await import("../drift/drift-text.ts");
    context.out(driftText(report));
  }
  return exitCodeOf(report);
}

async function write(file: string, text: string): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new PgtError(`${file} can't be written: ${messageOf(error)}`, { exitCode: EXIT.usage, cause: error });
  }
}
