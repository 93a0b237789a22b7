import { spawn } from "node:child_process";
import { EXIT, PgtError } from "../kernel/errors.ts";

/** The suites, in the order in which they run. */
const SUITES = ["types", "lint", "format", "unused", "unit", "contract", "integration", "e2e"] as const;

/** One of {@link SUITES}. */
export type Suite = (typeof SUITES)[number];

/** What a suite counted; a check without tests of its own counts as one. */
export interface SuiteCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const MOCHA = ["node_modules/mocha/bin/mocha.js"];
/** Real servers on a busy machine: a test that fails is tried once more, and the reporter names it. */
const REAL = ["--retries", "1", "--timeout", "300000"];

const COMMAND_OF: Readonly<Record<Suite, readonly string[]>> = {
  types: ["node_modules/typescript/bin/tsc"],
  lint: ["node_modules/eslint/bin/eslint.js", "."],
  format: ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."],
  unused: ["node_modules/knip/bin/knip.js", "--no-progress"],
  unit: [...MOCHA, "tests/unit/**/*.test.ts"],
  contract: [...MOCHA, "tests/contract/**/*.test.ts"],
  integration: [...MOCHA, ...REAL, "tests/integration/**/*.test.ts"],
  e2e: [...MOCHA, ...REAL, "tests/e2e/**/*.test.ts"],
};

/** Whether a suite needs an engine, an image and the Pulumi CLI. */
export function needsSetUp(suite: Suite): boolean {
  return suite === "integration" || suite === "e2e";
}

/** Parses `--suite`; throws a usage error that lists the suites. */
export function parseSuites(names: readonly string[]): readonly Suite[] {
  for (const name of names) {
    if (!(SUITES as readonly string[]).includes(name)) {
      throw new PgtError(`there is no suite ${name}`, { exitCode: EXIT.usage, fix: [`One of ${SUITES.join(", ")}.`] });
    }
  }
  return names.length === 0 ? SUITES : SUITES.filter((suite) => names.includes(suite));
}

/** Runs one suite in a process of its own, shows its output as it comes, and returns what it counted. */
export async function runSuite(
  suite: Suite,
  options: { root: string; env: NodeJS.ProcessEnv; signal: AbortSignal; show: (text: string) => void },
): Promise<SuiteCount> {
  const child = spawn(process.execPath, [...COMMAND_OF[suite]], {
    cwd: options.root,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    signal: options.signal,
    killSignal: "SIGINT",
  });
  let count: SuiteCount | undefined;
  let pending = "";
  const take = (chunk: Buffer): void => {
    const lines = (pending + chunk.toString()).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) {
      const counted = /^pgt-count (\d+) (\d+) (\d+)$/.exec(line);
      if (counted === null) options.show(line);
      else count = { passed: Number(counted[1]), failed: Number(counted[2]), skipped: Number(counted[3]) };
    }
  };
  child.stdout.on("data", take);
  child.stderr.on("data", (chunk: Buffer) => options.show(chunk.toString().trimEnd()));
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve(status ?? 1));
  });
  if (pending !== "") options.show(pending);
  return counted(suite, count, code);
}

/** A runner that ended badly failed, whatever it had counted; a suite of tests that ran none failed too. */
function counted(suite: Suite, count: SuiteCount | undefined, code: number): SuiteCount {
  if (!COMMAND_OF[suite].includes(MOCHA[0] ?? "")) {
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  }
  const seen = count ?? { passed: 0, failed: 0, skipped: 0 };
  const ran = seen.passed + seen.failed > 0;
  return code !== 0 || !ran ? { ...seen, failed: Math.max(1, seen.failed) } : seen;
}
