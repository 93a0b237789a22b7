import { ONE_DATABASE } from "../../requirements/facts/not-on-target.ts";
import { type Fact, UNKNOWN } from "../../requirements/known.ts";
import { type PlannedPart, uploadedText } from "./docker-part.ts";

/** Files with a password in them, and nothing that two databases could have in common otherwise. */
const SECRET_FILES = ["administrator-password", "pgpass", "userlist"];

/**
 * Files with passwords that the stack's other databases are given, too: names are told, and nothing of what is in them.
 * @param others containers of the stack's other databases
 */
export function passwordsTakenElsewhere(
  parts: readonly PlannedPart[],
  others: readonly PlannedPart[],
): Fact<readonly string[]> {
  if (others.length === 0) return ONE_DATABASE;
  const taken: string[] = [];
  for (const part of parts) {
    for (const file of SECRET_FILES) {
      const own = uploadedText(part, file);
      if (own === undefined) continue;
      const theirs = others.map((other) => uploadedText(other, file));
      if (own === UNKNOWN || theirs.includes(UNKNOWN)) return UNKNOWN;
      if (theirs.includes(own)) taken.push(`${file} of ${part.container.name}`);
    }
  }
  return taken;
}
