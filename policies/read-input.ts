import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parse } from "yaml";
import { POLICIES_KEY } from "../config/keys.ts";
import { EXIT, messageOf, PgtError } from "../kernel/errors.ts";
import { type PolicySettings, readSettings } from "./settings.ts";

/** The text of a file; `-` is standard input. @throws {PgtError} exit code 2 when it can't be read */
export async function readInput(path: string): Promise<string> {
  try {
    return await (path === "-" ? text(process.stdin) : readFile(path, "utf8"));
  } catch (error) {
    throw new PgtError(`${path} can't be read: ${messageOf(error)}`, {
      exitCode: EXIT.usage,
      fix: ["name a file that you may read, or - for standard input"],
      cause: error,
    });
  }
}

/** Settings of the pack in a file of their own, or in a stack's file. @throws {PgtError} exit code 2 */
export async function readSettingsFile(path: string): Promise<PolicySettings> {
  const source = await readInput(path);
  let value: unknown;
  try {
    value = parse(source);
  } catch (error) {
    throw new PgtError(`${path} is not valid YAML: ${messageOf(error)}`, {
      exitCode: EXIT.usage,
      fix: [`correct ${path}; docs/policies.md shows the form`],
    });
  }
  return readSettings(ofAStack(value) ?? value, path);
}

/** What is below the key in a stack's file; nothing is there where nobody wrote it. */
function ofAStack(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("config" in value)) return undefined;
  const { config } = value;
  return typeof config === "object" && config !== null && POLICIES_KEY in config
    ? (config as Record<string, unknown>)[POLICIES_KEY]
    : {};
}
