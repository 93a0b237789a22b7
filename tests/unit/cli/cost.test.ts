// `pgt cost` on the stacks of this repository. What the tables are worth: tests/unit/preview/cost.
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { costOfStack, type CostOfStack, exitCodeOf } from "../../../cli/cost/cost-stack.ts";
import { costText } from "../../../cli/cost/cost-text.ts";
import { runProgram } from "../../../cli/program.ts";
import { EXIT } from "../../../kernel/errors.ts";
import type { TopologySpec } from "../../../topology/spec.ts";
import { listen } from "../../support/listening-context.ts";
import { type ScratchClone, scratchClone } from "../../support/scratch-clone.ts";

const ROOT = join(import.meta.dirname, "../../..");
const NOW = new Date("2026-11-22T12:00:00Z");

/** Runs it; a machine is never asked for, and so neither an engine nor a cloud. */
async function run(root: string, ...options: string[]) {
  const { context, err, out } = listen({ root });
  const code = await runProgram(context, ["cost", ...options]);
  return { code, text: out.join("\n"), talk: err.join("\n") };
}

function costOn(root: string, stack: string, now = NOW): Promise<CostOfStack> {
  return costOfStack(listen({ root }).context, { stack }, now);
}

/** Each line of a repository's stack as `part item: USD`, and its sum. */
const STACKS: Readonly<Record<string, readonly [lines: readonly string[], sum: number, isWhole: boolean]>> = {
  local: [[], 0, true],
  split: [["primary nodes: 60.9", "data-host Droplet: 24", "data-host volume: 5", "data-host Spaces: 5"], 94.9, true],
  "split-staging": [
    ["primary nodes: 15.15", "data-host Droplet: 6", "data-host volume: 1", "data-host Spaces: 5"],
    27.15,
    true,
  ],
  staging: [
    ["primary", "replica-reports"].flatMap((part) =>
      ["vCPU", "memory", "storage"].map((item) => `${part} ${item}: no price of it in europe-west1 was read`),
    ),
    0,
    false,
  ],
  prod: [
    [
      "primary vCPU: 313.61",
      "primary memory: 425.15",
      "primary storage: no price of it in europe-west1 was read",
      "primary data cache: how large it is on this machine was not read",
      "replica-reports vCPU: 156.8",
      "replica-reports memory: 212.58",
      "replica-reports storage: no price of it in europe-west1 was read",
      "replica-reports data cache: how large it is on this machine was not read",
      "replica-standby-region vCPU: 172.43",
      "replica-standby-region memory: no price of it in europe-west4 was read",
      "replica-standby-region storage: no price of it in europe-west4 was read",
      "replica-standby-region data cache: how large it is on this machine was not read",
      "service vCPU: no price of instances that are always there in europe-west1 was read",
      "service memory: no price of instances that are always there in europe-west1 was read",
    ],
    1280.57,
    false,
  ],
};

