import type { Duplex } from "node:stream";
import { factsFromDataHost } from "../facts/from-live/digitalocean/data-host.ts";
import { NOTHING_EXPORTED, readExports } from "../facts/from-live/digitalocean/exports.ts";
import type { DigitalOceanPlace, PlatformAccess } from "../facts/from-live/digitalocean/platform-access.ts";
import { factsFromPlatform } from "../facts/from-live/digitalocean/read-platform-facts.ts";
import type { Executed, LiveAccess, OtherDatabase } from "../facts/from-live/live-access.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import type { FactsByTopic } from "../requirements/facts/facts-by-topic.ts";
import { FLOORS } from "../requirements/floors.ts";
import { judgeAll } from "../requirements/judge.ts";
import type { TopologyOutputs } from "../topology/contract.ts";
import type { ResolvedDataHost, ResolvedDigitalOcean } from "../topology/resolved-digitalocean.ts";
import type { CloudSecrets, TopologySecrets } from "../topology/secrets.ts";
import { connectData, type DataConnector } from "./connect-data-host.ts";
import { connectManaged, type ManagedConnector } from "./connect-digitalocean.ts";
import { digitalOceanApi, type DigitalOceanOptions } from "./digitalocean-api.ts";
import { type JudgedOf, makeReport, type VerifyReport } from "./report.ts";
import { Sessions } from "./sessions.ts";
import { strangerCa } from "./stranger-ca.ts";

/** An open way to the data host: what a session over SSH has. */
export interface HostWay {
  /** A TCP connection that starts on the host. */
  forward(host: string, port: number): Promise<Duplex>;
  /** Runs a command on the host as the server's own user, whatever it ends with. */
  execute(command: readonly string[], timeoutMs: number): Promise<Executed>;
}

/** How the databases are reached from here: through the data host, from inside the VPC, or not at all. */
export type Way = HostWay | "inside" | { readonly closed: string };

/** What to verify on DigitalOcean, and how to reach it. */
export interface VerifyDigitalOceanOptions {
  readonly topology: ResolvedDigitalOcean;
  /** What applications are told: it is this that is tried. */
  readonly outputs: Pick<TopologyOutputs, "writer" | "readers" | "pooled" | "caCertificate" | "data">;
  readonly place: DigitalOceanPlace;
  /** Of the managed servers' roles. */
  readonly passwords: CloudSecrets["passwords"];
  /** Of the data database's; `undefined` without one. */
  readonly dataSecrets: Pick<TopologySecrets, "passwords"> | undefined;
  readonly api: Pick<DigitalOceanOptions, "token" | "baseUrl" | "tryTimeoutMs">;
  readonly way: Way;
  /** Checks the backup repository anew, which reads every byte of it. */
  readonly deep?: boolean;
  readonly signal: AbortSignal;
  /** What age is reckoned from; the present unless told. */
  readonly now?: Date;
}

/** One verification, with what it opens. */
interface Run extends VerifyDigitalOceanOptions {
  readonly now: Date;
  readonly sessions: Sessions;
  readonly stranger: string;
}

/** The first unit of the backups: rendering/data-host/units.ts */
const BACKUP_TIMER = "pgtopology-backup-full.timer";
const LOOK_TIMEOUT_MS = 15_000;
const NO_COMMANDS = "what runs on the data host is seen over SSH alone: verify without --vantage inside";

/**
 * Reads the stack back through DigitalOcean's API, and both databases by SQL, and judges every requirement that can be
 * judged live. Where nothing leads to the databases, what only they can tell is unknown, and says what to run where.
 * @throws {PgtError} exit code 3 where the API lets nobody ask; the signal's reason when it is aborted
 */
export async function verifyDigitalOcean(options: VerifyDigitalOceanOptions): Promise<VerifyReport> {
  const { signal, topology } = options;
  signal.throwIfAborted();
  const started = performance.now();
  const startedAt = new Date();
  const run: Run = {
    ...options,
    now: options.now ?? startedAt,
    sessions: new Sessions(),
    stranger: await strangerCa(),
  };
  try {
    const { data, primary } = await collect(run);
    const judged =
      data === undefined
        ? judge(run, primary, undefined)
        : [...judge(run, primary, topology.database), ...judge(run, data, topology.dataHost?.server.database)];
    return makeReport({ topology: topology.name, startedAt, durationMs: performance.now() - started, judged });
  } finally {
    await run.sessions.close();
  }
}

