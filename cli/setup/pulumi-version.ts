import path from "node:path";
import type { Machine } from "./part.ts";

/** The version of both the CLI and the SDK in package.json; tools/pulumi/go.mod names the same. */
export const PULUMI_VERSION = "3.259.0";

/** Where a CLI that we install lies, together with what comes with it. */
export function pulumiFolder(machine: Machine): string {
  return path.join(machine.toolchainDir, `pulumi-${PULUMI_VERSION}`);
}

/** `PULUMI_HOME` of every run: plugins and workspaces stay in the clone. */
export function pulumiHome(machine: Machine): string {
  return path.join(machine.toolchainDir, "pulumi-home");
}
