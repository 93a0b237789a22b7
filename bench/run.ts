// Measures what docs/figures.md promises, interleaved in one run: `node bench/run.ts`. It asserts nothing: a figure
// depends on the machine, and on what else runs on it. It needs what `pgt up` needs, git, and the docker command.
import { Command, InvalidArgumentError, Option } from "commander";
import { createContext } from "../cli/context.ts";
import { setUpMachine } from "../cli/stack/machine-parts.ts";
import { PgtError } from "../kernel/errors.ts";
import { renderTable } from "../kernel/table.ts";
import { type ColdPart, measureCold } from "./cold.ts";
import { type Measure, MEASURES, ROWS, runRound, type Samples } from "./rounds.ts";

interface Figure {
  readonly title: string;
  readonly limit: number | undefined;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

interface Options {
  readonly rounds: number;
  readonly only: readonly (Measure | "cold")[];
  readonly json: boolean;
  readonly markdown: boolean;
}

const context = createContext();

function parseOptions(): Options {
  const names = [...MEASURES, "cold"] as const;
  const rounds = (text: string): number => {
    if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("It must be a number from 1 to 99.");
    return Number(text);
  };
  return new Command("node bench/run.ts")
    .option("--rounds <n>", "rounds that count; one more before them does not", rounds, 5)
    .addOption(
      new Option("--only <name...>", "only these; cold is measured only when named").choices(names).default(MEASURES),
    )
    .option("--json", "every figure and sample as JSON", false)
    .option("--markdown", "tables for docs/figures.md", false)
    .parse()
    .opts();
}

async function main(options: Options): Promise<void> {
  const { engine, imageId } = await setUpMachine(context, undefined);
  // What the bench makes and removes is where pgt makes it.
  if (engine.env.DOCKER_HOST !== undefined) process.env.DOCKER_HOST = engine.env.DOCKER_HOST;
  const measures = new Set(options.only.filter((name) => name !== "cold"));
  const samples: Samples[] = [];
  for (let number = 0; measures.size > 0 && number <= options.rounds; number++) {
    context.err(number === 0 ? "a round that fills the caches" : `round ${number} of ${options.rounds}`);
    const round = await runRound(context, { imageId, measures, number });
    if (number > 0) samples.push(round);
  }
  const figures = figuresOf(samples, measures);
  const cold = options.only.includes("cold") ? await measureCold(context) : [];
  if (options.json) context.out(JSON.stringify({ figures, samples, cold }, null, 2));
  else show(figures, cold, options.markdown ? markdownTable : renderTable);
}

function figuresOf(samples: readonly Samples[], measures: ReadonlySet<Measure>): Figure[] {
  return Object.entries(ROWS).flatMap(([title, { measure, limit }]) => {
    if (!measures.has(measure)) return [];
    const sorted = samples.map((round) => round[title] ?? NaN).sort((a, b) => a - b);
    const at = (index: number): number => sorted[index] ?? NaN;
    const median = (at((sorted.length - 1) >> 1) + at(sorted.length >> 1)) / 2;
    return [{ title, limit, min: at(0), median, max: at(sorted.length - 1) }];
  });
}

function show(figures: readonly Figure[], cold: readonly ColdPart[], table: typeof renderTable): void {
  if (figures.length > 0) {
    const head = ["measured (seconds, or a ratio)", "min", "median", "max", "at most", ""];
    const rows = figures.map(({ title, limit, ...values }) => [
      title,
      ...[values.min, values.median, values.max].map((value) => value.toFixed(2)),
      limit === undefined ? "" : String(limit),
      limit === undefined ? "" : values.median <= limit ? "kept" : "exceeded",
    ]);
    context.out(`${table(head, rows)}\n`);
  }
  if (cold.length > 0) {
    const rows = cold.map(({ title, seconds, found }) => [title, seconds.toFixed(1), found]);
    context.out(`${table(["cold set-up", "seconds", "found"], rows)}\n`);
  }
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

try {
  await main(parseOptions());
} catch (error) {
  if (!(error instanceof PgtError)) throw error;
  const interrupted = error === context.signal.reason;
  context.err(interrupted ? "interrupted; nothing is left" : `error: ${error.message}`);
  for (const line of error.fix) context.err(`  → ${line}`);
  process.exitCode = error.exitCode;
}
// Handles that a library keeps open must not keep the bench alive.
process.stdout.write("", () => process.exit());
