import { existsSync } from "node:fs";
import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { PgtError } from "../../kernel/errors.ts";
import type { Found, Machine, Part, Way } from "./part.ts";
import { pulumiCli } from "./pulumi-cli.ts";
import { pulumiHome } from "./pulumi-version.ts";
import { runProgram } from "./run-program.ts";
import { slowSay } from "./slow-say.ts";
import { askSite, whyNotAsked } from "./unreachable-sites.ts";

/** The provider plugin for Docker. */
export interface DockerPlugin {
  /** Folder that the engine must have on PATH to find it; `undefined` when it looks in `PULUMI_HOME` anyway. */
  readonly folder: string | undefined;
}

/** The version of @pulumi/docker in package.json. */
const VERSION = "5.2.0";
const SITE = "the download of the Docker plugin";

/** The CLI tries five times by itself; a site that hangs is left after this. */
const INSTALL_TIMEOUT_MS = 60_000;

/** The engine passes PGT_NODE on. The path is relative, so that a clone may be moved. */
const STAND_IN_SCRIPT = `#!/bin/sh
exec "\${PGT_NODE:-node}" --disable-warning=ExperimentalWarning "$(dirname -- "$0")/../../tools/docker-provider/main.ts" "$@"
`;

/** The official plugin; else, for a day after its download failed, the stand-in of this clone. */
export const dockerPlugin: Part<DockerPlugin> = {
  title: "Docker plugin",
  find: async (machine) => findOfficial(machine) ?? (await findStandIn(machine)),
  ways: [theOfficialPlugin(), theStandIn()],
};

function findOfficial(machine: Machine): Found<DockerPlugin> | undefined {
  const folder = path.join(pulumiHome(machine), "plugins", `resource-docker-v${VERSION}`);
  // Pulumi keeps this file beside the folder for as long as the plugin is not there as a whole.
  if (existsSync(`${folder}.partial`) || !existsSync(path.join(folder, "pulumi-resource-docker"))) return undefined;
  return { value: { folder: undefined }, version: VERSION, from: folder };
}

async function findStandIn(machine: Machine): Promise<Found<DockerPlugin> | undefined> {
  const folder = standInFolder(machine);
  if (!existsSync(path.join(folder, "pulumi-resource-docker")) || !existsSync(standInMain(machine))) return undefined;
  if ((await whyNotAsked(machine, SITE)) === undefined) return undefined;
  return {
    value: { folder },
    version: VERSION,
    from: standInMain(machine),
    note: "the stand-in of this clone, because the official plugin can't be installed here",
  };
}

function theOfficialPlugin(): Way {
  return {
    title: "pulumi plugin install",
    byHand: `let this machine reach https://github.com and https://get.pulumi.com, or put the official plugin there: PULUMI_HOME=.toolchain/pulumi-home pulumi plugin install resource docker v${VERSION} --file <archive>`,
    unavailable: (machine) => whyNotAsked(machine, SITE),
    act: (machine) => askSite(machine, SITE, () => installOfficial(machine)),
  };
}

async function installOfficial(machine: Machine): Promise<void> {
  const cli = await pulumiCli.find(machine);
  if (cli === undefined) throw new PgtError("needs the Pulumi CLI, which is not installed");
  await runProgram({
    program: cli.value.path,
    args: ["plugin", "install", "resource", "docker", `v${VERSION}`],
    env: { ...machine.env, PULUMI_HOME: pulumiHome(machine), PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: INSTALL_TIMEOUT_MS,
    signal: machine.signal,
    onLine: slowSay(machine.say),
  });
}

function theStandIn(): Way {
  return {
    title: "the stand-in in tools/docker-provider",
    byHand: "git checkout tools/docker-provider",
    unavailable: (machine) =>
      Promise.resolve(existsSync(standInMain(machine)) ? undefined : `${standInMain(machine)} does not exist`),
    act: async (machine) => {
      const executable = path.join(standInFolder(machine), "pulumi-resource-docker");
      await mkdir(path.dirname(executable), { recursive: true });
      const fresh = `${executable}.${process.pid}`;
      await writeFile(fresh, STAND_IN_SCRIPT);
      await chmod(fresh, 0o755);
      await rename(fresh, executable);
    },
  };
}

function standInFolder(machine: Machine): string {
  return path.join(machine.toolchainDir, "bin");
}

function standInMain(machine: Machine): string {
  return path.join(machine.root, "tools/docker-provider/main.ts");
}
