import type { PlanCase } from "../plan-case.ts";
import { UNKNOWN_TEXT } from "../policy-rpc.ts";
import { cluster, database, pool, sources, user } from "./good-digitalocean.ts";

const BESIDE = [cluster(), sources(), user("app"), database("app")];
const named = (mode: unknown) => pool({ props: { mode } }, "second");

/** Pools of managed clusters, each by itself. */
export const CASES: readonly PlanCase[] = [
  {
    id: "pooling/mode",
    good: [...BESIDE, pool()],
    bad: [
      {
        why: "the second pool",
        resources: [...BESIDE, pool(), named("session")],
        says: /^second: got pool_mode session, want transaction/,
        at: "second",
      },
    ],
    unknown: [...BESIDE, pool(), named(UNKNOWN_TEXT)],
  },
  {
    id: "pooling/no-statement-mode",
    good: [...BESIDE, pool()],
    bad: [
      {
        why: "the second pool",
        resources: [...BESIDE, pool(), named("statement")],
        says: /^second: got pool_mode statement, want transaction/,
        at: "second",
        also: ["pooling/mode"],
      },
    ],
    unknown: [...BESIDE, named(UNKNOWN_TEXT)],
  },
];
