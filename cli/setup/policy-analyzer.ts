import { accessSync, constants } from "node:fs";
import path from "node:path";
import type { Part } from "./part.ts";

/** What the engine starts to run a policy pack where the CLI has no language host; its folder, for PATH. */
export const policyAnalyzer: Part<{ readonly folder: string }> = {
  title: "policy pack runner",
  find: (machine) => {
    const folder = path.join(machine.root, "tools/policy-analyzer");
    const executable = path.join(folder, "pulumi-analyzer-policy-nodejs");
    try {
      accessSync(executable, constants.X_OK);
    } catch {
      return Promise.resolve(undefined);
    }
    return Promise.resolve({ value: { folder }, version: "of this clone", from: executable });
  },
  ways: [
    {
      title: "the script of this clone",
      byHand: "git checkout tools/policy-analyzer, on a file system that keeps the executable bit",
      unavailable: () => Promise.resolve("tools/policy-analyzer/pulumi-analyzer-policy-nodejs can't be executed"),
      act: () => Promise.resolve(),
    },
  ],
};