/** Both databases side by side: most of it is waiting. */
async function collect(run: Run): Promise<{ primary: FactsByTopic; data: FactsByTopic | undefined }> {
  const { dataHost } = run.topology;
  const onHost = dataHost === undefined ? "the stack has no data host" : hostAccess(run, dataHost);
  const isExported = run.topology.backup?.exports === true && dataHost !== undefined;
  const exports = isExported ? await readExports(onHost, dataHost) : NOTHING_EXPORTED;
  const other = typeof onHost === "string" ? undefined : onHost;
  const { host, primary } = await factsFromPlatform(platformAccess(run, other), exports);
  const looks = [primary, Promise.resolve(host && factsFromDataHost(onHost, host))] as const;
  // What one has begun, it ends: connections are not taken away from it because the other fails.
  await Promise.allSettled(looks);
  const [ofPrimary, ofData] = await Promise.all(looks);
  return { primary: ofPrimary, data: ofData };
}

function judge({ topology }: Run, facts: FactsByTopic, database: string | undefined): JudgedOf[] {
  const verdicts = judgeAll(CATALOGUE, facts, "live", FLOORS[topology.environment]);
  return verdicts.map((verdict) => (database === undefined ? verdict : { ...verdict, database }));
}

function managedConnector({ outputs, passwords, stranger, topology, way }: Run): ManagedConnector {
  return { topology, outputs, passwords, strangerCa: stranger, forward: forwardOf(way) };
}

function platformAccess(run: Run, other: OtherDatabase | undefined): PlatformAccess {
  const { api, now, passwords, place, sessions, signal, topology, way } = run;
  const connector = managedConnector(run);
  return {
    topology,
    passwords,
    other,
    place,
    api: digitalOceanApi({ ...api, signal }),
    signal,
    now,
    probeConnections: FLOORS[topology.environment].probeConnections,
    dial: closedText(way) ?? ((login) => sessions.open(() => connectManaged(connector, login))),
  };
}

/** The data database as any PostgreSQL of the stack's own; a text says why it can't be looked at. */
function hostAccess(run: Run, { server }: ResolvedDataHost): LiveAccess | string {
  const { dataSecrets, deep = false, now, outputs, sessions, signal, stranger, way } = run;
  const closed = closedText(way);
  if (closed !== undefined) return closed;
  if (dataSecrets === undefined || outputs.data === undefined) return "the stack exports no data database";
  const connector: DataConnector = {
    server,
    outputs: outputs.data,
    secrets: dataSecrets,
    strangerCa: stranger,
    forward: forwardOf(way),
  };
  const primary = managedConnector(run);
  const execute: LiveAccess["execute"] = (_part, command, timeoutMs) =>
    isHostWay(way) ? way.execute(command, timeoutMs) : Promise.reject(new Error(NO_COMMANDS));
  return {
    topology: server,
    secrets: dataSecrets,
    // What is expected stands in the first database.
    expected: { schemas: [], tables: [], columns: [], extensions: [] },
    signal,
    now,
    deep,
    execute,
    isScheduled: async () =>
      (await execute(server.primary.part, ["systemctl", "is-active", "--quiet", BACKUP_TIMER], LOOK_TIMEOUT_MS))
        .exitCode === 0,
    connect: (login) => sessions.open(() => connectData(connector, login)),
    administrator: (part) =>
      sessions.shared(`data ${part}`, () => connectData(connector, { part, role: "administrator" })),
    // Its pool has one user: whoever else comes is tried on the server.
    other: {
      topology: { database: run.topology.database, primary: run.topology.primary, pooling: undefined },
      connect: (login) => sessions.open(() => connectManaged(primary, login)),
    },
  };
}

function forwardOf(way: Way): HostWay["forward"] | undefined {
  return isHostWay(way) ? (host, port) => way.forward(host, port) : undefined;
}

function isHostWay(way: Way): way is HostWay {
  return typeof way === "object" && "forward" in way;
}

function closedText(way: Way): string | undefined {
  if (typeof way === "string" || isHostWay(way)) return undefined;
  return (
    `no way to the databases: ${way.closed}. Run it where SSH reaches the data host (access.ssh.sources), ` +
    "or on a machine inside the VPC and say so (--vantage inside)"
  );
}
