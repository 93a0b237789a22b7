import { type AllKnown, isKnown, Missing } from "./known.ts";
import type { Verdict } from "./requirement.ts";

/** It holds. */
const PASS: Verdict = { status: "pass" };

/** It does not hold. `message` says where · got · want, and never a secret's value. */
export function fail(message: string): Verdict {
  return { status: "fail", message };
}

/** It makes no sense here. */
export function notApplicable(reason: string): Verdict {
  return { status: "not-applicable", reason };
}

/** Passes when `holds`, else fails with the message. */
export function verdict(holds: boolean, message: string): Verdict {
  return holds ? PASS : fail(message);
}

/** Passes when the list is empty, else fails with everything in it. */
export function none(list: readonly string[], what: string): Verdict {
  return verdict(list.length === 0, `${what}: ${list.join(", ")}`);
}

/**
 * Hands the named facts to `judge` when all of them are known; else says which is not.
 * The one way in which a requirement reads facts, so that none forgets that they may be UNKNOWN.
 */
export function known<F extends object, K extends keyof F & string>(
  facts: F,
  names: readonly K[],
  judge: (facts: AllKnown<Pick<F, K>>) => Verdict,
): Verdict {
  const missing = names.filter((name) => !isKnown(facts[name]));
  if (missing.length === 0) return judge(facts as AllKnown<Pick<F, K>>);
  const why = missing.map((name) => absence(name, facts[name]));
  return why.find((verdict) => verdict.status === "not-applicable") ?? why[0] ?? PASS;
}

/** What to say of a fact that is not known. */
export function absence(name: string, fact: unknown): Verdict {
  if (!(fact instanceof Missing)) return { status: "unknown", missing: name };
  if (fact.status === "not-applicable") return notApplicable(fact.reason);
  return { status: "unknown", missing: `${name} (${fact.reason})` };
}

/**
 * One verdict of many: every failure in one message; else unknown when one is; else pass when one passes.
 * `nothing` is the reason why an empty list is not judged.
 */
export function every<I>(
  items: readonly I[],
  nameOf: (item: I) => string,
  judge: (item: I) => Verdict,
  nothing: string,
): Verdict {
  const judged = items.map((item) => ({ where: nameOf(item), verdict: judge(item) }));
  const failures = judged.flatMap(({ where, verdict: v }) => (v.status === "fail" ? [`${where}: ${v.message}`] : []));
  if (failures.length > 0) return fail(failures.join("; "));
  for (const { where, verdict: v } of judged) {
    if (v.status === "unknown") return { status: "unknown", missing: `${v.missing} of ${where}` };
  }
  if (judged.some(({ verdict: v }) => v.status === "pass")) return PASS;
  const reasons = judged.flatMap(({ verdict: v }) => (v.status === "not-applicable" ? [v.reason] : []));
  return notApplicable(reasons[0] ?? nothing);
}
