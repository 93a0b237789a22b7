import { CATALOGUE } from "../requirements/catalogue.ts";
import { NOT_ON_DOCKER } from "../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN } from "../requirements/facts/nothing-known.ts";
import { FLOORS } from "../requirements/floors.ts";
import { judgeAll } from "../requirements/judge.ts";
import type { ResolvedDocker } from "../topology/resolved-docker.ts";
import { makeReport, type VerifyReport } from "./report.ts";

/** What a place has to say that sees nothing of a topology on Docker: every requirement that it should have judged. */
export function verifyNothing({ environment, name }: ResolvedDocker): VerifyReport {
  const judged = judgeAll(CATALOGUE, { ...NOTHING_KNOWN, ...NOT_ON_DOCKER }, "live", FLOORS[environment]);
  return makeReport({ topology: name, startedAt: new Date(), durationMs: 0, judged });
}
