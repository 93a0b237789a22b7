// Check → act → prove, with ways that do nothing real. It does not prove that any real way works.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { examine } from "../../../cli/setup/doctor.ts";
import type { Machine, Part, Way } from "../../../cli/setup/part.ts";
import { setUp } from "../../../cli/setup/set-up.ts";
import { PgtError } from "../../../kernel/errors.ts";

const FOUND = { value: 7, version: "1.2", from: "/somewhere" };

function machine(signal = new AbortController().signal): Machine {
  return { root: "/r", toolchainDir: "/r/t", stateDir: "/r/s", env: {}, signal, say: () => undefined };
}

/** A part that is there once one of its ways has brought it; `did` names the ways that were gone. */
function partWith(...ways: ((bring: () => void) => Partial<Way>)[]): { part: Part<number>; did: string[] } {
  const did: string[] = [];
  let isThere = false;
  const bring = (): void => {
    isThere = true;
  };
  return {
    did,
    part: {
      title: "a part",
      find: () => Promise.resolve(isThere ? FOUND : undefined),
      ways: ways.map((make, index) => {
        const way: Way = {
          title: `way ${index + 1}`,
          byHand: `do ${index + 1} by hand`,
          unavailable: () => Promise.resolve(undefined),
          act: () => Promise.resolve(),
          ...make(bring),
        };
        const act = (on: Machine): Promise<void> => {
          did.push(way.title);
          return way.act(on);
        };
        return { ...way, act };
      }),
    },
  };
}

const unavailable = (): Partial<Way> => ({ unavailable: () => Promise.resolve("no network") });
const failing = (): Partial<Way> => ({ act: () => Promise.reject(new PgtError("checksum differs")) });
const idle = (): Partial<Way> => ({});
const working = (bring: () => void): Partial<Way> => ({
  act: () => {
    bring();
    return Promise.resolve();
  },
});

describe("setUp", () => {
  it("goes the first way that works, and none after it", async () => {
    const { part, did } = partWith(unavailable, failing, idle, working, working);
    assert.deepEqual(await setUp(machine(), part), FOUND);
    assert.deepEqual(did, ["way 2", "way 3", "way 4"]);
  });

  it("does nothing when the part is there", async () => {
    const { part, did } = partWith(working);
    await setUp(machine(), part);
    await setUp(machine(), part);
    assert.deepEqual(did, ["way 1"]);
  });

  it("lists every way with why it failed and how to go it by hand, with exit code 3", async () => {
    const { part } = partWith(unavailable, failing, idle);
    await assert.rejects(setUp(machine(), part), (error: unknown) => {
      assert.ok(error instanceof PgtError);
      assert.equal(error.exitCode, 3);
      assert.match(error.message, /way 1: no network\n.*way 2: checksum differs\n.*way 3: .*not found/s);
      assert.deepEqual(error.fix, ["way 1: do 1 by hand", "way 2: do 2 by hand", "way 3: do 3 by hand"]);
      return true;
    });
  });

  it("tries no further way after the user stopped it", async () => {
    const stop = new AbortController();
    const stopping = (): Partial<Way> => ({
      act: () => {
        stop.abort(new Error("stopped"));
        return Promise.reject(new Error("killed"));
      },
    });
    const { part, did } = partWith(stopping, working);
    await assert.rejects(setUp(machine(stop.signal), part), /stopped/);
    assert.deepEqual(did, ["way 1"]);
  });
});

describe("examine", () => {
  it("says what is there, and the ways to what is not, and goes none", async () => {
    const there = partWith(working);
    await setUp(machine(), there.part);
    const missing = partWith(unavailable, working);
    assert.deepEqual(await examine(machine(), [there.part, missing.part]), [
      { title: "a part", isFound: true, version: "1.2", from: "/somewhere" },
      {
        title: "a part",
        isFound: false,
        ways: [
          { title: "way 1", byHand: "do 1 by hand", unavailable: "no network" },
          { title: "way 2", byHand: "do 2 by hand" },
        ],
      },
    ]);
    assert.deepEqual(missing.did, []);
  });

  it("reports a look that failed as not found, with why", async () => {
    const part: Part = { title: "x", find: () => Promise.reject(new Error("wrong context")), ways: [] };
    const [report] = await examine(machine(), [part]);
    assert.deepEqual(report, { title: "x", isFound: false, ways: [], note: "wrong context" });
  });
});
