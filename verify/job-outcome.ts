import { z } from "zod";
import { PgtError } from "../kernel/errors.ts";
import type { Requirement } from "../requirements/requirement.ts";
import type { VerifyReport } from "./report.ts";

/** What a job that verifies has to say: its report, or why there is none. */
export type JobOutcome =
  | { readonly report: VerifyReport }
  | { readonly failure: { readonly message: string; readonly fix: readonly string[] } };

/** What marks the one line of a job's log that is meant for `pgt`. */
export const OUTCOME_MARKER = "pgtopology-verification";

/**
 * An entry of the log has about 256 KiB (https://docs.cloud.google.com/logging/quotas), by a measure of its own: half of
 * it is left alone.
 */
const LONGEST_LINE = 128 * 1024;
/** Characters of a message, where the line would be too long with all of it. */
const SHORTER = [4000, 1000, 200];

const SEVERITIES = ["critical", "high", "medium", "low"] as const;
const STATUSES = ["pass", "fail", "unknown", "not-applicable"] as const;

/** Of another machine, and shown on a terminal: without what moves its cursor or colours it. */
const text = z
  .string()
  .max(20_000)
  // eslint-disable-next-line no-control-regex -- they are what is to be found
  .transform((value) => value.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ""));

const count = z.int().nonnegative();

const report = z
  .object({
    topology: text,
    startedAt: z.iso.datetime(),
    durationMs: z.number().nonnegative(),
    counts: z.object({ pass: count, fail: count, unknown: count, "not-applicable": count }),
    judged: z
      .array(
        z.object({
          id: z
            .string()
            .regex(/^[a-z-]+\/[a-z0-9-]+$/)
            .transform((id) => id as Requirement["id"]),
          title: text,
          severity: z.enum(SEVERITIES),
          status: z.enum(STATUSES),
          message: text,
          fix: text,
        }),
      )
      .min(1),
  })
  .refine(
    ({ counts, judged }) =>
      STATUSES.every((status) => counts[status] === judged.filter((line) => line.status === status).length),
    { path: ["counts"], message: "not what was judged" },
  );

const about = { marker: z.literal(OUTCOME_MARKER), topologyDigest: z.string() };
const outcome = z.union([
  z.object({ ...about, report }),
  z.object({ ...about, failure: z.object({ message: text, fix: z.array(text) }) }),
]);

/** The outcome as one line of JSON, short enough for an entry of the log. */
export function outcomeLine(result: JobOutcome, topologyDigest: string): string {
  const lineOf = (said: JobOutcome): string => JSON.stringify({ marker: OUTCOME_MARKER, topologyDigest, ...said });
  const whole = lineOf(result);
  if (!("report" in result) || byteLength(whole) <= LONGEST_LINE) return whole;
  const shortened = SHORTER.map((most) => lineOf({ report: withShorterMessages(result.report, most) }));
  return shortened.find((line) => byteLength(line) <= LONGEST_LINE) ?? shortened.at(-1) ?? whole;
}

/**
 * The outcome in an entry of the log.
 * @throws {PgtError} where it is not one, or is about another topology
 */
export function readOutcome(payload: unknown, topologyDigest: string): JobOutcome {
  const parsed = outcome.safeParse(payload);
  if (!parsed.success) {
    throw new PgtError(`the job's report is not understood: ${firstIssue(parsed.error)}`, {
      fix: [
        "Build the image from this version of the project (images/verify/Dockerfile), set access.verification.image to it, and run `pgt up`.",
      ],
    });
  }
  if (parsed.data.topologyDigest !== topologyDigest) {
    throw new PgtError("the job's report is about another topology than the one that is written now", {
      fix: ["Run `pgt up`, which tells the job the topology, and verify again."],
    });
  }
  return "report" in parsed.data ? { report: parsed.data.report } : { failure: parsed.data.failure };
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  const [deeper] = issue?.code === "invalid_union" ? issue.errors.flat() : [];
  const told = deeper ?? issue;
  return `${told?.path.join(".") ?? ""}: ${told?.message ?? ""}`;
}

function withShorterMessages(whole: VerifyReport, most: number): VerifyReport {
  return { ...whole, judged: whole.judged.map((line) => ({ ...line, message: shorter(line.message, most) })) };
}

function shorter(message: string, most: number): string {
  return message.length <= most ? message : `${message.slice(0, most)}… (shortened)`;
}

function byteLength(line: string): number {
  return Buffer.byteLength(line, "utf8");
}
