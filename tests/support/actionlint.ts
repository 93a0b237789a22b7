import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Machine } from "../../cli/setup/part.ts";
import { runProgram } from "../../cli/setup/run-program.ts";
import { putInPlace, withScratchFolder } from "../../cli/setup/scratch-folder.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const MODULE = "github.com/rhysd/actionlint";
/** Less than a minute on two cores with empty caches. */
const BUILD_TIMEOUT_MS = 10 * 60_000;

/** actionlint (tools/actionlint/go.mod says which), built by Go the first time and kept in `.toolchain/`; its path. */
export async function actionlint(): Promise<string> {
  const version = new RegExp(`${MODULE} v(\\S+)`).exec(
    readFileSync(path.join(ROOT, "tools/actionlint/go.mod"), "utf8"),
  );
  if (version?.[1] === undefined) throw new Error(`tools/actionlint/go.mod names no version of ${MODULE}`);
  const machine: Machine = {
    root: ROOT,
    toolchainDir: path.join(ROOT, ".toolchain"),
    stateDir: path.join(ROOT, ".pgt"),
    env: process.env,
    signal: AbortSignal.timeout(BUILD_TIMEOUT_MS),
    say: () => undefined,
  };
  const place = path.join(machine.toolchainDir, `actionlint-${version[1]}`);
  const program = path.join(place, "actionlint");
  if (existsSync(program)) return program;
  await withScratchFolder(machine, async (folder) => {
    const made = path.join(folder, "bin");
    await runProgram({
      program: "go",
      args: ["build", "-o", path.join(made, "actionlint"), "-ldflags", "-s -w", `${MODULE}/cmd/actionlint`],
      env: machine.env,
      cwd: path.join(ROOT, "tools/actionlint"),
      timeoutMs: BUILD_TIMEOUT_MS,
      signal: machine.signal,
    });
    await putInPlace(made, place);
  });
  return program;
}
