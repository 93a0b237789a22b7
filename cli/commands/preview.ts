import { styleText } from "node:util";
import { type Command, Option } from "commander";
import { type ExitCode, messageOf } from "../../kernel/errors.ts";
import { CHANGE_LABELS, type ChangeLabel, isWorse } from "../../topology/change-label.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import { addStackOptions } from "../stack-options.ts";
import { withMistakes } from "../with-mistakes.ts";

interface PreviewOptions extends StackOptions {
  readonly allow?: string;
  readonly against?: string;
  readonly json: boolean;
  readonly markdown?: string;
  readonly max?: ChangeLabel;
  readonly plan?: string;
  readonly since?: string;
}

const HELP = `
Labels, each worse than the one before: ${CHANGE_LABELS.join(" < ")}. Exposure (who may reach or
read it) is judged beside them. What is worse than --max, and all exposure, needs a permission: below
pgtopology:permissions in the stack's configuration, or in the file of --allow. The page says which.
Nothing is written, whatever it finds: no state, no configuration, no secret. What could not be seen is named.
Exit codes: 0 below the limit · 1 above it, a mandatory policy, or over budget · 2 usage, or a permission that is unknown,
expired or not needed · 3 could not check
Examples:
  pgt preview
  pgt preview --stack prod --markdown comment.md --allow permissions.yaml
  pgt preview --stack staging --max none
  pgt preview --stack prod --against origin/main      the configuration alone, as in a fork without credentials
  pgt preview --plan events.json --json | jq '.resources[] | select(.label != "none").name'
  pgt preview --stack prod --since origin/main        also bugs of providers that the lock file's change brings`;

/** `pgt preview`: what a change does to databases, before it is made. */
export function definePreview(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("preview"))
    .description(
      "say what a change does to databases (restart, replacement, loss, exposure), and stop what is too much",
    )
    .option("--markdown <file>", "also write the page as Markdown, for a comment on a pull request")
    .option("--allow <file>", "permissions beside the stack's own, in YAML or JSON")
    .addOption(new Option("--max <label>", "the worst that passes without a permission").choices(CHANGE_LABELS))
    .option(
      "--plan <file>",
      "judge a saved preview or an event log of any program, instead of asking the engine; - is standard input",
    )
    .option("--against <ref>", "compare the configuration with a git ref's, instead of asking the engine")
    .option("--since <ref>", "also name the providers' bugs that the lock file's change since a git ref brings")
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: PreviewOptions, command: Command) => {
      const isStackNamed = ["stack", "config"].some((name) => command.getOptionValueSource(name) === "cli");
      done(await preview(context, options, isStackNamed));
    });
}

async function preview(context: CommandContext, options: PreviewOptions, isStackNamed: boolean): Promise<ExitCode> {
  const [{ pageName, runPreview }, { MarkdownFile }] = await Promise.all([
    import("../preview/run-preview.ts"),
    import("../preview/markdown-file.ts"),
  ]);
  const { json, markdown } = options;
  const request = { ...options, isStackNamed };
  // Before anything is asked: a page that can't be written should not cost a plan.
  const file = markdown === undefined ? undefined : await MarkdownFile.open(markdown, pageName(request));
  try {
    const report = await withMistakes(context, options, () => runPreview(context, request));
    if (json) context.out(JSON.stringify(report, null, 2));
    else {
      const { reportText } = await import("../../preview/report-text.ts");
      context.out(reportText(report, context.colour ? paint : undefined));
    }
    if (file !== undefined) {
      const { reportMarkdown } = await import("../../preview/report-markdown.ts");
      await file.write(reportMarkdown(report));
    }
    return report.exitCode;
  } catch (error) {
    await file?.writeProblem(messageOf(error));
    throw error;
  }
}

function paint(label: ChangeLabel, exposure: boolean, text: string): string {
  const colour = exposure || isWorse(label, "rebuild") ? "red" : isWorse(label, "reload") ? "yellow" : "green";
  return styleText(colour, text, { validateStream: false });
}
