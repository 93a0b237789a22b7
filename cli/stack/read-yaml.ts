import { type Document, isMap, isScalar, parseDocument } from "yaml";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";

/** Reads YAML text that is a map with a map `config`. @throws {PgtError} exit code 2 */
export function readYaml(text: string, path: string): Document {
  // What we write back is quoted where the engine would take it for something else.
  const document = parseDocument(text, { compat: "yaml-1.1", logLevel: "error" });
  const first = document.errors[0];
  if (first !== undefined) throw notYaml(path, first.message, first.linePos?.[0].line ?? 1);
  requireMaps(document, path);
  try {
    JSON.stringify(document.toJS());
  } catch (error) {
    // An alias without its anchor, within what it stands for, or aliases that unfold to more than a person writes.
    throw notYaml(path, messageOf(error).split("\n")[0] ?? "", undefined);
  }
  return document;
}

function notYaml(path: string, message: string, line: number | undefined): PgtError {
  return new PgtError(`${path} is not valid YAML: ${message.trimEnd()}`, {
    exitCode: EXIT.usage,
    fix: [line === undefined ? `Correct the aliases (*name) of ${path}.` : `Correct line ${line} of ${path}.`],
  });
}

function requireMaps(document: Document, path: string): void {
  const whole = document.contents;
  if (whole !== null && !isMap(whole) && !(isScalar(whole) && whole.value === null)) {
    throw new PgtError(`${path} must be a map with the key "config"`, { exitCode: EXIT.usage, fix: [EXAMPLES] });
  }
  const config = isMap(whole) ? whole.get("config") : undefined;
  if (config !== undefined && config !== null && !isMap(config)) {
    throw new PgtError(`${path}: "config" must be a map of keys to values`, { exitCode: EXIT.usage, fix: [EXAMPLES] });
  }
}

const EXAMPLES = "Pulumi.local.yaml and Pulumi.staging.yaml show the form.";
