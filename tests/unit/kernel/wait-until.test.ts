import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PgtError } from "../../../kernel/errors.ts";
import { waitUntil } from "../../../kernel/wait-until.ts";

describe("waitUntil", () => {
  it("returns what an attempt gives at last, also after errors", async () => {
    const answers = [undefined, false, new Error("not yet"), 0];
    const result = await waitUntil(
      () => {
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return answer as number | undefined | false;
      },
      { name: "the answer", timeoutMs: 10_000, intervalMs: 1 },
    );
    assert.equal(result, 0);
  });

  it("names what it waited for, and the last error, when the time is up", async () => {
    await assert.rejects(
      waitUntil(() => Promise.reject(new Error("refused")), { name: "the door", timeoutMs: 5, intervalMs: 1 }),
      (error: unknown) =>
        error instanceof PgtError && error.message === "gave up waiting for the door after 0.005 s: refused",
    );
  });

  it("ends with an error that no further try would change", async () => {
    const [passing, final] = [new Error("busy"), new Error("forbidden")];
    const errors = [passing, final];
    const wait = { name: "the door", timeoutMs: 10_000, intervalMs: 1, isFinal: (error: unknown) => error === final };
    await assert.rejects(
      waitUntil(() => Promise.reject(errors.shift() ?? new Error("tried again")), wait),
      (error: unknown) => error === final,
    );
  });

  it("ends with the reason also when it is interrupted between two tries", async () => {
    const interruption = new AbortController();
    const waiting = waitUntil(() => undefined, {
      name: "never",
      timeoutMs: 10_000,
      intervalMs: 5_000,
      signal: interruption.signal,
    });
    const reason = new Error("Ctrl-C");
    setTimeout(() => interruption.abort(reason), 20);
    await assert.rejects(waiting, (thrown) => thrown === reason);
  });

  it("ends with the reason of an interruption", async () => {
    const reason = new Error("enough");
    await assert.rejects(
      waitUntil(() => undefined, { name: "never", timeoutMs: 10_000, signal: AbortSignal.abort(reason) }),
      reason,
    );
  });
});
