import { readFile } from "node:fs/promises";
import type { Document } from "yaml";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { writePrivateFile } from "./private-file.ts";
import { readYaml } from "./read-yaml.ts";

/** Reads a stack's configuration file; `undefined` when there is none. Its comments survive an edit. */
export async function readConfiguration(path: string): Promise<Document | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new PgtError(`${path} can't be read: ${messageOf(error)}`, {
      exitCode: EXIT.usage,
      fix: [`It must be a file that you may read: ls -l ${path}`],
      cause: error,
    });
  }
  return readYaml(text, path);
}

/** Everything below `config:`, as plain values. */
export function configurationOf(document: Document | undefined): Record<string, unknown> {
  const value = (document?.toJS() as { config?: Record<string, unknown> | null } | null)?.config;
  return value ?? {};
}

/** Sets keys below `config:` and writes the file, unless nothing changes. Values here are not secret. */
export async function setConfiguration(path: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  const document = (await readConfiguration(path)) ?? readYaml("config: {}\n", path);
  const before = document.toString();
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) document.deleteIn(["config", key]);
    else if (!sameValue(configurationOf(document)[key], value)) document.setIn(["config", key], value);
  }
  const after = document.toString();
  if (after !== before) await writePrivateFile(path, after);
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
