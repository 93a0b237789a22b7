// Does not prove that the facts are read rightly from a server: tests/integration/verify does.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { plaintextRefused, together } from "../../../../facts/from-live/encryption.ts";
import { explainConditions } from "../../../../facts/from-live/explain-conditions.ts";
import { slotFacts } from "../../../../facts/from-live/replication.ts";
import { NOTHING_KNOWN, unknownContainer, unknownReplica } from "../../../../requirements/facts/nothing-known.ts";
import { Missing } from "../../../../requirements/known.ts";

const MOOT = new Missing("not-applicable", "replica-a is not running");
const DARK = new Missing("unknown", "could not see it: no answer");

describe("a slot", () => {
  const row = { name: "replica_a", active: true, walStatus: "reserved", keptBytes: 16 };
  const conditions = (condition: string) => ({ conditions: new Map([["replica-a", condition]]) });

  it("is as the primary says", () => {
    assert.deepEqual(slotFacts("replica-a", "replica_a", [row], conditions("healthy")), {
      slotExists: true,
      slotActive: true,
      slotWalStatus: "reserved",
      slotKeptBytes: 16,
    });
  });

  it("that nobody uses is a failure while its replica runs, and none while it is stopped", () => {
    const idle = [{ ...row, active: false }];
    assert.equal(slotFacts("replica-a", "replica_a", idle, conditions("unhealthy")).slotActive, false);
    assert.deepEqual(slotFacts("replica-a", "replica_a", idle, conditions("exited")).slotActive, MOOT);
  });

  it("that is gone is told once", () => {
    const gone = slotFacts("replica-a", "replica_a", [], conditions("exited"));
    assert.equal(gone.slotExists, false);
    assert.deepEqual(gone.slotWalStatus, new Missing("not-applicable", "the slot replica_a does not exist"));
  });

  it("explains why its replica is unhealthy, but not why it is stopped", () => {
    const of = (condition: string, slotExists: boolean) => {
      const replicas = [{ ...unknownReplica("a"), slot: "replica_a", slotExists }];
      const container = { ...unknownContainer("x-replica-a"), part: "replica-a", condition };
      const explained = explainConditions(
        { ...NOTHING_KNOWN.containers, containers: [container] },
        { ...NOTHING_KNOWN.replication, replicas },
      );
      return (explained.containers as (typeof container)[])[0]?.condition;
    };
    assert.deepEqual(
      of("unhealthy", false),
      new Missing("not-applicable", "the slot replica_a does not exist, which replication/slots-active judges"),
    );
    assert.equal(of("unhealthy", true), "unhealthy");
    assert.equal(of("exited", false), "exited");
  });
});

describe("plain text", () => {
  const hostssl = { type: "hostssl", databases: ["all"], users: ["all"], method: "scram-sha-256" };

  it("is refused when the client that tried was refused and no line lets another in", () => {
    assert.equal(plaintextRefused(true, [hostssl, { ...hostssl, type: "host", method: "reject" }]), true);
  });

  it("is not refused when either says otherwise", () => {
    assert.equal(plaintextRefused(true, [{ ...hostssl, type: "host" }, hostssl]), false);
    assert.equal(plaintextRefused(false, [hostssl]), false);
  });

  it("is unknown when one of both is, and needs no lines of a pooler", () => {
    assert.equal(plaintextRefused(true, DARK), DARK);
    assert.equal(plaintextRefused(DARK, [hostssl]), DARK);
    assert.equal(plaintextRefused(true, undefined), true);
  });
});

describe("lists of several parts", () => {
  it("are one list; a part that does not run adds nothing", () => {
    assert.deepEqual(together([["a"], MOOT, ["b"]]), ["a", "b"]);
    assert.deepEqual(together([[], MOOT]), []);
    assert.equal(together([MOOT, MOOT]), MOOT);
  });

  it("are unknown when a part is, unless something was found", () => {
    assert.equal(together([[], DARK]), DARK);
    assert.deepEqual(together([["a"], DARK]), ["a"]);
  });
});
