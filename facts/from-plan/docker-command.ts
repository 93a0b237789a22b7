import { type Known, UNKNOWN } from "../../requirements/known.ts";
import type { Parameters } from "../server-parameters.ts";
import { type PlannedResource, texts } from "./planned-resource.ts";
import { readOnce } from "./read-once.ts";

/**
 * Parameters that a server is given on its command line, which win over its files: `-c name=value`, `--name=value`, `-F`.
 * @see https://www.postgresql.org/docs/17/app-postgres.html
 */
export const commandParameters = readOnce(({ props }: PlannedResource): Known<Parameters> => {
  const words = texts(props, "command");
  if (words === UNKNOWN) return UNKNOWN;
  const settings: Record<string, string> = {};
  for (const [at, word] of words.entries()) {
    if (word === "-F") settings.fsync = "off";
    const text = words[at - 1] === "-c" ? word : /^(?:-c|--)(?=\w)(.*)$/s.exec(word)?.[1];
    const [, name, value] = /^([\w.-]+)=(.*)$/s.exec(text ?? "") ?? [];
    if (name !== undefined && value !== undefined) settings[name.replaceAll("-", "_").toLowerCase()] = value;
  }
  return settings;
});
