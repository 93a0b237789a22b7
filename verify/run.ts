import type Dockerode from "dockerode";
import type { LiveAccess } from "../facts/from-live/live-access.ts";
import { factsFromLive } from "../facts/from-live/read-facts.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import { FLOORS } from "../requirements/floors.ts";
import { judgeAll } from "../requirements/judge.ts";
import type { ResolvedDocker } from "../topology/resolved-docker.ts";
import type { TopologySecrets } from "../topology/secrets.ts";
import { connect } from "./connect.ts";
import { makeReport, type VerifyReport } from "./report.ts";
import { Sessions } from "./sessions.ts";
import { strangerCa } from "./stranger-ca.ts";

/** What to verify, and how to reach it. */
export interface VerifyOptions {
  readonly topology: ResolvedDocker;
  readonly secrets: TopologySecrets;
  readonly docker: Dockerode;
  /** Checks the backup repository anew, which reads every byte of it. */
  readonly deep?: boolean;
  readonly signal: AbortSignal;
  /** What age is reckoned from; the present unless told. */
  readonly now?: Date;
}

/**
 * Looks at the running topology and judges every requirement that can be judged live.
 * @throws the signal's reason when it is aborted; nothing is left behind
 */
export async function verifyTopology(options: VerifyOptions): Promise<VerifyReport> {
  const { topology, signal } = options;
  signal.throwIfAborted();
  const started = performance.now();
  const startedAt = new Date();
  const sessions = new Sessions();
  const connector = { topology, secrets: options.secrets, strangerCa: await strangerCa() };
  const access: LiveAccess = {
    ...options,
    deep: options.deep ?? false,
    now: options.now ?? startedAt,
    connect: (login) => sessions.open(() => connect(connector, login)),
    administrator: (part) => sessions.shared(part, () => connect(connector, { part, role: "administrator" })),
  };
  try {
    const facts = await factsFromLive(access);
    const judged = judgeAll(CATALOGUE, facts, "live", FLOORS[topology.environment]);
    return makeReport({ topology: topology.name, startedAt, durationMs: performance.now() - started, judged });
  } finally {
    await sessions.close();
  }
}
