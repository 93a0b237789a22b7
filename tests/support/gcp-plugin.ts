import type { Context } from "mocha";
import { createContext } from "../../cli/context.ts";
import { gcpPlugin } from "../../cli/setup/gcp-plugin.ts";
import { machineOf } from "../../cli/stack/machine-parts.ts";

/** Skips a suite, with the reason, where there is no official plugin: nothing stands in for it. */
export async function skipWithoutGcpPlugin(suite: Context): Promise<void> {
  if ((await gcpPlugin.find(machineOf(createContext()))) !== undefined) return;
  console.log("      skipped: there is no official gcp plugin in .toolchain/pulumi-home or on PATH");
  suite.skip();
}
