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

/** The oldest version of a plugin that does its work, and what is wrong with those before. */
export interface OldestPlugin {
  readonly version: string;
  /** After "want … or newer, best …:". */
  readonly defect: string;
}

/** It puts all its resources together before it answers. */
const VERSION_TIMEOUT_MS = 30_000;

/** The provider plugin for a cloud; nothing stands in for it. */
export function cloudPlugin(plugin: OfficialPlugin, oldest?: OldestPlugin): Part<PluginFolder> {
  return {
    title: `${plugin.name} plugin ${plugin.version}`,
    find: async (machine) => {
      // The engine, too, prefers it to its own folder, whatever its version.
      // https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/workspace/plugins.go
      const onPath = findProgram(`pulumi-resource-${plugin.name}`, machine.env);
      if (onPath === undefined) return findOfficialPlugin(machine, plugin);
      const version = await versionOf(onPath, machine, { plugin, oldest });
      return { value: { folder: undefined }, version, from: onPath, note: "found on PATH" };
    },
    ways: [installOfficialPlugin(plugin)],
  };
}

interface Expected {
  readonly plugin: OfficialPlugin;
  readonly oldest: OldestPlugin | undefined;
}

/**
 * A plugin that was built by hand says something like `9.37.0-alpha.1+dirty`, or nothing.
 * @throws {PgtError} with exit code 3 when it is too old, or says none
 */
async function versionOf(program: string, machine: Machine, expected: Expected): Promise<string> {
  const said = await askVersion(program, machine, expected);
  const version = semver.parse(said, { loose: true });
  if (version === null)
    throw unfit(program, `${said === "" ? "nothing" : JSON.stringify(said)} as its version`, expected);
  const { oldest } = expected;
  if (oldest !== undefined && semver.lt(version, oldest.version)) throw unfit(program, version.version, expected);
  return version.version;
}

/** https://github.com/pulumi/pulumi-terraform-bridge/blob/main/pkg/pf/tfbridge/main.go */
async function askVersion(program: string, machine: Machine, expected: Expected): Promise<string> {
  const { env, signal } = machine;
  try {
    return (await runProgram({ program, args: ["-version"], env, timeoutMs: VERSION_TIMEOUT_MS, signal }))
      .trim()
      .slice(0, 80);
  } catch (error) {
    signal.throwIfAborted();
    throw unfit(program, `no version: ${messageOf(error)}`, expected);
  }
}

function unfit(program: string, got: string, { oldest, plugin }: Expected): PgtError {
  const want =
    oldest === undefined
      ? `want a version, best ${plugin.version}`
      : `want ${oldest.version} or newer, best ${plugin.version}: ${oldest.defect}`;
  return new PgtError(`${program}: got ${got}, ${want}`, {
    exitCode: EXIT.couldNotCheck,
    fix: [
      `Put pulumi-resource-${plugin.name} ${plugin.version} in its place, or take it off PATH: "./pgt up" then installs it.`,
    ],
  });
}
