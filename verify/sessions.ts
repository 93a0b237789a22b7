import type { LiveSession } from "../facts/from-live/live-access.ts";
import { PgtError } from "../kernel/errors.ts";

/** Every connection of one verification, so that none outlives it. */
export class Sessions {
  readonly #open = new Set<LiveSession>();
  readonly #shared = new Map<string, Promise<LiveSession>>();
  #closed = false;

  async open(connecting: () => Promise<LiveSession>): Promise<LiveSession> {
    if (this.#isClosed()) throw new PgtError("the verification has ended");
    const session = await connecting();
    this.#open.add(session);
    // It may have ended while this connection was made.
    if (this.#isClosed()) await session.end();
    return session;
  }

  shared(key: string, connecting: () => Promise<LiveSession>): Promise<LiveSession> {
    const session = this.#shared.get(key) ?? this.open(connecting);
    this.#shared.set(key, session);
    return session;
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((session) => session.end()));
  }
}
