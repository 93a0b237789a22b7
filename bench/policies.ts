// Measures the policy pack: `node bench/policies.ts`. Its rules over many mixed resources, by the SDK's request handlers as
// the engine calls them and without them, and what it adds to a preview of containers, interleaved. It asserts nothing: a
// figure depends on the machine, and on what else runs on it. A preview needs what `pgt up` needs; see --help.
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { renderTable } from "../kernel/table.ts";
import { analyze, analyzeStack, type SentResource } from "../tests/unit/policies/policy-rpc.ts";
import type { InProcess } from "./judge-in-process.ts";
import { mixed, OF_LIMITS } from "./mixed-resources.ts";
import { measurePreviews } from "./policy-previews.ts";
import { timeProcess } from "./timed-process.ts";

const SIZES = [100, 300, 1000, 3000, 5000] as const;

/** Where it is kept, at most, in seconds. */
const LIMITS = { analyzer: 1.5, "in process": 0.05, preview: 1.2 } as const;

interface Row {
  readonly title: string;
  readonly values: readonly number[];
  readonly limit?: number;
}

/** Processes that judge each mix: what the engine compiles when differs between them. */
const PROCESSES = 5;
/** Of one of them. */
const PROCESS_TIMEOUT_MS = 5 * 60_000;

async function seconds(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

async function byAnalyzer(resources: readonly SentResource[]): Promise<void> {
  for (const resource of resources) await analyze(resource);
  await analyzeStack(resources);
}

/** Each mix in processes of its own, in turns. */
async function measureInProcess(rounds: number): Promise<Row[]> {
  const mixes = [
    { mix: "evenly", title: "one type as often as another", limit: LIMITS["in process"] },
    { mix: "as-in-cases", title: "six of ten containers or instances" },
  ].map((one) => ({ ...one, first: [] as number[], later: [] as number[] }));
  for (let number = 1; number <= PROCESSES; number++) {
    process.stderr.write(`in process: ${number} of ${PROCESSES}\n`);
    for (const { first, later, mix } of mixes) {
      const script = join(import.meta.dirname, "judge-in-process.ts");
      const { out } = await timeProcess([process.execPath, script, mix, String(rounds)], {
        cwd: import.meta.dirname,
        env: process.env,
        signal: AbortSignal.timeout(PROCESS_TIMEOUT_MS),
      });
      const told = JSON.parse(out) as InProcess;
      first.push(told.first);
      later.push(...told.later);
    }
  }
  return mixes.flatMap(({ first, later, limit, title }) => [
    { title: `${OF_LIMITS} resources, in process, ${title} (s)`, values: later, ...(limit !== undefined && { limit }) },
    { title: "the same, the first call of a process (s)", values: first },
  ]);
}

async function measureRules(rounds: number): Promise<Row[]> {
  // First: what the others leave to the garbage collector is no part of judging.
  const inProcess = await measureInProcess(rounds);
  const sets = SIZES.map((size) => ({ size, resources: mixed(size, "as-in-cases"), seconds: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    process.stderr.write(round === 0 ? "rules: a round that does not count\n" : `rules: round ${round} of ${rounds}\n`);
    for (const set of sets) {
      const taken = await seconds(() => byAnalyzer(set.resources));
      if (round > 0) set.seconds.push(taken);
    }
  }
  const small = sets.find(({ size }) => size === OF_LIMITS);
  const large = sets.at(-1);
  const growth = large?.seconds.map(
    (value, index) => value / large.size / ((small?.seconds[index] ?? NaN) / OF_LIMITS),
  );
  return [
    ...sets.map(({ seconds: values, size }) => ({
      title: `${size} resources, by the analyzer's handlers (s)`,
      values,
      ...(size === OF_LIMITS && { limit: LIMITS.analyzer }),
    })),
    ...inProcess,
    { title: `a resource among ${large?.size} to one among ${OF_LIMITS} (ratio)`, values: growth ?? [] },
  ];
}

function show(rows: readonly Row[]): void {
  const cells = rows.map(({ limit, title, values }) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (index: number): number => sorted[index] ?? NaN;
    const median = (at((sorted.length - 1) >> 1) + at(sorted.length >> 1)) / 2;
    const kept = limit === undefined ? "" : median <= limit ? "kept" : "exceeded";
    const figures = [at(0), median, at(sorted.length - 1)].map((value) => value.toFixed(3));
    return [title, ...figures, limit === undefined ? "" : String(limit), kept];
  });
  process.stdout.write(`${renderTable(["measure", "min", "median", "max", "at most", ""], cells)}\n`);
}

const count = (text: string): number => {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("It must be a number from 1 to 99.");
  return Number(text);
};
const { only, rounds } = new Command("node bench/policies.ts")
  .option("--rounds <n>", "rounds that count; one more before them does not", count, 5)
  .addOption(new Option("--only <name>", "only this one").choices(["rules", "preview"]))
  .parse()
  .opts<{ rounds: number; only?: "rules" | "preview" }>();
const rows: Row[] = only === "preview" ? [] : await measureRules(rounds);
if (only !== "rules") {
  const { bare, guarded } = await measurePreviews(rounds);
  rows.push({ title: "a preview (s)", values: bare }, { title: "with the pack (s)", values: guarded });
  const added = guarded.map((value, index) => value - (bare[index] ?? NaN));
  const ratio = guarded.map((value, index) => value / (bare[index] ?? NaN));
  rows.push({ title: "what the pack adds (s)", values: added, limit: LIMITS.preview });
  rows.push({ title: "with the pack to without (ratio)", values: ratio });
}
show(rows);
