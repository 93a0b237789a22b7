import type { Requirement } from "../requirement.ts";
import { every, known, notApplicable, verdict } from "../verdict.ts";

const PLANNED = ["plan"] as const;

/** What holds of all resources of a stack, whoever made them. */
export const everyResource: readonly Requirement<"stack">[] = [
  {
    id: "stack/no-secret-in-outputs",
    topic: "stack",
    severity: "high",
    joins: true,
    title: "No output of the stack shows a secret",
    why: "Outputs are printed by every update, and read by every stack that refers to this one.",
    fix: "Make the output a secret (`pulumi.secret`), or leave it out.",
    docs: "https://www.pulumi.com/docs/iac/concepts/secrets/",
    witnesses: PLANNED,
    check: (facts) =>
      known(facts, ["outputs"], ({ outputs }) =>
        every(
          outputs,
          ({ name }) => name,
          ({ output, safe }) =>
            known({ [output]: safe }, [output], (found) =>
              verdict(found[output] === true, `got a secret as plain text in the output ${output}, want none`),
            ),
          "the stack has no outputs",
        ),
      ),
  },
  {
    id: "stack/region-allowed",
    topic: "stack",
    severity: "high",
    title: "Everything is in a region that is allowed",
    why: "Data in another country is under its law, and far from whoever reads it.",
    fix: "Put it into one of the regions, or add this one to `regions` of the policies' settings.",
    docs: "https://cloud.google.com/sql/docs/postgres/locations",
    witnesses: PLANNED,
    check: (facts) =>
      known(facts, ["allowedRegions", "placed"], ({ allowedRegions, placed }) =>
        every(
          placed,
          (one) => one.name,
          (one) =>
            known(one, ["region"], ({ region }) => {
              if (region === undefined) return notApplicable("it is in no region");
              return verdict(
                allowedRegions.includes(region),
                `got ${region}, want one of ${allowedRegions.join(", ")}`,
              );
            }),
          "nothing of it is in a region",
        ),
      ),
  },
  {
    id: "stack/explicit-project",
    topic: "stack",
    severity: "low",
    title: "The project of a resource is written down",
    why: "Without it, the project is that of whoever runs the update: one day it is the wrong one.",
    fix: "Set `gcp:project` in the stack's configuration, or `project` of the resource or of its provider.",
    docs: "https://www.pulumi.com/registry/packages/gcp/installation-configuration/",
    witnesses: PLANNED,
    check: (facts) =>
      known(facts, ["owned"], ({ owned }) =>
        every(
          owned,
          (one) => one.name,
          (one) =>
            known(one, ["explicitProject"], ({ explicitProject }) =>
              verdict(explicitProject, "got the project of whoever runs the update, want one by name"),
            ),
          "nothing of it belongs to a project",
        ),
      ),
  },
];
