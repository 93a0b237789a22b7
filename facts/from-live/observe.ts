import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../../kernel/errors.ts";
import { Missing } from "../../requirements/known.ts";
import type { LiveAccess, LiveSession, Login } from "./live-access.ts";

/** What each part does, as Docker says: `healthy`, `unhealthy`, `starting`, `exited`, …; empty when Docker says nothing. */
export type Conditions = ReadonlyMap<string, string>;

/** A container in one of these states has a process that may answer. */
const ALIVE: readonly string[] = ["healthy", "unhealthy", "starting", "running"];

/** How facts are collected: what is reached, and what is known of the parts. */
export interface Collector {
  readonly access: LiveAccess;
  readonly conditions: Conditions;
}

/** What an observation needs of a {@link Collector}, on any target. */
export interface Observer {
  readonly access: { readonly signal: AbortSignal };
  readonly conditions: Conditions;
}

/** One thing to find out. */
export interface Observation {
  /** Completes "could not see …". */
  readonly name: string;
  readonly timeoutMs?: number;
  /** Parts that it cannot do without. */
  readonly needs: readonly string[];
}

/** Thrown where a fact turns out to have no meaning; the message is the reason. */
export class Inapplicable extends Error {}

/** Enough for a busy machine; a quiet one takes a fraction of a second. */
const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * Finds out one fact. Never throws for what it looks at: a part that does not run makes the fact not applicable
 * (`containers/healthy` names that part), a failure or the time-out makes it unknown.
 * @throws the signal's reason
 */
export async function observe<T>(
  { access, conditions }: Observer,
  { name, needs, timeoutMs = DEFAULT_TIMEOUT_MS }: Observation,
  find: () => Promise<T>,
): Promise<T | Missing> {
  const down = needs.find((part) => !mayAnswer(conditions, part));
  if (down !== undefined) return new Missing("not-applicable", `${down} is not running`);
  access.signal.throwIfAborted();
  const stop = new AbortController();
  try {
    return await Promise.race([find(), timeUp(timeoutMs, AbortSignal.any([stop.signal, access.signal]))]);
  } catch (error) {
    access.signal.throwIfAborted();
    if (error instanceof Inapplicable) return new Missing("not-applicable", error.message);
    return new Missing("unknown", `could not see ${name}: ${messageOf(error)}`);
  } finally {
    stop.abort();
  }
}

/** Whether it is worth asking; what Docker is silent about is asked. */
function mayAnswer(conditions: Conditions, part: string): boolean {
  const condition = conditions.get(part) ?? "";
  return condition === "" || ALIVE.includes(condition);
}

async function timeUp(timeoutMs: number, signal: AbortSignal): Promise<never> {
  await sleep(timeoutMs, undefined, { signal });
  throw new Error(`gave up after ${timeoutMs / 1000} s`);
}

/** Connects, hands the session over, and ends it. */
export async function withSession<T, L = Login>(
  access: { connect(login: L): Promise<LiveSession> },
  login: L,
  use: (session: LiveSession) => Promise<T>,
): Promise<T> {
  const session = await access.connect(login);
  try {
    return await use(session);
  } finally {
    await session.end();
  }
}
