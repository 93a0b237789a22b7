// What runs in the Cloud Run job that verifies: https://cloud.google.com/run/docs/create-jobs. It is told everything by
// its environment, and its one line on stdout becomes an entry of the log that `pgt` reads.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { endpointOf } from "../facts/from-live/gcp/sql-collector.ts";
import { EXIT, messageOf, PgtError } from "../kernel/errors.ts";
import { cloudName } from "../topology/names.ts";
import type { ResolvedGcp } from "../topology/resolved-gcp.ts";
import {
  topologyDigest,
  VERIFICATION_LOGINS,
  VERIFICATION_TIMEOUT_SECONDS,
  VERIFICATION_VARIABLES,
  type VerificationPasswords,
} from "../topology/verification-job.ts";
import { awaitRoute } from "./await-route.ts";
import { cloudSqlClient } from "./cloud-sql-client.ts";
import { cloudSqlSettings } from "./google-settings.ts";
import { type JobOutcome, outcomeLine } from "./job-outcome.ts";
import { verifyCloud, type VerifyCloudOptions } from "./run-cloud.ts";

/** Before the platform ends it without a word. */
const OWN_TIMEOUT_MS = (VERIFICATION_TIMEOUT_SECONDS - 30) * 1000;

/** As the component wrote it: {@link ../components/gcp/verification-job-args.ts}. */
const topologyShape = z.looseObject({ target: z.literal("gcp"), name: z.string(), stack: z.string() });
const passwordsShape = z.object(
  Object.fromEntries(VERIFICATION_LOGINS.map((role) => [role, z.string().min(1)])) as Record<
    keyof VerificationPasswords,
    z.ZodString
  >,
);

/** The verification from inside the VPC, as the job's variables have it. @returns why there is no report, where there is none */
async function verifyFromInside(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<JobOutcome> {
  try {
    const topology = readJson("the topology", topologyShape, variable(env, "topology")) as unknown as ResolvedGcp;
    const options: VerifyCloudOptions = {
      topology,
      project: variable(env, "project"),
      suffix: variable(env, "suffix"),
      passwords: await readPasswords(variable(env, "passwordsFile")),
      api: cloudSqlSettings(env),
      vantage: "inside",
      signal,
    };
    await awaitPrimary(options);
    return { report: await verifyCloud(options) };
  } catch (error) {
    return { failure: { message: messageOf(error), fix: error instanceof PgtError ? error.fix : [] } };
  }
}

/** Without a way to the primary every question by SQL says so itself, with its reason: here it is only waited for. */
async function awaitPrimary({ topology, project, suffix, api, signal }: VerifyCloudOptions): Promise<void> {
  const client = await cloudSqlClient({ project, signal, ...api });
  const { part } = topology.primary;
  const answer = await client.getInstance(cloudName(topology.stack, part, suffix));
  if (answer?.state !== "RUNNABLE") return;
  try {
    await awaitRoute(endpointOf(topology, { part }, answer), { signal });
  } catch (error) {
    signal.throwIfAborted();
    process.stderr.write(`${messageOf(error)}\n`);
  }
}

async function readPasswords(path: string): Promise<VerificationPasswords> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new PgtError(`the passwords can't be read: ${messageOf(error)}`, { cause: error });
  }
  return readJson("the passwords", passwordsShape, text);
}

/** What stands in the text is never in the message: it may be a password. */
function readJson<T>(what: string, shape: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PgtError(`${what} of the job: not JSON`);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PgtError(`${what} of the job: not as expected at ${parsed.error.issues[0]?.path.join(".") ?? ""}`);
}

function variable(env: NodeJS.ProcessEnv, key: keyof typeof VERIFICATION_VARIABLES): string {
  const value = env[VERIFICATION_VARIABLES[key]];
  if (value !== undefined && value !== "") return value;
  throw new PgtError(
    `the variable ${VERIFICATION_VARIABLES[key]} is not set: this runs in the job that \`pgt up\` makes`,
  );
}

async function main(): Promise<void> {
  const interruption = new AbortController();
  const end = (why: string) => (): void => interruption.abort(new PgtError(why));
  process.on("SIGTERM", end("the platform ended the job"));
  const timer = setTimeout(end(`the verification took more than ${OWN_TIMEOUT_MS / 1000} s`), OWN_TIMEOUT_MS);
  const outcome = await verifyFromInside(process.env, interruption.signal);
  clearTimeout(timer);
  const digest = topologyDigest(process.env[VERIFICATION_VARIABLES.topology] ?? "");
  process.stdout.write(`${outcomeLine(outcome, digest)}\n`);
  // A report is all that is asked for, whatever it says.
  process.exitCode = "report" in outcome ? EXIT.ok : EXIT.couldNotCheck;
}

await main();
