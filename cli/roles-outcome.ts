import type { RoleStep } from "./stack/apply-roles.ts";

/** A few words behind a step that applied roles and grants, or planned them. */
export function rolesOutcome(apply: boolean): (steps: readonly RoleStep[]) => string {
  return (steps) => (steps.length === 0 ? ": as planned" : `: ${steps.length} ${apply ? "changed" : "differ"}`);
}
