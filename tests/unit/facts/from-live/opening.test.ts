// What is made of connections of which none opens. Does not prove that a server behaves so: the sessions are made up.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { LiveSession } from "../../../../facts/from-live/live-access.ts";
import { readOpening } from "../../../../facts/from-live/managed/connections.ts";
import { isKnown, Missing } from "../../../../requirements/known.ts";

const SESSION: LiveSession = {
  rows: () => Promise.resolve([]),
  prepared: () => Promise.resolve([]),
  certificateEnd: () => undefined,
  end: () => Promise.resolve(),
};

describe("connections that are opened at once", () => {
  const opening = (administrator: () => Promise<LiveSession>) =>
    readOpening(
      {
        access: {
          now: new Date(),
          probeConnections: 3,
          signal: new AbortController().signal,
          connect: () => Promise.reject(new Error("no way to the server")),
          administrator,
        },
        conditions: new Map(),
        closed: undefined,
      },
      "primary",
      true,
    );

  it("are not known where nothing leads to the server", async () => {
    const found = await opening(() => Promise.reject(new Error("no way to the server")));
    assert.ok(found instanceof Missing);
    assert.equal(found.status, "unknown");
    assert.match(found.reason, /3 connections at once: no way to the server/);
  });

  it("are none where the server answers, and takes none of them", async () => {
    const found = await opening(() => Promise.resolve(SESSION));
    assert.ok(isKnown(found));
    assert.deepEqual([found.asked, found.opened, found.reasons], [3, 0, ["no way to the server"]]);
  });
});
