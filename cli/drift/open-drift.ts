import type { ResolvedTopology } from "../../topology/resolved.ts";
import type { VerifyReport } from "../../verify/report.ts";
import type { CommandContext } from "../context.ts";
import { setUpEngine } from "../stack/machine-parts.ts";
import { notMade } from "../stack/not-made.ts";
import { type Place, placeOf, type StackOptions } from "../stack/place.ts";
import type { Engine } from "../stack/pulumi-command.ts";
import type { Wish } from "../stack/read-wish.ts";
import { stackExists } from "../stack/workspace.ts";
import type { Vantage } from "../stack-options.ts";

/** A stack whose drift can be looked for. */
export interface DriftingStack {
  readonly place: Place;
  readonly engine: Engine;
  /** What its configuration asks for. */
  readonly wished: ResolvedTopology;
  /** Judges what runs by what was deployed; `undefined` where no server can be seen from here. */
  readonly verify: ((deployed: ResolvedTopology) => Promise<VerifyReport>) | undefined;
}

/** How drift is looked for. */
export interface DriftOptions extends StackOptions {
  readonly vantage?: Vantage;
}

/** Opens a stack that was made before, and changes nothing. @throws {PgtError} exit code 3 when it was not made */
export async function openDrift(context: CommandContext, options: DriftOptions): Promise<DriftingStack> {
  if (placeOf(context, options).local) return openDocker(context, options);
  const { readWish } = await import("../stack/read-wish.ts");
  const wish = await readWish(context, options);
  return wish.topology.target === "docker" ? openDocker(context, options) : openCloudStack(context, wish, options);
}

async function openDocker(context: CommandContext, options: DriftOptions): Promise<DriftingStack> {
  const { openStored } = await import("../stack/open-stack.ts");
  const { engine, stored, world } = await openStored(context, options);
  const verify = async (deployed: ResolvedTopology): Promise<VerifyReport> => {
    const [{ verifyWithProgress }, { secretsOf }] = await Promise.all([
      import("../verification.ts"),
      import("../stack/stored-secrets.ts"),
    ]);
    const asDeployed = deployed.target === "docker" ? secretsOf(stored, deployed, world.place) : {};
    return verifyWithProgress(context, { ...world, ...asDeployed }, { deep: false });
  };
  const isSeen = options.vantage !== "none";
  return { place: world.place, engine, wished: world.topology, verify: isSeen ? verify : undefined };
}

async function openCloudStack(context: CommandContext, wish: Wish, options: DriftOptions): Promise<DriftingStack> {
  const { place, topology: wished } = wish;
  const engine = await setUpEngine(context, place, wished.target);
  if (!(await stackExists(engine, place, context.signal))) throw notMade(place.stack);
  const opened = { place, engine, wished };
  if (wished.target === "gcp") return { ...opened, verify: await cloudSqlVerifier(context, opened, options) };
  return { ...opened, verify: await digitalOceanVerifier(context, opened, options) };
}

type Opened = Omit<DriftingStack, "verify">;
type Verifier = NonNullable<DriftingStack["verify"]>;

/** Without a vantage the Admin API is asked all the same: what it can't tell is unknown. */
async function cloudSqlVerifier(
  context: CommandContext,
  { engine, place }: Opened,
  { vantage }: DriftOptions,
): Promise<Verifier> {
  const [{ findCloud, readCloud }, { verifyByJobWithProgress, verifyCloudWithProgress }] = await Promise.all([
    import("../stack/open-cloud.ts"),
    import("../verification.ts"),
  ]);
  return async (deployed) => {
    if (deployed.target !== "gcp") throw otherTarget(deployed);
    if (vantage === "job") {
      const { requireVerification } = await import("../../verify/run-job.ts");
      requireVerification(deployed);
      return verifyByJobWithProgress(context, await findCloud({ place, topology: deployed }));
    }
    const world = await readCloud(context, engine, place, deployed);
    return verifyCloudWithProgress(context, world, vantage === "inside" ? vantage : undefined);
  };
}

async function digitalOceanVerifier(
  context: CommandContext,
  { engine, place, wished }: Opened,
  { vantage }: DriftOptions,
): Promise<Verifier> {
  const [{ refuseJob }, { readDigitalOcean }, { verifyDigitalOceanWithProgress }] = await Promise.all([
    import("../data-host/open-way.ts"),
    import("../stack/open-digitalocean.ts"),
    import("../verification.ts"),
  ]);
  const from = wished.target === "digitalocean" ? refuseJob(wished, vantage) : undefined;
  return async (deployed) => {
    if (deployed.target !== "digitalocean") throw otherTarget(deployed);
    const world = await readDigitalOcean(context, engine, place, deployed);
    return verifyDigitalOceanWithProgress(context, world, { deep: false, vantage: from });
  };
}

function otherTarget({ stack, target }: ResolvedTopology): Error {
  return new Error(`stack ${stack} was deployed to ${target}`);
}
