import { type AllKnown, isKnown, Missing } from "./known.ts";
import type { Finding, Verdict } from "./requirement.ts";

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
  // Judged for every resource of a stack: nothing is made where all is known.
  let all = true;
  for (const name of names) all &&= isKnown(facts[name]);
  if (all) return judge(facts as AllKnown<Pick<F, K>>);
  const why = names.filter((name) => !isKnown(facts[name])).map((name) => absence(name, facts[name]));
  return why.find((verdict) => verdict.status === "not-applicable") ?? why[0] ?? PASS;
}

/** What to say of a fact that is not known. */
export function absence(name: string, fact: unknown): Verdict {
  if (!(fact instanceof Missing)) return { status: "unknown", missing: name };
  if (fact.status === "not-applicable") return notApplicable(fact.reason);
  return { status: "unknown", missing: `${name} (${fact.reason})` };
}

/**
 * One verdict of many: every failure in one message; else what is unknown of each; else pass when one passes.
 * `nothing` is the reason why an empty list is not judged.
 */
export function every<I>(
  items: readonly I[],
  nameOf: (item: I) => string,
  judge: (item: I) => Verdict,
  nothing: string,
): Verdict {
  // Made where there is something to put in: most things hold.
  let findings: Finding[] | undefined;
  let missing: string[] | undefined;
  let passed: Verdict | undefined;
  let reason: string | undefined;
  for (const item of items) {
    const one = judge(item);
    if (one.status === "fail") (findings ??= []).push({ where: nameOf(item), message: one.message });
    else if (one.status === "unknown") (missing ??= []).push(`${one.missing} of ${nameOf(item)}`);
    else if (one.status === "pass") passed = one;
    else reason ??= one.reason;
  }
  if (findings !== undefined) {
    const message = findings.map((finding) => `${finding.where}: ${finding.message}`).join("; ");
    return { status: "fail", message, findings };
  }
  if (missing !== undefined) return { status: "unknown", missing: missing.join(", ") };
  return passed ?? notApplicable(reason ?? nothing);
}

/** A verdict about one thing, which is named in it. */
export function about(where: string, judged: Verdict): Verdict {
  return every(
    [where],
    (name) => name,
    () => judged,
    "",
  );
}

/** Passes when the list is empty; else each of its items, `where: what`, is told of its own thing. */
export function noneOf(list: readonly string[], what: string): Verdict {
  if (list.length === 0) return PASS;
  const findings = list.map((item): Finding => {
    const [where = "", ...rest] = item.split(":");
    return { where, message: `${what}: ${rest.join(":").trim()}` };
  });
  return { status: "fail", message: findings.map(({ message, where }) => `${where}: ${message}`).join("; "), findings };
}
