import { existsSync } from "node:fs";
import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  findOfficialPlugin,
  installOfficialPlugin,
  type OfficialPlugin,
  type PluginFolder,
} from "./official-plugin.ts";
import type { Found, Machine, Part, Way } from "./part.ts";
import { whyNotAsked } from "./unreachable-sites.ts";

/** The one of its SDK in package.json. */
export const DOCKER_PLUGIN: OfficialPlugin = {
  name: "docker",
  version: "5.2.0",
  site: "the download of the Docker plugin",
};

/** The engine passes PGT_NODE on. The path is relative, so that a clone may be moved. */
const STAND_IN_SCRIPT = `#!/bin/sh
exec "\${PGT_NODE:-node}" --disable-warning=ExperimentalWarning "$(dirname -- "$0")/../../tools/docker-provider/main.ts" "$@"
`;

/** The official plugin; else, for a day after its download failed, the stand-in of this clone. */
export const dockerPlugin: Part<PluginFolder> = {
  title: "Docker plugin",
  find: async (machine) => findOfficialPlugin(machine, DOCKER_PLUGIN) ?? (await findStandIn(machine)),
  ways: [installOfficialPlugin(DOCKER_PLUGIN), theStandIn()],
};

async function findStandIn(machine: Machine): Promise<Found<PluginFolder> | undefined> {
  const folder = standInFolder(machine);
  if (!existsSync(path.join(folder, "pulumi-resource-docker")) || !existsSync(standInMain(machine))) return undefined;
  if ((await whyNotAsked(machine, DOCKER_PLUGIN.site)) === undefined) return undefined;
  return {
    value: { folder },
    version: DOCKER_PLUGIN.version,
    from: standInMain(machine),
    note: "the stand-in of this clone, because the official plugin can't be installed here",
  };
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
