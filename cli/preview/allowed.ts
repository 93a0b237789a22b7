import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { mistakesIn } from "../../config/mistakes.ts";
import { judgePermissions } from "../../config/permissions.ts";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import type { Permission } from "../../topology/permission.ts";

/**
 * The permissions of a file beside the stack's own: a list of the same shape, in YAML or JSON.
 * @throws {PgtError} exit code 2, with every mistake
 */
export async function readAllowed(path: string | undefined): Promise<readonly Permission[]> {
  if (path === undefined) return [];
  const judged = judgePermissions(await readList(path));
  if ("mistakes" in judged) throw mistakesIn([judged.mistakes], path);
  return judged.value;
}

async function readList(path: string): Promise<unknown> {
  try {
    // An empty file is one that was meant to hold a list.
    const list = (parse(await readFile(path, "utf8")) as unknown) ?? "nothing";
    // Fails where an alias stands within what it stands for.
    JSON.stringify(list);
    return list;
  } catch (error) {
    throw new PgtError(`${path} can't be read: ${messageOf(error).split("\n")[0] ?? ""}`, {
      exitCode: EXIT.usage,
      fix: ["Name a file with a list of permissions, as docs/preview.md shows it."],
      cause: error,
    });
  }
}
