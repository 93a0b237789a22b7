import { styleText } from "node:util";
import { type Command, Option } from "commander";
import { EXIT, type ExitCode } from "../kernel/errors.ts";
import type { PolicySettings } from "./settings.ts";

const ENVIRONMENTS = ["local", "staging", "prod"] as const;

/** Where the commands write. */
export interface PolicyOutput {
  readonly out: (text: string) => void;
  /** Whether tables may have colours. */
  readonly colour: boolean;
}

interface ListOptions {
  readonly settings?: string;
  readonly json: boolean;
}

interface TestOptions extends ListOptions {
  readonly environment?: (typeof ENVIRONMENTS)[number];
}

const help = (name: string): string => `
The same requirements stop a deployment: pulumi preview --policy-pack <folder of the pack>
What a rule does to a deployment, floors, allowed regions and waivers are set below pgtopology:policies in a stack's file.
Examples:
  ${name}
  ${name} --json | jq -r '.[] | select(.levels.prod == "mandatory").id'
  ${name} test state.json`;

const testHelp = (name: string): string => `
It asks nobody: the file is what "pulumi stack export" or "pulumi preview --json" wrote, of any program that uses
Cloud SQL, DigitalOcean or Docker, in any language. No secret is shown.
Exit codes: 0 nothing would stop it · 1 something would · 2 usage or settings · 3 the file can't be judged
Examples:
  pulumi stack export | ${name} test -
  ${name} test preview.json --environment staging --settings policies.yaml
  ${name} test state.json --json | jq '.findings[] | select(.level == "mandatory")'`;

/** The list of requirements, and below it the judge of a file. */
export function addPolicyCommands(command: Command, context: PolicyOutput, done: (code: ExitCode) => void): void {
  const name = [command.parent?.name(), command.name()].filter(Boolean).join(" ");
  command
    .description("list what stacks are judged by, or judge an exported state or a saved preview")
    .addOption(settingsOption())
    .option("--json", "as JSON", false)
    .addHelpText("after", help(name))
    .action(async (options: ListOptions) => {
      done(await list(context, options));
    });
  command
    .command("test <file>")
    .description("judge what pulumi stack export or pulumi preview --json wrote; - is standard input")
    .addOption(new Option("--environment <environment>", "whose floors hold").choices(ENVIRONMENTS))
    .addOption(settingsOption())
    .option("--json", "as JSON", false)
    .addHelpText("after", testHelp(name))
    .action(async (file: string, _options: TestOptions, command: Command) => {
      done(await test(context, file, command.optsWithGlobals()));
    });
}

function settingsOption(): Option {
  return new Option("--settings <file>", "levels, floors, regions and waivers, in YAML or JSON, or a stack's file");
}

async function list(context: PolicyOutput, { json, settings }: ListOptions): Promise<ExitCode> {
  const { listedRequirements, requirementsText } = await import("./listed-requirements.ts");
  const listed = listedRequirements(await settingsFrom(settings));
  context.out(json ? JSON.stringify(listed, null, 2) : requirementsText(listed));
  return EXIT.ok;
}

async function test(context: PolicyOutput, file: string, options: TestOptions): Promise<ExitCode> {
  const [{ judgePlanFile, planFileExitCode }, { planFileText }, { readInput }] = await Promise.all([
    import("./plan-file-report.ts"),
    import("./plan-file-text.ts"),
    import("./read-input.ts"),
  ]);
  const { environment } = options;
  const settings = { ...(await settingsFrom(options.settings)), ...(environment && { environment }) };
  const report = judgePlanFile(await readInput(file), file, settings, new Date());
  context.out(
    options.json ? JSON.stringify(report, null, 2) : planFileText(report, context.colour ? paint : undefined),
  );
  return planFileExitCode(report);
}

async function settingsFrom(file: string | undefined): Promise<PolicySettings> {
  if (file === undefined) return {};
  const { readSettingsFile } = await import("./read-input.ts");
  return readSettingsFile(file);
}

function paint(level: string, text: string): string {
  return styleText(level === "mandatory" ? "red" : "yellow", text);
}
