// One process of `node bench/policies.ts` that judges resources without engine and SDK: with the name of a mix it prints, as
// JSON, what the first call took, when nothing was compiled yet, and what those after it took.
import type { PlannedResource } from "../facts/from-plan/planned-resource.ts";
import { judgeResource, judgeWhole } from "../policies/judge-plan.ts";
import { planned } from "../tests/unit/policies/status-on-plan.ts";
import { isMix, MIXES, mixed, OF_LIMITS } from "./mixed-resources.ts";

/** What one process took, in seconds. */
export interface InProcess {
  readonly first: number;
  readonly later: readonly number[];
}

/** Calls before those that count: by then the engine has compiled what is called often. */
const WARM_UP = 10;

const SETTINGS = {};

function judgeAll(resources: readonly PlannedResource[]): number {
  // Each time others: what was read of a resource is not read again.
  const read = resources.map((one) => ({ ...one }));
  const begun = performance.now();
  for (const resource of read) judgeResource(resource, SETTINGS);
  judgeWhole(read, SETTINGS);
  return (performance.now() - begun) / 1000;
}

const [, , mix = "", rounds = ""] = process.argv;
if (!isMix(mix) || !/^[1-9]\d?$/.test(rounds)) {
  process.stderr.write(`usage: node bench/judge-in-process.ts ${Object.keys(MIXES).join("|")} <rounds>\n`);
  process.exit(2);
}
const resources = mixed(OF_LIMITS, mix).map((resource, _, all) => planned(resource, all));
const first = judgeAll(resources);
for (let call = 0; call < WARM_UP; call++) judgeAll(resources);
const told: InProcess = { first, later: Array.from({ length: Number(rounds) }, () => judgeAll(resources)) };
process.stdout.write(`${JSON.stringify(told)}\n`);
