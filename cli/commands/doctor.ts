import { type Command, Option } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { Target } from "../../topology/spec.ts";
import type { CommandContext } from "../context.ts";
import type { PartReport } from "../setup/doctor.ts";

const TARGETS = ["docker", "gcp", "digitalocean"] as const satisfies readonly Target[];

interface DoctorOptions {
  readonly json?: boolean;
  readonly target: Target;
}

const HELP = `
The launcher ./pgt itself, before any command, brings Node and the packages of package-lock.json where they are missing.
Exit code 3 when something is missing.`;

/** `pgt doctor`: what is installed, from where, what is missing and how to get it. */
export function defineDoctor(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command("doctor")
    .description("say what is installed, from where, what is missing, and how to get it; installs nothing")
    .addOption(new Option("--target <target>", "what is needed for this one").choices(TARGETS).default("docker"))
    .option("--json", "print it as JSON")
    .addHelpText("after", HELP)
    .action(async ({ json, target }: DoctorOptions) => {
      const { examine } = await import("../setup/doctor.ts");
      const { CLOUD_PARTS, MACHINE_PARTS, machineOf } = await import("../stack/machine-parts.ts");
      const parts = target === "docker" ? MACHINE_PARTS : CLOUD_PARTS[target];
      const reports = await examine(machineOf(context), Object.values(parts));
      context.out(json === true ? JSON.stringify({ parts: reports }, null, 2) : reports.map(describe).join("\n"));
      done(reports.every(({ isFound }) => isFound) ? EXIT.ok : EXIT.couldNotCheck);
    });
}

function describe(report: PartReport): string {
  if (report.isFound) {
    const note = report.note === undefined ? "" : `\n    note: ${report.note}`;
    const version = report.title.includes(report.version) ? "" : ` ${report.version}`;
    return `✔ ${report.title}${version}, ${report.from}${note}`;
  }
  const note = report.note === undefined ? "" : `: ${report.note}`;
  if (report.fix !== undefined) return [`✖ ${report.title} can't be used${note}`, ...report.fix].join("\n    ");
  const ways = report.ways.map(
    ({ title, unavailable, byHand }) =>
      `    ${unavailable === undefined ? `"./pgt up" gets it: ${title}` : `${title}: not now, ${unavailable}`}; by hand: ${byHand}`,
  );
  return [`✖ ${report.title} is missing${note}`, ...ways].join("\n");
}
