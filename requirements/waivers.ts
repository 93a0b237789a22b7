import { isExpired, type Permission, permissionFor } from "../topology/permission.ts";
import type { Judged } from "./judge.ts";
import type { Requirement } from "./requirement.ts";

/** A waiver that should not be there as it is. */
export interface WaiverProblem {
  readonly waiver: Permission;
  readonly kind: "unknown" | "expired" | "unused";
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** The waiver by which a failure is put up with, if one holds today. */
export function waiverOf(
  { requirement, verdict }: Judged,
  waivers: readonly Permission[],
  now: Date,
): Permission | undefined {
  return verdict.status === "fail" ? permissionFor(waivers, requirement.id, now) : undefined;
}

/**
 * Waivers for what is no requirement, whose last day has passed, or that nothing needs. Nothing needs a waiver where its
 * requirement was judged and holds; where it was not judged, as a live one in a plan, nobody can say so.
 */
export function waiverProblems(
  waivers: readonly Permission[],
  judged: readonly Judged[],
  catalogue: readonly Requirement[],
  now: Date,
): WaiverProblem[] {
  return waivers.flatMap((waiver): WaiverProblem[] => {
    const { expires, id, owner } = waiver;
    if (!catalogue.some((requirement) => requirement.id === id)) {
      return [{ waiver, kind: "unknown", message: `no requirement has the id ${id}: correct or remove the waiver` }];
    }
    if (isExpired(waiver, now)) {
      const message = `the waiver for ${id} expired on ${expires}: remove it; if it is still needed, ${owner} has to give it again`;
      return [{ waiver, kind: "expired", message }];
    }
    const verdicts = judged.filter(({ requirement }) => requirement.id === id).map(({ verdict }) => verdict.status);
    if (!verdicts.includes("pass") || verdicts.includes("fail") || verdicts.includes("unknown")) return [];
    return [
      { waiver, kind: "unused", message: `nothing needs the waiver for ${id}: the requirement holds; remove it` },
    ];
  });
}
