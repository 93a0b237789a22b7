import { type Fact, Missing } from "../requirements/known.ts";
import { POSTGRESQL_VERSIONS } from "../topology/limits/postgresql-versions.ts";

const DAY_MS = 86_400_000;

/** Days until the PostgreSQL project ends a major version; below 0 it has ended. */
export function versionDaysLeft(major: Fact<number>, now: Date): Fact<number> {
  const known = POSTGRESQL_VERSIONS.find((version) => version.major === major);
  if (known === undefined) return new Missing("unknown", "the end of this version is in no table here");
  return Math.floor((Date.parse(known.endOfLifeOn) - now.getTime()) / DAY_MS);
}
