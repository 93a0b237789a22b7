import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { Target } from "../../topology/spec.ts";

/** Something that is otherwise than the last deployment left it. */
export interface Drift {
  /** The resource, or the requirement that failed, after its database in a stack with two. */
  readonly where: string;
  /** As in `memory: 512, now 600`. */
  readonly what: string;
  readonly seenBy: "engine" | "verification";
  /** What to do, in a sentence. */
  readonly fix: string;
}

/** Something that is otherwise, and has to be: nobody changed it by hand. */
export interface ExpectedDrift extends Omit<Drift, "fix"> {
  /** As in "expected after a failover: …". */
  readonly because: string;
  readonly source: string;
}

/** What was found: the shape of `pgt drift --json`, which stays as it is. */
export interface DriftReport {
  readonly stack: string;
  readonly target: Target;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly drift: readonly Drift[];
  readonly expected: readonly ExpectedDrift[];
  /** Looks that could not be taken, each with its reason. */
  readonly notSeen: readonly string[];
  /** What is no drift, and worth knowing. */
  readonly notes: readonly string[];
}

/** 1 when something drifted; else 3 when a look could not be taken, which is no clean bill; else 0. */
export function exitCodeOf({ drift, notSeen }: Pick<DriftReport, "drift" | "notSeen">): ExitCode {
  if (drift.length > 0) return EXIT.failed;
  return notSeen.length > 0 ? EXIT.couldNotCheck : EXIT.ok;
}
