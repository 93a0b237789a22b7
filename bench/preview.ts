// What a preview adds to the engine's own: `node bench/preview.ts`. Each round lets the real engine preview a stack of
// containers with the policy pack, and then reads its events, labels and judges them, and writes both pages; beside it, the
// same of the largest plan that was recorded, made to a thousand resources. It asserts nothing: a figure depends on the
// machine, and on what else runs on it. It needs what `pgt up` needs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { createContext } from "../cli/context.ts";
import { renderTable } from "../kernel/table.ts";
import { DEFAULT_LIMIT, judgeGate } from "../preview/gate.ts";
import { labelPlan, type LabelledPlan } from "../preview/label-plan.ts";
import type { PlannedStep } from "../preview/planned-step.ts";
import { PlanReader, readPlan } from "../preview/read-plan.ts";
import { previewReport } from "../preview/report.ts";
import { reportMarkdown } from "../preview/report-markdown.ts";
import { reportText } from "../preview/report-text.ts";
import { makeContainerStack, POLICY_PACK } from "./container-stack.ts";

const ROUNDS = 9;
const RESOURCES = 1000;

const context = createContext();

/** Milliseconds, or percents, by the title of the row; with what is promised. */
const samples = new Map<string, { readonly limit?: number; readonly values: number[] }>([
  ["the engine's preview of 8 containers, with the policy pack", { values: [] }],
  ["ours: events, labels, gate, both pages", { limit: 500, values: [] }],
  ["ours in percent of the engine's", { limit: 10, values: [] }],
  ["labels of 1,000 resources", { limit: 200, values: [] }],
  ["gate and both pages of them", { values: [] }],
]);

function manySteps(): PlannedStep[] {
  const recorded = join(context.root, "tests", "unit", "preview", "plans", "gcp-flags.json");
  const changing = readPlan(readFileSync(recorded, "utf8"), recorded).steps.filter(
    ({ operation }) => operation === "update",
  );
  return Array.from({ length: RESOURCES }, (_, at) => {
    const step = changing[at % changing.length];
    if (step === undefined) throw new RangeError(`${recorded} has no update`);
    return { ...step, urn: `${step.urn}-${at}`, name: `${step.name}-${at}` };
  });
}

function pagesOf(plan: LabelledPlan): void {
  const basis = { wish: [], plan: plan.changes, permissions: [], limit: DEFAULT_LIMIT, couldNotCheck: [] };
  const gate = judgeGate({ ...basis, findings: [], now: new Date() });
  const said = { wish: [], plan, gate, findings: [], objectives: [], unseen: [], cost: undefined, bugs: undefined };
  const report = previewReport({ stack: "bench", source: "the engine", limit: DEFAULT_LIMIT, ...said });
  reportMarkdown(report);
  reportText(report);
}

function planFrom(events: readonly EngineEvent[]): LabelledPlan {
  const reader = new PlanReader("the engine");
  for (const event of events) reader.take(event);
  return labelPlan(reader.finish().steps);
}

const made = await makeContainerStack();
try {
  const many = manySteps();
  for (let round = 0; round <= ROUNDS; round++) {
    context.err(round === 0 ? "a round that does not count" : `round ${round} of ${ROUNDS}`);
    const events: EngineEvent[] = [];
    const begun = performance.now();
    await made.stack.preview({ policyPacks: [POLICY_PACK], onEvent: (event) => events.push(event) });
    const previewed = performance.now();
    pagesOf(planFrom(events));
    const told = performance.now();
    const plan = labelPlan(many);
    const labelled = performance.now();
    pagesOf(plan);
    const engine = previewed - begun;
    const ours = told - previewed;
    const taken = [engine, ours, (ours / engine) * 100, labelled - told, performance.now() - labelled];
    if (round > 0) [...samples.values()].forEach(({ values }, index) => values.push(taken[index] ?? NaN));
  }
} finally {
  await made.remove();
}

const rows = [...samples].map(([title, { limit, values }]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): string => (sorted[index] ?? NaN).toFixed(1);
  const median = sorted[sorted.length >> 1] ?? NaN;
  const kept = limit === undefined ? ["", ""] : [String(limit), median <= limit ? "kept" : "exceeded"];
  return [title, at(0), at(sorted.length >> 1), at(sorted.length - 1), ...kept];
});
context.out(renderTable(["measured (milliseconds, or percent)", "min", "median", "max", "at most", ""], rows));
// Handles that a library keeps open must not keep the bench alive.
process.stdout.write("", () => process.exit());
