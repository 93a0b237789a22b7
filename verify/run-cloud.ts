import type { CloudAccess } from "../facts/from-live/gcp/cloud-access.ts";
import { factsFromCloud } from "../facts/from-live/gcp/read-cloud-facts.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import { FLOORS } from "../requirements/floors.ts";
import { judgeAll } from "../requirements/judge.ts";
import type { ResolvedGcp } from "../topology/resolved-gcp.ts";
import type { VerificationPasswords } from "../topology/verification-job.ts";
import { cloudSqlClient } from "./cloud-sql-client.ts";
import type { GoogleApiOptions } from "./google-api.ts";
import { type CloudConnector, connectCloud } from "./connect-cloud.ts";
import { makeReport, type VerifyReport } from "./report.ts";
import { Sessions } from "./sessions.ts";
import { strangerCa } from "./stranger-ca.ts";

/** What to verify on Cloud SQL, and how to reach it. */
export interface VerifyCloudOptions {
  readonly topology: ResolvedGcp;
  readonly project: string;
  /** Ends every name. */
  readonly suffix: string;
  /** The Admin API; see {@link cloudSqlClient}. */
  readonly api?: Pick<GoogleApiOptions, "accessToken" | "baseUrl" | "tryTimeoutMs">;
  /**
   * `inside`: the private addresses are reached from here, and the SQL part runs. Without it every requirement that SQL
   * proves is unknown, and says so.
   */
  readonly vantage: "inside" | undefined;
  readonly passwords: VerificationPasswords;
  /** See {@link CloudConnector.reach}. */
  readonly reach?: CloudConnector["reach"];
  readonly signal: AbortSignal;
  /** What age is reckoned from; the present unless told. */
  readonly now?: Date;
}

/**
 * Reads the topology back through the Admin API and by SQL, and judges every requirement that can be judged live.
 * @throws {PgtError} exit code 3 where the API lets nobody ask; the signal's reason when it is aborted
 */
export async function verifyCloud(options: VerifyCloudOptions): Promise<VerifyReport> {
  const { api = {}, passwords, project, signal, suffix, topology, vantage } = options;
  signal.throwIfAborted();
  const started = performance.now();
  const startedAt = new Date();
  const sessions = new Sessions();
  const floors = FLOORS[topology.environment];
  const connector: CloudConnector = { topology, passwords, strangerCa: await strangerCa(), reach: options.reach };
  const access: CloudAccess = {
    topology,
    project,
    suffix,
    signal,
    api: await cloudSqlClient({ project, signal, ...api }),
    now: options.now ?? startedAt,
    probeConnections: floors.probeConnections,
    dial:
      vantage === undefined
        ? undefined
        : (endpoint, login) => sessions.open(() => connectCloud(connector, endpoint, login)),
  };
  try {
    const judged = judgeAll(CATALOGUE, await factsFromCloud(access), "live", floors);
    return makeReport({ topology: topology.name, startedAt, durationMs: performance.now() - started, judged });
  } finally {
    await sessions.close();
  }
}
