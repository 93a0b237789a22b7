import type { Context } from "mocha";
import { createContext } from "../../cli/context.ts";
import { digitalOceanPlugin } from "../../cli/setup/digitalocean-plugin.ts";
import { machineOf } from "../../cli/stack/machine-parts.ts";

/** Skips a suite, with the reason, where there is no official plugin: nothing stands in for it. */
export async function skipWithoutDigitalOceanPlugin(suite: Context): Promise<void> {
  if ((await digitalOceanPlugin.find(machineOf(createContext()))) !== undefined) return;
  console.log("      skipped: there is no official digitalocean plugin in .toolchain/pulumi-home or on PATH");
  suite.skip();
}
