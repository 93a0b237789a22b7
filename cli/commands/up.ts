import type { Command } from "commander";
import { EXIT, type ExitCode, PgtError } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import type { ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { CloudWorld } from "../stack/open-cloud.ts";
import type { StackOptions } from "../stack/place.ts";
import type { Wish } from "../stack/read-wish.ts";
import { addStackOptions, type Vantage, vantageOption } from "../stack-options.ts";

interface UpOptions extends StackOptions {
  readonly refresh: boolean;
  readonly takeOver?: boolean;
  readonly verify: boolean;
  readonly vantage?: Vantage;
}

/** `pgt up`: from whatever is there to a running, verified topology. */
export function defineUp(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  addStackOptions(program.command("up"))
    .description("set the machine up, show what changes, check the policies, deploy, and prove it by SQL")
    .option("--no-verify", "end when the servers are healthy, without the proof by SQL")
    .option(
      "--refresh",
      "look at what is really there before planning, as clouds always are: what drifted is put back",
      false,
    )
    .option("--take-over", "DigitalOcean: go on with what is there by name, and is not in the stack's state")
    .addOption(vantageOption())
    .addHelpText(
      "after",
      `
Examples:
  pgt up                        the topology of Pulumi.local.yaml, on this machine
  pgt up --stack local-demo --config demo.yaml
  pgt up --stack prod --vantage none   from where no server is seen: "pgt verify" is a step of its own, elsewhere
A mandatory policy that is violated ends it with exit code 1 before anything is touched; a change that replaces, loses or
exposes data without a permission, with exit code 2. The refusal prints the permission that it would take.
It can be interrupted and repeated at any time; without changes it changes nothing.`,
    )
    .action(async (options: UpOptions) => done(await up(context, options)));
}

async function up(context: CommandContext, told: UpOptions): Promise<ExitCode> {
  // From nowhere there is nothing to prove it by: a deployment that went well is no failure for that.
  const options = told.vantage === "none" ? { ...told, verify: false } : told;
  const { readWish } = await import("../stack/read-wish.ts");
  const wish = await readWish(context, options);
  const { place, topology } = wish;
  if (options.takeOver === true && topology.target !== "digitalocean") {
    throw new PgtError(
      `stack ${place.stack} has target ${topology.target}, where --take-over has nothing to take over`,
      {
        exitCode: EXIT.usage,
        fix: ["Leave --take-over out."],
      },
    );
  }
  switch (topology.target) {
    case "docker":
      return upOnDocker(context, { ...wish, topology }, options);
    case "gcp":
      return upOnCloud(context, { ...wish, topology }, options);
    case "digitalocean":
      return upOnDigitalOcean(context, { ...wish, topology }, options);
  }
}

async function upOnDocker(
  context: CommandContext,
  wish: Wish<ResolvedDocker>,
  { refresh, verify }: UpOptions,
): Promise<ExitCode> {
  const { deploy } = await import("../stack/deploy.ts");
  const { formatSummary } = await import("../up-summary.ts");
  const deployed = await deploy(context, wish, { refresh });
  if (!verify) {
    context.out(formatSummary(deployed, undefined));
    return EXIT.ok;
  }
  const { verifyWithProgress } = await import("../verification.ts");
  const report = await verifyWithProgress(context, deployed.world, { deep: false });
  context.out(formatSummary(deployed, report));
  const { exitCodeOf } = await import("../../verify/report.ts");
  return exitCodeOf(report);
}

async function upOnCloud(context: CommandContext, wish: Wish<ResolvedGcp>, options: UpOptions): Promise<ExitCode> {
  if (options.verify && options.vantage === "job") {
    const { requireVerification } = await import("../../verify/run-job.ts");
    requireVerification(wish.topology);
  }
  const { deployCloud } = await import("../stack/deploy-cloud.ts");
  const { formatCloudSummary } = await import("../cloud-summary.ts");
  const deployed = await deployCloud(context, wish);
  const { vantage } = options;
  const roleSteps = await applyCloudRoles(context, deployed.world, vantage);
  if (!options.verify) {
    context.out(formatCloudSummary(deployed, { roleSteps, report: undefined, vantage }));
    return EXIT.ok;
  }
  const { verifyByJobWithProgress, verifyCloudWithProgress } = await import("../verification.ts");
  const report =
    vantage === "job"
      ? await verifyByJobWithProgress(context, deployed.world)
      : await verifyCloudWithProgress(context, deployed.world, vantage === "inside" ? vantage : undefined);
  context.out(formatCloudSummary(deployed, { roleSteps, report, vantage }));
  const { exitCodeOf } = await import("../../verify/report.ts");
  return exitCodeOf(report);
}

async function upOnDigitalOcean(
  context: CommandContext,
  wish: Wish<ResolvedDigitalOcean>,
  { takeOver, verify, vantage }: UpOptions,
): Promise<ExitCode> {
  const { refuseJob } = await import("../data-host/open-way.ts");
  const from = refuseJob(wish.topology, vantage);
  const { deployDigitalOcean } = await import("../stack/deploy-digitalocean.ts");
  const { formatDigitalOceanSummary } = await import("../digitalocean-summary.ts");
  const deployed = await deployDigitalOcean(context, wish, { takesOver: takeOver });
  if (!verify) {
    context.out(formatDigitalOceanSummary(deployed, undefined));
    return EXIT.ok;
  }
  const { verifyDigitalOceanWithProgress } = await import("../verification.ts");
  const report = await verifyDigitalOceanWithProgress(context, deployed.world, { deep: false, vantage: from });
  context.out(formatDigitalOceanSummary(deployed, report));
  const { exitCodeOf } = await import("../../verify/report.ts");
  return exitCodeOf(report);
}

/** @returns how many steps it took; `undefined` where the servers' private addresses can't be reached from here */
async function applyCloudRoles(
  context: CommandContext,
  world: CloudWorld,
  vantage: Vantage | undefined,
): Promise<number | undefined> {
  if (vantage !== "inside") return undefined;
  const { convergeCloudWithProgress } = await import("../cloud-roles.ts");
  return (await convergeCloudWithProgress(context, world, true)).length;
}
