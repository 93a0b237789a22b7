import { randomInt } from "node:crypto";
import { GCP_PROJECT_KEY, PROJECT, SUFFIX_KEY } from "../../config/keys.ts";
import { mistakesIn } from "../../config/mistakes.ts";
import { projectIssues } from "../../config/stack-keys.ts";
import { SUFFIX_LENGTH } from "../../topology/names.ts";
import type { Place } from "./place.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** The project that a stack's resources are made in. @throws {PgtError} exit code 2 when none is named */
export function projectOf(configuration: Readonly<Record<string, unknown>>, { sourceFile }: Place): string {
  const project = configuration[GCP_PROJECT_KEY];
  const issues = projectIssues(project);
  if (typeof project === "string" && issues.length === 0) return project;
  throw mistakesIn([{ key: "config", issues }], sourceFile);
}

/** What ends the stack's names: as written, else made now. Letters only, so that YAML takes it for text. */
export function suffixOf(configuration: Readonly<Record<string, unknown>>): string {
  const written = configuration[`${PROJECT}:${SUFFIX_KEY}`];
  if (typeof written === "string" && written !== "") return written;
  return Array.from({ length: SUFFIX_LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join("");
}
