import semver from "semver";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { findProgram } from "./docker-debian.ts";
import {
  findOfficialPlugin,
  installOfficialPlugin,
  type OfficialPlugin,
  type PluginFolder,
} from "./official-plugin.ts";
import type { Machine, Part } from "./part.ts";
import { runProgram } from "./run-program.ts";

const PLUGIN: OfficialPlugin = { name: "gcp", version: "9.37.0", site: "the download of the gcp plugin" };
/** From 9.35.0 until here, an update of an instance sends none of its settings, and succeeds. */
const OLDEST = "9.36.1";
const DEFECT = "https://github.com/pulumi/pulumi-gcp/issues/3970";
/** It puts all its resources together before it answers. */
const VERSION_TIMEOUT_MS = 30_000;

/** The provider plugin for Google Cloud; nothing stands in for it. */
export const gcpPlugin: Part<PluginFolder> = {
  title: `gcp plugin ${PLUGIN.version}`,
  find: async (machine) => {
    // The engine, too, prefers it to its own folder, whatever its version.
    // https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/workspace/plugins.go
    const onPath = findProgram(`pulumi-resource-${PLUGIN.name}`, machine.env);
    if (onPath === undefined) return findOfficialPlugin(machine, PLUGIN);
    const version = await versionOf(onPath, machine);
    return { value: { folder: undefined }, version, from: onPath, note: "found on PATH" };
  },
  ways: [installOfficialPlugin(PLUGIN)],
};

/**
 * A plugin that was built by hand says something like `9.37.0-alpha.1+dirty`, or nothing.
 * @throws {PgtError} with exit code 3 when it is too old, or says none
 */
async function versionOf(plugin: string, machine: Machine): Promise<string> {
  const said = await askVersion(plugin, machine);
  const version = semver.parse(said, { loose: true });
  if (version === null) throw unfit(plugin, `${said === "" ? "nothing" : JSON.stringify(said)} as its version`);
  if (semver.lt(version, OLDEST)) throw unfit(plugin, version.version);
  return version.version;
}

/** https://github.com/pulumi/pulumi-terraform-bridge/blob/main/pkg/pf/tfbridge/main.go */
async function askVersion(plugin: string, machine: Machine): Promise<string> {
  const { env, signal } = machine;
  try {
    const run = { program: plugin, args: ["-version"], env, timeoutMs: VERSION_TIMEOUT_MS, signal };
    return (await runProgram(run)).trim().slice(0, 80);
  } catch (error) {
    signal.throwIfAborted();
    throw unfit(plugin, `no version: ${messageOf(error)}`);
  }
}

function unfit(plugin: string, got: string): PgtError {
  return new PgtError(
    `${plugin}: got ${got}, want ${OLDEST} or newer, best ${PLUGIN.version}: from 9.35.0 to 9.36.0 it changes no setting of a server, and says that it did (${DEFECT})`,
    {
      exitCode: EXIT.couldNotCheck,
      fix: [
        `Put pulumi-resource-gcp ${PLUGIN.version} in its place, or take it off PATH: "./pgt up" then installs it.`,
      ],
    },
  );
}
