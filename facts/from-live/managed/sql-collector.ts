import type { Missing } from "../../../requirements/known.ts";
import type { LiveSession, Login } from "../live-access.ts";
import { type Observation, observe, type Observer } from "../observe.ts";

/** Who connects where: to a managed server, or to the cloud's pooler in front of it. */
export interface ManagedLogin extends Login {
  readonly pooled?: boolean;
}

/** How facts of a cloud's servers are collected by SQL. */
export interface SqlCollector extends Observer {
  readonly access: {
    readonly signal: AbortSignal;
    /** What age is reckoned from. */
    readonly now: Date;
    /** Connections that are opened at once to see how long that takes. */
    readonly probeConnections: number;
    connect(login: ManagedLogin): Promise<LiveSession>;
    /** The administrator's session on a server, shared by everybody who only reads; nobody ends it. */
    administrator(part: string): Promise<LiveSession>;
  };
  /** Why nothing is asked by SQL; `undefined` where it is. */
  readonly closed: Missing | undefined;
}

/** As {@link observe}; where nothing leads to the servers, nothing is tried. */
export async function observeSql<T>(
  collector: SqlCollector,
  observation: Observation,
  find: () => Promise<T>,
): Promise<T | Missing> {
  return collector.closed ?? observe(collector, observation, find);
}

/** One administrator's session for each part, made when it is first asked for. */
export function sharedAdministrators(
  connect: SqlCollector["access"]["connect"],
): SqlCollector["access"]["administrator"] {
  const shared = new Map<string, Promise<LiveSession>>();
  return (part) => {
    const session = shared.get(part) ?? connect({ part, role: "administrator" });
    shared.set(part, session);
    return session;
  };
}
