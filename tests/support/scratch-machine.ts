import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Machine } from "../../cli/setup/part.ts";

/** A machine in an empty folder of its own, whose PATH holds nothing. */
export function scratchMachine(changes: Partial<Machine> = {}): Machine {
  const root = mkdtempSync(path.join(tmpdir(), "pgt-test-setup-"));
  return {
    root,
    toolchainDir: path.join(root, ".toolchain"),
    stateDir: path.join(root, ".pgt"),
    env: { PATH: path.join(root, "path") },
    signal: new AbortController().signal,
    say: () => undefined,
    ...changes,
  };
}

/** Removes its folder. */
export async function discard(machine: Machine): Promise<void> {
  await rm(machine.root, { recursive: true, force: true });
}
