import type { Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { CommandContext } from "../context.ts";
import type { SuiteCount } from "../test-suites.ts";

/** `pgt test`: the whole test suite, with all that it needs. */
export function defineTest(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command("test")
    .description("run the project's own tests; brings up what they need, and touches no running topology")
    .option("--suite <name...>", "only these: types, lint, format, unused, unit, contract, integration, e2e", [])
    .action(async (options: { suite: string[] }) => done(await runTests(context, options.suite)));
}

async function runTests(context: CommandContext, names: readonly string[]): Promise<ExitCode> {
  const { needsSetUp, parseSuites, runSuite } = await import("../test-suites.ts");
  const suites = parseSuites(names);
  const failing: string[] = [];
  const total = { passed: 0, failed: 0, skipped: 0 };
  // The runners write into a pipe and can't see whether a terminal is at its end.
  const plain = context.colour ? {} : { NO_COLOR: "1" };
  let env: NodeJS.ProcessEnv = { ...context.env, ...plain };
  for (const suite of suites) {
    if (needsSetUp(suite) && env.PGT_TEST_IMAGE === undefined) {
      const { testEnvironment } = await import("../test-environment.ts");
      env = { ...(await testEnvironment(context)), ...plain };
    }
    context.out(`== ${suite}`);
    const count: SuiteCount = await runSuite(suite, {
      root: context.root,
      env,
      signal: context.signal,
      show: context.out,
    });
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    if (count.failed > 0) failing.push(suite);
  }
  if (failing.length > 0) context.out(`failing: ${failing.join(", ")}`);
  context.out(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return failing.length === 0 ? EXIT.ok : EXIT.failed;
}
