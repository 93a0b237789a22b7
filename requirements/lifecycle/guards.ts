import type { Requirement } from "../requirement.ts";
import { every, known, notApplicable, verdict } from "../verdict.ts";

const OPTIONS = "https://www.pulumi.com/docs/iac/concepts/resources/options";
const PLANNED = ["plan"] as const;

/** What an update may not do to data by itself. */
export const lifecycleGuards: readonly Requirement<"lifecycle">[] = [
  {
    id: "lifecycle/protected",
    topic: "lifecycle",
    severity: "high",
    // Which environment it is, the whole stack tells.
    joins: true,
    title: "In production, Pulumi refuses to remove what holds data",
    why: "A line that is deleted by mistake, or a property that means a new resource, is a database that is gone.",
    fix: "Set the resource option `protect: true`.",
    docs: `${OPTIONS}/protect/`,
    witnesses: PLANNED,
    references: ["CKV_GCP_82", "TFG"],
    check: (facts, { environment }) => {
      if (environment !== "prod") return notApplicable(`a ${environment} stack may be removed`);
      return known(facts, ["guarded"], ({ guarded }) =>
        every(
          guarded,
          (one) => one.name,
          ({ what, ...one }) =>
            known(one, ["protected"], (found) =>
              verdict(found.protected, `got a ${what} with protect false, want true`),
            ),
          "nothing of it holds data",
        ),
      );
    },
  },
  {
    id: "lifecycle/replacement-first",
    topic: "lifecycle",
    severity: "high",
    title: "What holds data is not removed before its replacement is there",
    why: "The removal is the first step, and the data is gone before anybody sees whether the second one works.",
    fix: "Remove `deleteBeforeReplace` from the resource's options.",
    docs: `${OPTIONS}/deletebeforereplace/`,
    witnesses: PLANNED,
    check: (facts) =>
      known(facts, ["guarded"], ({ guarded }) =>
        every(
          guarded,
          (one) => one.name,
          ({ what, ...one }) =>
            known(one, ["removedFirst"], ({ removedFirst }) =>
              verdict(!removedFirst, `got a ${what} with deleteBeforeReplace, want none`),
            ),
          "nothing of it holds data",
        ),
      ),
  },
  {
    id: "lifecycle/time-to-copy",
    topic: "lifecycle",
    severity: "low",
    title: "What is copied from another server has time for it",
    why: "A creation that is given up leaves a server that the state knows nothing of, and that is paid for.",
    fix: "Set the resource option `customTimeouts.create` to hours: some TiB take that long.",
    docs: `${OPTIONS}/customtimeouts/`,
    witnesses: PLANNED,
    check: (facts) =>
      known(facts, ["copied"], ({ copied }) =>
        every(
          copied,
          (one) => one.name,
          (one) =>
            known(one, ["createSeconds"], ({ createSeconds }) =>
              verdict(createSeconds > 0, "got the provider's own time for its creation, want one of its own"),
            ),
          "nothing is copied from another server",
        ),
      ),
  },
];
