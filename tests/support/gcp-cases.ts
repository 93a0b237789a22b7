import { issueText } from "../../topology/issue.ts";
import { resolveTopology } from "../../topology/resolve.ts";
import type { SpecOf } from "../../topology/spec.ts";
import type { GcpRule } from "../../topology/validate/gcp-rule.ts";
import { validateTopology } from "../../topology/validate.ts";
import { type RuleCase, testRulesBy } from "./rule-cases.ts";

/** A wish for Cloud SQL; in europe-west1, and with few connections, unless it says otherwise. */
export type GcpWish = Omit<SpecOf<"gcp">, "target">;

/** One rule broken, and as near as can be to it, kept. */
export type GcpCase = RuleCase<GcpWish>;

/** Images by digest. */
const DIGEST = `sha256:${"a".repeat(64)}`;
export const APP = { image: `registry.example/app@${DIGEST}` };
export const POOLER_IMAGE = `registry.example/pgbouncer@${DIGEST}`;
export const VERIFICATION = { image: `registry.example/pgtopology@${DIGEST}` };

/** Every issue of a wish, as text. */
export function gcpIssues(wish: GcpWish, stack = "prod"): string[] {
  const { spec, topology } = resolved(wish, stack);
  return validateTopology(spec, topology).map(issueText);
}

/** For each rule and case: the good wish has no issue, the bad one has one, and that one is this rule's. */
export function testRules<N extends string>(
  rules: Readonly<Record<N, GcpRule>>,
  cases: Readonly<Record<N, readonly GcpCase[]>>,
): void {
  testRulesBy<GcpWish, GcpRule, N>(
    {
      all: (wish, stack) => {
        const { spec, topology } = resolved(wish, stack);
        return validateTopology(spec, topology);
      },
      by: (rule, wish, stack) => {
        const { spec, topology } = resolved(wish, stack);
        return rule(topology, spec);
      },
    },
    rules,
    cases,
  );
}

/** A wish as it is judged here, and its topology. */
export function resolved(wish: GcpWish, stack: string) {
  const application = { poolSize: 1, maxOverflow: 0, replicaPoolSize: 1, replicaMaxOverflow: 0 };
  const spec: SpecOf<"gcp"> = { target: "gcp", region: "europe-west1", application, ...wish };
  return { spec, topology: resolveTopology(spec, stack) };
}
