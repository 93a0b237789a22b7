// Measures the policy pack: `node bench/policies.ts`. Its rules over many mixed resources, by the SDK's request handlers as
// the engine calls them and without them, and what it adds to a preview of containers, interleaved. It asserts nothing: a
// figure depends on the machine, and on what else runs on it. A preview needs what `pgt up` needs; see --help.
import { Command, InvalidArgumentError, Option } from "commander";
import { renderTable } from "../kernel/table.ts";
import { judgeResource, judgeWhole } from "../policies/judge-plan.ts";
import { ALL_CASES } from "../tests/unit/policies/cases/all-cases.ts";
import { analyze, analyzeStack, type SentResource } from "../tests/unit/policies/policy-rpc.ts";
import { planned } from "../tests/unit/policies/status-on-plan.ts";
import { measurePreviews } from "./policy-previews.ts";

const SIZES = [100, 300, 1000, 3000, 5000] as const;
const OF_LIMITS = 1000;
/** A prime. */
const STRIDE = 7919;

/** Where it is kept, at most, in seconds. */
const LIMITS = { analyzer: 1.5, "in process": 0.05, preview: 1.2 } as const;

interface Row {
  readonly title: string;
  readonly values: readonly number[];
  readonly limit?: number;
}

/** As the requirements' cases have them: six of ten are containers or instances, which most requirements are about. */
const AS_IN_CASES = ALL_CASES.flatMap(({ good }) => good);

/** Of each type as many as of any other. */
const EVENLY = evenly(AS_IN_CASES);

function evenly(resources: readonly SentResource[]): SentResource[] {
  const byType = [...Map.groupBy(resources, ({ type }) => type).values()];
  const most = Math.max(...byType.map(({ length }) => length));
  return Array.from({ length: most }, (_, round) => byType.flatMap((own) => own[round % own.length] ?? [])).flat();
}

/** So many resources of every kind that there is a rule for, each with a name of its own. */
function mixed(count: number, kinds: readonly SentResource[] = AS_IN_CASES): SentResource[] {
  return Array.from({ length: count }, (_, index) => {
    // In strides, so that few resources are as mixed as many.
    const kind = kinds[(index * STRIDE) % kinds.length];
    if (kind === undefined) throw new Error("there are no cases to take resources from");
    return { ...kind, name: `${kind.name}-${index}` };
  });
}

async function seconds(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

async function byAnalyzer(resources: readonly SentResource[]): Promise<void> {
  for (const resource of resources) await analyze(resource);
  await analyzeStack(resources);
}

async function measureRules(rounds: number): Promise<Row[]> {
  const sets = SIZES.map((size) => ({ size, resources: mixed(size), seconds: [] as number[] }));
  const inProcess = [
    { title: "one type as often as another", kinds: EVENLY, limit: LIMITS["in process"] },
    { title: "six of ten containers or instances", kinds: AS_IN_CASES },
  ].map(({ kinds, ...mix }) => ({
    ...mix,
    read: mixed(OF_LIMITS, kinds).map((resource, _, all) => planned(resource, all)),
    seconds: [] as number[],
  }));
  // First, and not in turns with the others: what they leave to the garbage collector is no part of judging.
  for (let round = 0; round <= rounds; round++) {
    for (const { read, seconds: values } of inProcess) {
      const taken = await seconds(() => {
        for (const resource of read) judgeResource(resource, {});
        judgeWhole(read, {});
      });
      if (round > 0) values.push(taken);
    }
  }
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
    ...inProcess.map(({ limit, seconds: values, title }) => ({
      title: `${OF_LIMITS} resources, in process, ${title} (s)`,
      values,
      ...(limit !== undefined && { limit }),
    })),
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
