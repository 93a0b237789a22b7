import { BACKUP_EFFECTS } from "../../../topology/change/gcp-effects.ts";
import type { Effect } from "../../../topology/change/rule.ts";
import type { PropertyRule, ResourceRule, ResourceTable } from "../../resource-table.ts";
import { byInputs, each, fieldOf, loosened, switched } from "./value-rules.ts";

/** What changes of something beside the servers mean. */
export interface Around {
  /** Of any of these properties. */
  readonly changed: Effect;
  readonly fields: readonly string[];
  /** Rules of single properties, before that. */
  readonly properties?: Readonly<Record<string, PropertyRule>>;
  readonly created?: ResourceRule;
  readonly deleted: ResourceRule;
  /** Default: as for what is deleted. */
  readonly replaced?: ResourceRule;
  readonly concerns?: ResourceTable["concerns"];
  readonly named?: ResourceTable["named"];
}

/** The table of something beside the servers. */
export function around({
  changed,
  fields,
  properties,
  created,
  deleted,
  replaced,
  concerns,
  named,
}: Around): ResourceTable {
  return {
    properties: { ...each(fields, changed), ...GUARDS, ...properties },
    unlisted: changed.label,
    created: created ?? { ...changed, label: "none", exposure: false, what: "it is made; what is there goes on" },
    deleted: unlessKept(deleted),
    replaced: unlessKept(replaced ?? deleted),
    ...(concerns && { concerns }),
    ...(named && { named }),
  };
}

/** What most resources have to be kept by. */
export const GUARDS: Readonly<Record<string, PropertyRule>> = {
  deletionProtection: switched(undefined, BACKUP_EFFECTS.guarded, BACKUP_EFFECTS.unguarded),
  deletionPolicy: loosened(["PREVENT", "ABANDON", "DISABLE", "DELETE", "FORCE"], "DELETE", {
    looser: BACKUP_EFFECTS.unguarded,
    stricter: BACKUP_EFFECTS.guarded,
  }),
};

/** The provider lets go of what is abandoned: nothing becomes of it. */
function unlessKept(rule: ResourceRule): ResourceRule {
  return byInputs((inputs, step) => {
    const effect = typeof rule === "function" ? rule(step) : rule;
    if (fieldOf(inputs, "deletionPolicy") !== "ABANDON") return effect;
    return {
      label: "none",
      what:
        step.operation === "replace"
          ? "another one is made, and the old one stays"
          : "it stays, and Pulumi no longer knows it",
      source: effect.source,
    };
  });
}
