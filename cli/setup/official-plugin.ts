import { existsSync } from "node:fs";
import path from "node:path";
import { PgtError } from "../../kernel/errors.ts";
import type { Found, Machine, Way } from "./part.ts";
import { pulumiCli } from "./pulumi-cli.ts";
import { PULUMI_VERSION, pulumiHome } from "./pulumi-version.ts";
import { runProgram } from "./run-program.ts";
import { slowSay } from "./slow-say.ts";
import { askSite, whyNotAsked } from "./unreachable-sites.ts";

/** A provider plugin as its makers publish it. */
export interface OfficialPlugin {
  /** As in `docker`: the executable is `pulumi-resource-docker`. */
  readonly name: string;
  /** The one of its SDK in package.json. */
  readonly version: string;
  /** The download, as it is remembered when it failed. */
  readonly site: string;
}

/** Where the engine finds a plugin. */
export interface PluginFolder {
  /** Folder that the engine must have on PATH to find it; `undefined` when it looks there anyway. */
  readonly folder: string | undefined;
}

/** The CLI tries five times by itself; a site that hangs is left after this. */
const INSTALL_TIMEOUT_MS = 60_000;

/** The plugin in the CLI's own folder. */
export function findOfficialPlugin(
  machine: Machine,
  { name, version }: OfficialPlugin,
): Found<PluginFolder> | undefined {
  const folder = path.join(pulumiHome(machine), "plugins", `resource-${name}-v${version}`);
  // Pulumi keeps this file beside the folder for as long as the plugin is not there as a whole.
  if (existsSync(`${folder}.partial`) || !existsSync(path.join(folder, `pulumi-resource-${name}`))) return undefined;
  return { value: { folder: undefined }, version, from: folder };
}

/** The CLI's own way to get it. */
export function installOfficialPlugin(plugin: OfficialPlugin): Way {
  const { name, version, site } = plugin;
  return {
    title: "pulumi plugin install",
    byHand: `let this machine reach https://github.com and https://get.pulumi.com, or bring the official plugin: PULUMI_HOME=.toolchain/pulumi-home .toolchain/pulumi-${PULUMI_VERSION}/pulumi plugin install resource ${name} v${version} --file <archive>, or pulumi-resource-${name} in a folder of PATH`,
    unavailable: (machine) => whyNotAsked(machine, site),
    act: (machine) => askSite(machine, site, () => install(machine, plugin)),
  };
}

async function install(machine: Machine, { name, version }: OfficialPlugin): Promise<void> {
  const cli = await pulumiCli.find(machine);
  if (cli === undefined) throw new PgtError("needs the Pulumi CLI, which is not installed");
  await runProgram({
    program: cli.value.path,
    args: ["plugin", "install", "resource", name, `v${version}`],
    env: { ...machine.env, PULUMI_HOME: pulumiHome(machine), PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: INSTALL_TIMEOUT_MS,
    signal: machine.signal,
    onLine: slowSay(machine.say),
  });
}
