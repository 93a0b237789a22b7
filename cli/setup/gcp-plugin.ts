import { findProgram } from "./docker-debian.ts";
import {
  findOfficialPlugin,
  installOfficialPlugin,
  type OfficialPlugin,
  type PluginFolder,
} from "./official-plugin.ts";
import type { Part } from "./part.ts";

const PLUGIN: OfficialPlugin = { name: "gcp", version: "9.37.0", site: "the download of the gcp plugin" };

/** The provider plugin for Google Cloud; nothing stands in for it. */
export const gcpPlugin: Part<PluginFolder> = {
  title: `gcp plugin ${PLUGIN.version}`,
  find: (machine) => {
    const installed = findOfficialPlugin(machine, PLUGIN);
    if (installed !== undefined) return Promise.resolve(installed);
    const onPath = findProgram(`pulumi-resource-${PLUGIN.name}`, machine.env);
    if (onPath === undefined) return Promise.resolve(undefined);
    const note = "found on PATH; its version was not asked";
    return Promise.resolve({ value: { folder: undefined }, version: PLUGIN.version, from: onPath, note });
  },
  ways: [installOfficialPlugin(PLUGIN)],
};
