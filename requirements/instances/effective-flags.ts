import { defaultOfFlag } from "../../topology/parameters/cloud-sql-flag-defaults.ts";
import { parseBoolean } from "../../topology/parameters/setting-value.ts";
import type { InstancesFacts } from "../facts/instances.ts";
import type { Verdict } from "../requirement.ts";
import { fail, verdict } from "../verdict.ts";
import { eachInstance } from "./each-instance.ts";

/** What a flag is wanted to be. */
export interface FlagWish {
  /** In words. */
  readonly want: string;
  /** By the value in lower case, where a switch is `on` or `off`. */
  readonly holds: (value: string) => boolean;
}

/** Wants one of these words. */
export function oneOf(...words: readonly string[]): FlagWish {
  return { want: words.join(" or "), holds: (value) => words.includes(value) };
}

/** Wants a switch to be on; since PostgreSQL 18, `log_connections` has words for it, too. */
export const ON: FlagWish = { want: "on", holds: (value) => !["off", "0", ""].includes(value) };

/** Wants a switch to be off. */
export const OFF: FlagWish = { want: "off", holds: (value) => ["off", "0"].includes(value) };

/**
 * Judges each instance by the flags in force: what is set, else what Cloud SQL is known to have; where that is not known,
 * nor is the verdict.
 * @param what goes before those that are not as wanted
 */
export function flagsAre(facts: InstancesFacts, what: string, wanted: Readonly<Record<string, FlagWish>>): Verdict {
  return eachInstance(facts, ["flags"], ({ flags }) => {
    const judged = Object.entries(wanted).map(([name, wish]) => ({ name, ...judge(flags, name, wish) }));
    const wrong = judged.flatMap(({ problem }) => problem ?? []);
    if (wrong.length > 0) return fail(`${what}: ${wrong.join(", ")}`);
    const unsure = judged.filter(({ isKnown }) => !isKnown).map(({ name }) => name);
    if (unsure.length > 0)
      return { status: "unknown", missing: `${unsure.join(", ")} (not set, its default is not known)` };
    return verdict(true, "");
  });
}

/** The value in force, in lower case; a switch is `on` or `off`. */
function judge(
  flags: Readonly<Record<string, string>>,
  name: string,
  { holds, want }: FlagWish,
): { readonly isKnown: boolean; readonly problem?: string } {
  const set = flags[name];
  const value = set ?? defaultOfFlag(name);
  if (value === undefined) return { isKnown: false };
  if (holds(plain(value))) return { isKnown: true };
  return { isKnown: true, problem: `${name} got ${set ?? `not set (${value})`}, want ${want}` };
}

function plain(value: string): string {
  const word = value.trim().toLowerCase();
  // Numbers are no switches here: 0 is a limit.
  const isOn = /^-?\d/.test(word) ? undefined : parseBoolean(word);
  if (isOn === undefined) return word;
  return isOn ? "on" : "off";
}
