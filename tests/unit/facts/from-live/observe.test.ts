// Does not prove anything of Docker or PostgreSQL: what is observed here is made up.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { LiveAccess } from "../../../../facts/from-live/live-access.ts";
import { type Collector, Inapplicable, observe } from "../../../../facts/from-live/observe.ts";
import { Missing } from "../../../../requirements/known.ts";

function collector(conditions: Record<string, string> = {}, signal = new AbortController().signal): Collector {
  return { access: { signal } as LiveAccess, conditions: new Map(Object.entries(conditions)) };
}

describe("one observation", () => {
  it("gives what was found", async () => {
    const found = await observe(collector(), { name: "it", needs: [] }, () => Promise.resolve(7));
    assert.equal(found, 7);
  });

  it("is not applicable, and is not tried, when a part that it needs does not run", async () => {
    for (const condition of ["exited", "paused", "absent", "created"]) {
      const conditions = { primary: "healthy", "replica-a": condition };
      const found = await observe(collector(conditions), { name: "it", needs: ["primary", "replica-a"] }, () => {
        throw new Error("it was tried");
      });
      assert.deepEqual(found, new Missing("not-applicable", "replica-a is not running"), condition);
    }
  });

  it("is tried when a part is unhealthy, still starting, or unknown to Docker", async () => {
    for (const condition of ["unhealthy", "starting", "running", ""]) {
      const needs = ["primary"];
      const found = await observe(collector({ primary: condition }), { name: "it", needs }, () =>
        Promise.resolve("yes"),
      );
      assert.equal(found, "yes", condition);
    }
  });

  it("is unknown for the reason that made it fail", async () => {
    const found = await observe(collector(), { name: "the slots", needs: [] }, () =>
      Promise.reject(new Error("connection refused")),
    );
    assert.deepEqual(found, new Missing("unknown", "could not see the slots: connection refused"));
  });

  it("is unknown when it takes too long, under its name", async () => {
    const never = () => new Promise<never>(() => undefined);
    const found = await observe(collector(), { name: "the slots", needs: [], timeoutMs: 5 }, never);
    assert.deepEqual(found, new Missing("unknown", "could not see the slots: gave up after 0.005 s"));
  });

  it("is not applicable when it turns out to have no meaning", async () => {
    const found = await observe(collector(), { name: "it", needs: [] }, () =>
      Promise.reject(new Inapplicable("session mode")),
    );
    assert.deepEqual(found, new Missing("not-applicable", "session mode"));
  });

  it("ends at once with the signal's reason when it is interrupted", async () => {
    const interrupt = new AbortController();
    const never = () => new Promise<never>(() => undefined);
    const observing = observe(collector({}, interrupt.signal), { name: "it", needs: [] }, never);
    const reason = new Error("Ctrl-C");
    interrupt.abort(reason);
    await assert.rejects(observing, (thrown) => thrown === reason);
  });
});
