import { join } from "node:path";
import type { CommandContext } from "../cli/context.ts";
import { TestStack } from "../tests/support/test-stack.ts";
import { type DescribedContainers, describeContainers, prepareHandWritten, requireSame } from "./hand-written.ts";
import { secondsBetween, type TimedProcess, timeProcess } from "./timed-process.ts";

/** What can be measured in a round. */
export const MEASURES = ["up", "no-op", "verify", "help", "check", "program"] as const;

/** One of {@link MEASURES}. */
export type Measure = (typeof MEASURES)[number];

/** A prod topology has about 40 resources. */
const TOPOLOGIES = 5;

/** Seconds, MiB, or a ratio, by the title of the row. */
export type Samples = Readonly<Record<string, number>>;

/** The rows, and what each must not exceed. */
export const ROWS: Readonly<Record<string, { readonly measure: Measure; readonly limit?: number }>> = {
  "hand-written script": { measure: "up" },
  "pgt up, without preview and first backup": { measure: "up" },
  "ratio of the two": { measure: "up", limit: 1.5 },
  "in pgt up: launcher and set-up checks": { measure: "up" },
  "in pgt up: configuration and new secrets": { measure: "up" },
  "in pgt up: deploy": { measure: "up" },
  "left out: preview with the policy pack": { measure: "up" },
  "left out: first backup": { measure: "up" },
  "no-op pgt up --no-verify": { measure: "no-op", limit: 4 },
  "pgt verify": { measure: "verify", limit: 3 },
  "pgt --help": { measure: "help", limit: 0.3 },
  "pgt check --stack prod": { measure: "check", limit: 2 },
  "its memory, MiB": { measure: "check", limit: 250 },
  "pgt check --stack split": { measure: "check", limit: 2 },
  "program of 200 resources": { measure: "program", limit: 2 },
  "import of the SDKs alone": { measure: "program" },
  "ratio of program to import": { measure: "program" },
};

/** One round: from nothing by hand and by pgt, which take turns in being first, and what is measured beside. */
export async function runRound(
  context: CommandContext,
  options: { imageId: string; measures: ReadonlySet<Measure>; number: number },
): Promise<Samples> {
  const { imageId, measures, number } = options;
  const samples: Record<string, number> = {};
  const byHand = async (): Promise<DescribedContainers> =>
    withStack(async (stack) => {
      const env = { ...process.env, ...(await prepareHandWritten(context, stack, imageId)) };
      const script = join(context.root, "bench", "hand-written.sh");
      const { seconds } = await timeProcess([script], { cwd: stack.stateDir, env, signal: context.signal });
      samples["hand-written script"] = seconds;
      return describeContainers(stack);
    });
  const byPgt = async (): Promise<DescribedContainers> => withStack((stack) => runPgt(context, stack, samples));

  if (measures.has("up")) {
    const first = number % 2 === 0 ? await byHand() : await byPgt();
    requireSame(first, number % 2 === 0 ? await byPgt() : await byHand());
    const ours = samples["pgt up, without preview and first backup"] ?? NaN;
    samples["ratio of the two"] = ours / (samples["hand-written script"] ?? NaN);
  } else if (measures.has("no-op") || measures.has("verify")) {
    await byPgt();
  }
  if (measures.has("help")) samples["pgt --help"] = (await pgt(context, ["--help"])).seconds;
  if (measures.has("check")) {
    const check = await pgt(context, ["check", "--stack", "prod"]);
    samples["pgt check --stack prod"] = check.seconds;
    samples["its memory, MiB"] = check.memoryMiB;
    samples["pgt check --stack split"] = (await pgt(context, ["check", "--stack", "split"])).seconds;
  }
  if (measures.has("program")) {
    const program = await syntheticProgram(context, String(TOPOLOGIES));
    const sdk = await syntheticProgram(context, "sdk");
    samples["program of 200 resources"] = program.seconds;
    samples["import of the SDKs alone"] = sdk.seconds;
    samples["ratio of program to import"] = program.seconds / sdk.seconds;
  }
  return samples;
}

/** Up from nothing, up again, verify. */
async function runPgt(
  context: CommandContext,
  stack: TestStack,
  samples: Record<string, number>,
): Promise<DescribedContainers> {
  const own = ["--stack", stack.name, "--config", stack.configFile];
  const env = { PGT_STATE_DIR: stack.stateDir };
  const up = await pgt(context, ["up", "--no-verify", ...own], env);
  const preview = secondsBetween(up, "› what would change", "✔ plan and policies");
  const backup = secondsBetween(up, "❯ backups", "✔ backups");
  samples["pgt up, without preview and first backup"] = up.seconds - preview - backup;
  samples["in pgt up: launcher and set-up checks"] = secondsBetween(up, undefined, "❯ plan and policies");
  samples["in pgt up: configuration and new secrets"] = secondsBetween(
    up,
    "› configuration and secrets",
    "› what would change",
  );
  samples["in pgt up: deploy"] = secondsBetween(up, "❯ deploy", "✔ deploy");
  samples["left out: preview with the policy pack"] = preview;
  samples["left out: first backup"] = backup;
  samples["no-op pgt up --no-verify"] = (await pgt(context, ["up", "--no-verify", ...own], env)).seconds;
  // A requirement that fails is for the tests to say; it takes as long to judge.
  samples["pgt verify"] = (await pgt(context, ["verify", ...own], env, [0, 1])).seconds;
  return describeContainers(stack);
}

function pgt(
  context: CommandContext,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  codes: readonly number[] = [0],
): Promise<TimedProcess> {
  const options = { cwd: context.root, env: { ...process.env, ...env }, signal: context.signal, codes };
  return timeProcess([join(context.root, "pgt"), ...args], options);
}

function syntheticProgram(context: CommandContext, what: string): Promise<TimedProcess> {
  const script = join(context.root, "bench", "synthetic-program.ts");
  return timeProcess([process.execPath, script, what], { cwd: context.root, env: process.env, signal: context.signal });
}

/** Free ports, a state directory and a name of its own; afterwards nothing of it is left, however the work ended. */
async function withStack<T>(work: (stack: TestStack) => Promise<T>): Promise<T> {
  const stack = await TestStack.create({}, "local-bench");
  try {
    return await work(stack);
  } finally {
    await stack.remove();
  }
}
