import path from "node:path";
import type { PluginFolder } from "./official-plugin.ts";
import type { Found, Machine } from "./part.ts";
import type { PulumiCli } from "./pulumi-cli.ts";
import { pulumiHome } from "./pulumi-version.ts";

/** What the engine's environment is made of. */
export interface EngineParts {
  readonly pulumi: Found<PulumiCli>;
  readonly policyAnalyzer: Found<{ readonly folder: string }>;
  /** The target's provider plugin. */
  readonly plugin: Found<PluginFolder>;
  /** How a program reaches the Docker Engine, as in `DOCKER_HOST`; nothing where none is needed. */
  readonly docker: Readonly<Record<string, string>>;
}

/** Where the state is, and what it is encrypted by. */
export interface StatePlace {
  /** As in `file:///home/me/topology/.pgt/state`. */
  readonly backendUrl: string;
  readonly passphraseFile: string;
}

/**
 * What is added to the environment of a Pulumi engine. It holds paths and no secret. A shared stack has a back end and a
 * secrets provider of its own, which the user's environment says.
 * `PULUMI_CONFIG_PASSPHRASE` would win over the file, so whoever starts the engine leaves that one out.
 */
export function engineEnvironment(
  machine: Machine,
  parts: EngineParts,
  state: StatePlace | undefined,
): Record<string, string> {
  const folders = [
    path.dirname(parts.pulumi.value.path),
    // An engine with a language host runs policy packs by that.
    parts.pulumi.value.hasLanguageHost ? undefined : parts.policyAnalyzer.value.folder,
    parts.plugin.value.folder,
    machine.env.PATH,
  ];
  return {
    ...parts.docker,
    PATH: folders.filter((folder) => folder !== undefined && folder !== "").join(path.delimiter),
    PGT_NODE: process.execPath,
    NODE_COMPILE_CACHE: path.join(machine.toolchainDir, "compile-cache"),
    PULUMI_HOME: pulumiHome(machine),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...(state && {
      PULUMI_BACKEND_URL: state.backendUrl,
      PULUMI_CONFIG_PASSPHRASE_FILE: state.passphraseFile,
    }),
  };
}
