import { readFile } from "node:fs/promises";
import { type Document, isMap, parseDocument } from "yaml";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { writePrivateFile } from "./private-file.ts";

/** Reads a stack's configuration file; `undefined` when there is none. Its comments survive an edit. */
export async function readConfiguration(path: string): Promise<Document | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new PgtError(`${path} can't be read: ${messageOf(error)}`, { exitCode: EXIT.usage, cause: error });
  }
  const document = parseDocument(text);
  const first = document.errors[0];
  if (first !== undefined) {
    throw new PgtError(`${path} is not valid YAML: ${first.message.trimEnd()}`, {
      exitCode: EXIT.usage,
      fix: [`Correct line ${first.linePos?.[0].line ?? 1} of ${path}.`],
    });
  }
  const config = document.get("config");
  if (config !== undefined && config !== null && !isMap(config)) {
    throw new PgtError(`${path}: "config" must be a map of keys to values`, { exitCode: EXIT.usage });
  }
  return document;
}

/** Everything below `config:`, as plain values. */
export function configurationOf(document: Document | undefined): Record<string, unknown> {
  const value = (document?.toJS() as { config?: Record<string, unknown> | null } | null)?.config;
  return value ?? {};
}

/** Sets keys below `config:` and writes the file, unless nothing changes. Values here are not secret. */
export async function setConfiguration(path: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  const document = (await readConfiguration(path)) ?? parseDocument("config: {}\n");
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
