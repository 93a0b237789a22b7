// How the suite that watches a running stack (tests/e2e/labels.test.ts) makes a label of what it has seen.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { ChangeLabel } from "../../../../topology/change-label.ts";
import { observedLabel, type SeenChange, type SeenServer, type SeenStack } from "../../../support/observed-change.ts";

const SERVER: SeenServer = {
  isPrimary: true,
  system: "7",
  copy: "monday",
  timeline: 1,
  startedAt: "10:00",
  reloadedAt: "10:00",
};
const REPLICA: SeenServer = { ...SERVER, isPrimary: false, copy: "tuesday" };
const STACK: SeenStack = {
  servers: { primary: SERVER, "replica-a": REPLICA },
  poolers: { pooler: "container 10:00" },
  repositories: { backups: "monday" },
};

function seen(after: Partial<SeenStack>, more: Partial<SeenChange> = {}): SeenChange {
  return { before: STACK, after: { ...STACK, ...after }, rows: { app: "reached" }, lostSessions: [], ...more };
}

const primary = (change: Partial<SeenServer>): SeenChange =>
  seen({ servers: { ...STACK.servers, primary: { ...SERVER, ...change } } });
const replica = (change: Partial<SeenServer>): SeenChange =>
  seen({ servers: { ...STACK.servers, "replica-a": { ...REPLICA, ...change } } });

const CASES: readonly (readonly [title: string, change: SeenChange, label: ChangeLabel])[] = [
  ["nothing", seen({}), "none"],
  ["a server and a pooler more", seen({ servers: { ...STACK.servers, b: REPLICA } }), "none"],
  ["a repository more", seen({ repositories: { ...STACK.repositories, more: "today" } }), "none"],
  ["configuration that was read anew", replica({ reloadedAt: "11:00" }), "reload"],
  ["a primary that has started anew", primary({ startedAt: "11:00", reloadedAt: "11:00" }), "restart"],
  ["a replica that has started anew", replica({ startedAt: "11:00" }), "restart"],
  ["a pooler that has started anew", seen({ poolers: { pooler: "container 11:00" } }), "restart"],
  ["a pooler that is gone", seen({ poolers: {} }), "restart"],
  ["a session that has ended, whatever else was seen", seen({}, { lostSessions: ["one"] }), "restart"],
  ["another timeline", primary({ timeline: 2 }), "failover"],
  ["a replica that is the primary", replica({ isPrimary: true }), "failover"],
  ["a replica that was copied anew", replica({ copy: "today", startedAt: "11:00" }), "rebuild"],
  ["a replica that is gone", seen({ servers: { primary: SERVER } }), "rebuild"],
  ["another cluster", primary({ system: "8", copy: "today" }), "replace"],
  ["rows that stay where nobody reads them", seen({}, { rows: { app: "reached", data: "kept" } }), "replace"],
  ["rows that are gone", seen({}, { rows: { app: "gone", data: "kept" } }), "data loss"],
  ["backups that are gone", seen({ repositories: {} }), "data loss"],
  ["a new repository in the old one's place", seen({ repositories: { backups: "today" } }), "data loss"],
];

describe("what was seen of a change", () => {
  for (const [title, change, label] of CASES) {
    it(`is ${label} for ${title}`, () => {
      assert.equal(observedLabel(change), label);
    });
  }
});
