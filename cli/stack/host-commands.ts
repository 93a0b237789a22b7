import path from "node:path";
import type { HostFile } from "../../rendering/data-host/host-file.ts";
import { programFile, systemFile } from "../../rendering/data-host/host-file-kinds.ts";
import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { readImageFiles } from "../setup/image-content.ts";

/** What only containers run: systemd has timers of its own, and a data host has no replica. */
const NOT_ON_A_HOST = ["pgt-replica", "pgt-scheduler", "standby-limits.sh", "leave-raised-limits"];
/** What only root runs. */
const FOR_ROOT = ["pgt-as-postgres"];

/** The commands of a data host: those of the image's that it needs, and its own. */
export function readHostCommands(root: string): readonly HostFile[] {
  const files = ["images/postgres", "images/data-host"].flatMap((folder) => readImageFiles(path.join(root, folder)));
  return files.flatMap(({ name, mode, content }) => {
    const base = path.basename(name);
    const folder = folderOf(name);
    if (folder === undefined || NOT_ON_A_HOST.includes(base)) return [];
    const make = mode === 0o755 ? programFile : systemFile;
    return [make(`${folder}/${base}`, content.toString("utf8"))];
  });
}

function folderOf(name: string): string | undefined {
  if (name.startsWith("lib/")) return HOST_PATHS.library;
  if (!name.startsWith("commands/")) return undefined;
  return FOR_ROOT.includes(path.basename(name)) ? path.dirname(HOST_PATHS.asPostgres) : HOST_PATHS.commands;
}
