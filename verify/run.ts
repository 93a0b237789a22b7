import type Dockerode from "dockerode";
import { execute } from "../facts/from-live/execute.ts";
import type { DockerAccess } from "../facts/from-live/live-access.ts";
import { factsFromLive } from "../facts/from-live/read-facts.ts";
import { CATALOGUE } from "../requirements/catalogue.ts";
import { FLOORS } from "../requirements/floors.ts";
import { judgeAll } from "../requirements/judge.ts";
import type { DatabaseSecrets, StackSecrets } from "../topology/secrets.ts";
import { connect, type Connector } from "./connect.ts";
import { type JudgedOf, makeReport, type VerifyReport } from "./report.ts";
import { Sessions } from "./sessions.ts";
import { strangerCa } from "./stranger-ca.ts";

/** What to verify, and how to reach it. */
export interface VerifyOptions extends StackSecrets {
  readonly docker: Dockerode;
  /** Checks the backup repositories anew, which reads every byte of them. */
  readonly deep?: boolean;
  readonly signal: AbortSignal;
  /** What age is reckoned from; the present unless told. */
  readonly now?: Date;
}

/** A database, and every connection to it. */
interface Reached extends DatabaseSecrets {
  readonly connector: Connector;
  readonly sessions: Sessions;
}

/**
 * Looks at the running topology, both databases of a split side by side, and judges every requirement that can be judged
 * live.
 * @throws the signal's reason when it is aborted; nothing is left behind
 */
export async function verifyTopology(options: VerifyOptions): Promise<VerifyReport> {
  const { data, signal, topology } = options;
  signal.throwIfAborted();
  const started = performance.now();
  const startedAt = new Date();
  const stranger = await strangerCa();
  const first = reached(options, stranger);
  const second = data && reached(data, stranger);
  const pairs: [Reached, Reached?][] =
    second === undefined
      ? [[first]]
      : [
          [first, second],
          [second, first],
        ];
  try {
    const looks = pairs.map(async ([one, other]): Promise<JudgedOf[]> => {
      const facts = await factsFromLive(accessTo(one, other, { ...options, startedAt }));
      const verdicts = judgeAll(CATALOGUE, facts, "live", FLOORS[topology.environment]);
      return verdicts.map((verdict) => (second ? { ...verdict, database: one.topology.database } : verdict));
    });
    // What one has begun, it ends: connections are not taken away from it because the other fails.
    await Promise.allSettled(looks);
    const judged = (await Promise.all(looks)).flat();
    return makeReport({
      topology: topology.name,
      startedAt,
      durationMs: performance.now() - started,
      judged,
    });
  } finally {
    await Promise.all([first.sessions.close(), second?.sessions.close()]);
  }
}

function reached({ topology, secrets }: DatabaseSecrets, stranger: string): Reached {
  return { topology, secrets, connector: { topology, secrets, strangerCa: stranger }, sessions: new Sessions() };
}

function accessTo(
  { connector, secrets, sessions, topology }: Reached,
  other: Reached | undefined,
  { deep, docker, now, signal, startedAt }: VerifyOptions & { startedAt: Date },
): DockerAccess {
  return {
    topology,
    secrets,
    expected: topology.expected,
    docker,
    signal,
    deep: deep ?? false,
    now: now ?? startedAt,
    execute: (part, command, timeoutMs) =>
      execute(docker, { container: `${topology.name}-${part}`, command, timeoutMs, signal }),
    // The scheduler does nothing else; whether it runs is told by its container.
    isScheduled: () => Promise.resolve(true),
    connect: (login) => sessions.open(() => connect(connector, login)),
    administrator: (part) => sessions.shared(part, () => connect(connector, { part, role: "administrator" })),
    other: other && {
      topology: other.topology,
      connect: (login) => other.sessions.open(() => connect(other.connector, login)),
    },
  };
}
