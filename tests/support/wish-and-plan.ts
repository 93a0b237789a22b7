import assert from "node:assert/strict";
import { labelPlan } from "../../preview/label-plan.ts";
import { changesBetween } from "../../topology/change.ts";
import { type ChangeLabel, worst } from "../../topology/change-label.ts";
import type { TopologySpec } from "../../topology/spec.ts";
import { planOf } from "../contract/targets.ts";
import { plannedSteps, type ProviderKnowledge } from "./plan-steps.ts";

/** Edits of which a plan says something else than the wish, by title: what it says, as in `restart + exposure`, and why. */
export type Exceptions = Readonly<Record<string, { readonly plan: string; readonly why: string }>>;

/** An edit of a wish, as it is written in two stack files. */
interface WishEdit {
  readonly title: string;
  readonly from: TopologySpec;
  readonly to: TopologySpec;
}

/** What is said of one edit. */
interface Said {
  readonly label: ChangeLabel;
  readonly exposure: boolean;
}

/** The wish's rules and the plan's tables say the same of an edit, or what an exception has; that one must be needed. */
export async function judgeAgreement(
  { title, from, to }: WishEdit,
  knowledge: ProviderKnowledge,
  stack: string,
  exceptions: Exceptions,
): Promise<void> {
  const [before, after] = [await planOf(from, { stack }), await planOf(to, { stack })];
  const wish = saidBy(changesBetween(before.topology, after.topology));
  const { changes } = labelPlan(plannedSteps(before.resources, after.resources, knowledge));
  const lines = changes.map(({ name, property = "", ...said }) => `${saidBy([said])}: ${name} ${property}`);
  const exception = Object.hasOwn(exceptions, title) ? exceptions[title] : undefined;
  assert.notEqual(exception?.plan, wish, "the exception is superfluous");
  assert.equal(saidBy(changes), exception?.plan ?? wish, lines.join("\n"));
}

function saidBy(changes: readonly Said[]): string {
  const isExposed = changes.some(({ exposure }) => exposure);
  return `${worst(changes.map(({ label }) => label))}${isExposed ? " + exposure" : ""}`;
}