describe("pgt cost", function () {
  this.timeout(20_000);

  for (const [stack, [lines, sum, isWhole]] of Object.entries(STACKS)) {
    it(`knows what the repository's ${stack} costs, line by line`, async () => {
      const cost = await costOn(ROOT, stack);
      assert.deepEqual(
        cost.lines.map(({ item, monthlyUsd, notPriced, part }) => `${part} ${item}: ${monthlyUsd ?? notPriced}`),
        lines,
      );
      assert.deepEqual([cost.monthlyUsd, cost.isWhole, cost.currency], [sum, isWhole, "USD"]);
      assert.deepEqual([cost.stack, cost.source, cost.budget], [stack, join(ROOT, `Pulumi.${stack}.yaml`), null]);
      assert.equal(cost.warnings.length, stack === "prod" ? 1 : 0);
      assert.equal(exitCodeOf(cost), EXIT.ok);
    });

    it(`says it of ${stack} on a terminal and as JSON, with exit code 0 and no budget`, async () => {
      const { code, talk, text } = await run(ROOT, "--stack", stack);
      assert.deepEqual([code, talk], [EXIT.ok, ""]);
      assert.ok(text.startsWith(`${ROOT}/Pulumi.${stack}.yaml: what stack ${stack} costs in a month`), text);
      const json = await run(ROOT, "--stack", stack, "--json");
      const { monthlyUsd } = JSON.parse(json.text) as CostOfStack;
      assert.deepEqual([json.code, monthlyUsd], [EXIT.ok, sum]);
    });
  }

  it("shows a table, what is billed by use, reasons, sources and a sum", async () => {
    const text = costText(await costOn(ROOT, "prod"));
    assert.match(
      text,
      /\nprimary +vCPU +db-perf-optimized-N-4 in europe-west1, two zones +8 vCPUs +313\.61 +2024-03-21\n/,
    );
    assert.match(text, /\nprimary +storage +PD_SSD in europe-west1, two zones +200 GiB +not priced\n/);
    assert.match(text, /\nAt least: 1280\.57 USD a month; not everything has a price\n/);
    assert.match(
      text,
      /\nNot priced:\n {2}primary storage, replica-reports storage, .*: no price of it in europe-west1 /,
    );
    assert.match(text, /\nPrices from:\n {2}https:.* \(not confirmed: half of what two zones cost: /);
    assert.match(
      text,
      /\nWarning: the oldest price is of 2024-03-21, 976 days ago; prices are believed for 180 days\./,
    );
  });

  it("never shows a sum of nothing where nothing has a price", async () => {
    const text = costText(await costOn(ROOT, "staging"));
    assert.match(text, /\nSum: not known; nothing of it has a price\n/);
    assert.doesNotMatch(text, /\b0\.00\b/);
  });

  describe("with a budget", () => {
    let clone: ScratchClone;
    beforeEach(async () => {
      clone = await scratchClone();
    });
    afterEach(() => clone.remove());

    const SMALL = { target: "digitalocean", region: "nyc3" } as const satisfies TopologySpec;
    const verdictOf = async (spec: TopologySpec, now?: Date) => {
      await clone.wish("shop", spec);
      const cost = await costOn(clone.root, "shop", now);
      return [cost.budget?.status, exitCodeOf(cost), costText(cost).split("\n").at(-1)];
    };

    it("ends with 0 within it, 1 over it, and 3 where nobody can say", async () => {
      assert.deepEqual(await verdictOf({ ...SMALL, budget: { monthlyUsd: 20 } }), [
        "within",
        EXIT.ok,
        "Within the budget of 20.00 USD.",
      ]);
      assert.deepEqual(await verdictOf({ ...SMALL, budget: { monthlyUsd: 15 } }), [
        "over",
        EXIT.failed,
        "Over the budget: it costs 15.15 USD a month, and the budget is 15.00 USD.",
      ]);
      const unpriced = { ...SMALL, size: { tier: "gd-2vcpu-8gb" }, budget: { monthlyUsd: 20 } };
      assert.deepEqual(await verdictOf(unpriced), [
        "unknown",
        EXIT.couldNotCheck,
        "Whether the budget of 20.00 USD holds is not known: not priced: primary nodes.",
      ]);
      const [status, code] = await verdictOf({ ...SMALL, budget: { monthlyUsd: 20 } }, new Date("2028-01-01"));
      assert.deepEqual([status, code], ["unknown", EXIT.couldNotCheck]);
    });

    it("ends the command with that, on the day that it is run", async () => {
      const unpriced = { ...SMALL, size: { tier: "gd-2vcpu-8gb" }, budget: { monthlyUsd: 20 } };
      await clone.wish("shop", unpriced);
      const { code, text } = await run(clone.root, "--stack", "shop", "--json");
      assert.equal(code, EXIT.couldNotCheck);
      assert.equal((JSON.parse(text) as CostOfStack).budget?.status, "unknown");
      await clone.wish("local", { target: "docker", budget: { monthlyUsd: 1 } });
      assert.equal((await run(clone.root)).code, EXIT.ok);
    });

    it("refuses one that is none, with exit code 2, and as JSON, too", async () => {
      await clone.write("shop", "config: { pgtopology:topology: { target: docker, budget: { monthlyUsd: 0 } } }\n");
      const { code, talk, text } = await run(clone.root, "--stack", "shop", "--json");
      assert.equal(code, EXIT.usage);
      assert.match(talk, /budget\.monthlyUsd/);
      const { mistakes } = JSON.parse(text) as { mistakes: { where: string }[] };
      assert.deepEqual(
        mistakes.map(({ where }) => where),
        ["budget.monthlyUsd"],
      );
    });
  });
});
