import { styleText } from "node:util";
import type { Command } from "commander";
import type { ExitCode } from "../../kernel/errors.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { Paint, VerifyReport } from "../../verify/report.ts";
import type { CommandContext } from "../context.ts";
import type { StackOptions } from "../stack/place.ts";
import type { Wish } from "../stack/read-wish.ts";
import { addStackOptions, type Vantage, vantageOption } from "../stack-options.ts";

interface VerifyOptions extends StackOptions {
  readonly json: boolean;
  readonly deep: boolean;
  readonly vantage?: Vantage;
}

const HELP = `
It writes in a schema of its own only, and removes it. On Cloud SQL it writes nothing: it reads the settings back through
the Admin API, and asks by SQL only from a place that is said to reach the VPC: this machine, or a Cloud Run job of the
stack's own, which needs no password here (docs/verification-job.md). On DigitalOcean it reads settings back through the
API, and asks both databases by SQL over SSH, through the data host.
Exit codes: 0 every requirement holds · 1 one fails · 3 one could not be checked, or the stack has not been made
Examples:
  pgt verify
  pgt verify --deep
  pgt verify --json | jq '.judged[] | select(.status == "fail")'
  pgt verify --stack prod --vantage inside
  pgt verify --stack prod --vantage job
  pgt verify --stack prod --vantage none   from where no server is seen: says what was not, and ends with 3`;

/** `pgt verify`: every requirement, judged on what runs. */
export function defineVerify(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("verify"))
    .description("prove by SQL that the running topology is what was asked for")
    .option("--deep", "also read every file of the backup repository", false)
    .addOption(vantageOption())
    .option("--json", "as JSON", false)
    .addHelpText("after", HELP)
    .action(async (options: VerifyOptions) => {
      done(await verify(context, options));
    });
}

async function verify(context: CommandContext, options: VerifyOptions): Promise<ExitCode> {
  const [report, { exitCodeOf, reportText }] = await Promise.all([
    verifyStack(context, options),
    import("../../verify/report.ts"),
  ]);
  const text = options.json ? JSON.stringify(report, null, 2) : reportText(report, context.colour ? paint : undefined);
  context.out(text.trimEnd());
  return exitCodeOf(report);
}

async function verifyStack(context: CommandContext, options: VerifyOptions): Promise<VerifyReport> {
  const { verifyWithProgress } = await import("../verification.ts");
  const { placeOf } = await import("../stack/place.ts");
  // What is judged on this machine is what the last up made, not what has been edited since.
  if (!placeOf(context, options).local) {
    const { readWish } = await import("../stack/read-wish.ts");
    const wish = await readWish(context, options);
    const { topology } = wish;
    if (topology.target === "gcp") return verifyCloudSql(context, { ...wish, topology }, options.vantage);
    if (topology.target === "digitalocean") return verifyDigitalOcean(context, { ...wish, topology }, options);
  }
  if (options.vantage === "none") return verifyNothingOf(context, options);
  const { openWorld } = await import("../stack/open-stack.ts");
  return verifyWithProgress(context, await openWorld(context, options), { deep: options.deep });
}

/** On Docker nothing but the servers themselves could tell. */
async function verifyNothingOf(context: CommandContext, options: VerifyOptions): Promise<VerifyReport> {
  const [{ readWish }, { requireDocker }, { verifyNothing }] = await Promise.all([
    import("../stack/read-wish.ts"),
    import("../stack/require-docker.ts"),
    import("../../verify/verify-nothing.ts"),
  ]);
  context.err("--vantage none: no server was asked");
  return verifyNothing(requireDocker((await readWish(context, options)).topology, "this command"));
}

async function verifyCloudSql(
  context: CommandContext,
  wish: Wish<ResolvedGcp>,
  vantage: Vantage | undefined,
): Promise<VerifyReport> {
  const { verifyByJobWithProgress, verifyCloudWithProgress } = await import("../verification.ts");
  const { findCloud, openCloud } = await import("../stack/open-cloud.ts");
  if (vantage !== "job") {
    // Nowhere: the Admin API still answers, and what it can't tell is not known.
    const inside = vantage === "none" ? undefined : vantage;
    return verifyCloudWithProgress(context, await openCloud(context, wish), inside);
  }
  const { requireVerification } = await import("../../verify/run-job.ts");
  requireVerification(wish.topology);
  return verifyByJobWithProgress(context, await findCloud(wish));
}

async function verifyDigitalOcean(
  context: CommandContext,
  wish: Wish<ResolvedDigitalOcean>,
  { deep, vantage }: VerifyOptions,
): Promise<VerifyReport> {
  const { verifyDigitalOceanWithProgress } = await import("../verification.ts");
  const { refuseJob } = await import("../data-host/open-way.ts");
  const { openDigitalOcean } = await import("../stack/open-digitalocean.ts");
  const from = refuseJob(wish.topology, vantage);
  return verifyDigitalOceanWithProgress(context, await openDigitalOcean(context, wish), { deep, vantage: from });
}

const COLOURS = { pass: "green", fail: "red", unknown: "yellow", "not-applicable": "gray" } as const;

const paint: Paint = (status, text) => styleText(COLOURS[status], text, { validateStream: false });
