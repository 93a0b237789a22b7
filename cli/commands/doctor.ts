import { type Command, Option } from "commander";
import { EXIT, type ExitCode, PgtError } from "../../kernel/errors.ts";
import type { Target } from "../../topology/spec.ts";
import type { CommandContext } from "../context.ts";
import type { LedgerOptions } from "../known-bugs/doctor-ledger.ts";
import type { PartReport } from "../setup/doctor.ts";

const TARGETS = ["docker", "gcp", "digitalocean"] as const satisfies readonly Target[];

interface DoctorOptions extends LedgerOptions {
  readonly ledger?: boolean;
  readonly target: Target;
}

const HELP = `
The launcher ./pgt itself, before any command, brings Node and the packages of package-lock.json where they are missing.
Exit code 3 when something is missing.

With --ledger, it says which known bugs of providers, engine and servers the installed versions have, whether each bites
in the stack, and what is done about it here; with --since, what the lock file's change brings and takes away. All of
them are in docs/provider-bugs.md.
Exit codes: 0 something is done about each · 1 nothing is done about one that may bite; with --since, about a new one ·
2 usage or configuration · 3 the lock file or the commit can't be read
Examples:
  pgt doctor --ledger
  pgt doctor --ledger --stack prod
  pgt doctor --ledger --stack prod --since origin/main
  pgt doctor --ledger --stack prod --json | jq -r '.bugs[] | select(.applicability.status == "applies") | .id'
  pgt doctor --ledger --lock ../another/package-lock.json`;

/** Options that mean nothing without the ledger. */
const OF_LEDGER = ["stack", "config", "lock", "since"] as const;

/** `pgt doctor`: what is installed, from where, what is missing and how to get it. */
export function defineDoctor(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command("doctor")
    .description("say what is installed, from where, what is missing, and how to get it; installs nothing")
    .addOption(new Option("--target <target>", "what is needed for this one").choices(TARGETS).default("docker"))
    .option("--ledger", "say instead which known bugs the installed versions have")
    .option("-s, --stack <name>", "with --ledger: whether each bites in this stack")
    .option("--config <file>", "with --ledger: configuration of a local stack, instead of Pulumi.<stack>.yaml")
    .option("--lock <file>", "with --ledger: this package-lock.json, instead of the clone's")
    .option("--since <ref>", "with --ledger: what came and went with the lock file's change since this commit")
    .option("--json", "print it as JSON")
    .addHelpText("after", HELP)
    .action(async (options: DoctorOptions, command: Command) => {
      const { json, ledger, target } = options;
      refuseMixed(options, command.getOptionValueSource("target") === "cli");
      if (ledger === true) {
        const { doctorLedger } = await import("../known-bugs/doctor-ledger.ts");
        done(await doctorLedger(context, options));
        return;
      }
      const { examine } = await import("../setup/doctor.ts");
      const { CLOUD_PARTS, MACHINE_PARTS, machineOf } = await import("../stack/machine-parts.ts");
      const parts = target === "docker" ? MACHINE_PARTS : CLOUD_PARTS[target];
      const reports = await examine(machineOf(context), Object.values(parts));
      context.out(json === true ? JSON.stringify({ parts: reports }, null, 2) : reports.map(describe).join("\n"));
      done(reports.every(({ isFound }) => isFound) ? EXIT.ok : EXIT.couldNotCheck);
    });
}

/** @throws {PgtError} exit code 2 for options of the one question beside the other */
function refuseMixed(options: DoctorOptions, saysTarget: boolean): void {
  const usage = (message: string): PgtError =>
    new PgtError(message, { exitCode: EXIT.usage, fix: ["pgt doctor --help"] });
  if (options.ledger === true) {
    if (saysTarget)
      throw usage("--target is for what is installed, and --ledger for known bugs: --stack says the target");
    if (options.config !== undefined && options.stack === undefined) throw usage("--config needs --stack");
    return;
  }
  const [stray] = OF_LEDGER.filter((name) => options[name] !== undefined);
  if (stray !== undefined) throw usage(`--${stray} needs --ledger`);
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
