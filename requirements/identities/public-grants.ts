import type { Grant } from "../facts/grant.ts";
import type { Fact } from "../known.ts";
import type { Verdict } from "../requirement.ts";
import { every, known, verdict } from "../verdict.ts";

interface GrantList {
  readonly grants: Fact<readonly Grant[]>;
}

/** Fails for every grant to everybody. `nothing` is the reason why an empty list is not judged. */
export function noneToEverybody(grants: Fact<readonly Grant[]>, nothing: string): Verdict {
  return known<GrantList, "grants">({ grants }, ["grants"], (facts) =>
    every(
      facts.grants,
      (grant) => grant.name,
      (grant) =>
        known(grant, ["publicMembers"], ({ publicMembers }) =>
          verdict(publicMembers.length === 0, `got ${publicMembers.join(", ")}, want accounts by name`),
        ),
      nothing,
    ),
  );
}
