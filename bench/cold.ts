import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandContext } from "../cli/context.ts";
import { timeProcess } from "./timed-process.ts";

/** What one part of a set-up took. */
export interface ColdPart {
  readonly title: string;
  readonly seconds: number;
  /** Where it came from, in the set-up's own words. */
  readonly found: string;
}

/**
 * Sets up a fresh clone of the last commit, with an empty `.toolchain` and `.pgt`, and times each part. What lies outside
 * a clone stays as it is: the caches of npm and Go, the Docker Engine and the images in it.
 */
export async function measureCold(context: CommandContext): Promise<ColdPart[]> {
  const clone = await mkdtemp(join(tmpdir(), "pgt-bench-cold-"));
  const { PGT_STATE_DIR: _state, NODE_COMPILE_CACHE: _cache, ...env } = process.env;
  const options = { cwd: clone, env, signal: context.signal };
  try {
    await timeProcess(["git", "clone", "--quiet", "--no-hardlinks", context.root, clone], options);
    const first = await timeProcess(["./pgt", "--help"], options);
    const setup = await timeProcess(["./pgt", "setup"], options);
    const parts = [{ title: "launcher: Node and packages", seconds: first.seconds, found: "npm ci" }];
    let before = 0;
    for (const { at, text } of setup.said) {
      if (!text.startsWith("✔ ")) continue;
      const [title = "", ...found] = text
        .slice(2)
        .replace(/ \[[^\]]*\]$/, "")
        .split(", ");
      parts.push({ title, seconds: at - before, found: found.join(", ").replaceAll(`${clone}/`, "").trim() });
      before = at;
    }
    return parts;
  } finally {
    await rm(clone, { recursive: true, force: true });
  }
}
