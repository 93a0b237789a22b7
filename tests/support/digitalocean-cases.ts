import { resolveTopology } from "../../topology/resolve.ts";
import type { SpecOf } from "../../topology/spec.ts";
import type { DigitalOceanRule } from "../../topology/validate/digitalocean-rule.ts";
import { validateTopology } from "../../topology/validate.ts";
import { type RuleCase, testRulesBy } from "./rule-cases.ts";

/** A wish for DigitalOcean; in nyc3, and with few connections, unless it says otherwise. */
export type DigitalOceanWish = Omit<SpecOf<"digitalocean">, "target">;

/** One rule broken, and as near as can be to it, kept. */
export type DigitalOceanCase = RuleCase<DigitalOceanWish>;

/** Whose keys, and from where. */
export const SSH = { keys: ["3b:16:e4:bf:8b:00:8b:b8:59:8c:a9:d3:f0:19:fa:45"], sources: ["203.0.113.7/32"] };
/** A data host that can be had. */
export const DATA_HOST: DigitalOceanWish = { data: {}, access: { ssh: SSH } };

/** For each rule and case: the good wish has no issue, the bad one has one, and that one is this rule's. */
export function testDigitalOceanRules<N extends string>(
  rules: Readonly<Record<N, DigitalOceanRule>>,
  cases: Readonly<Record<N, readonly DigitalOceanCase[]>>,
): void {
  testRulesBy<DigitalOceanWish, DigitalOceanRule, N>(
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

function resolved(wish: DigitalOceanWish, stack: string) {
  const application = { poolSize: 1, maxOverflow: 0, replicaPoolSize: 1, replicaMaxOverflow: 0 };
  const spec: SpecOf<"digitalocean"> = { target: "digitalocean", region: "nyc3", application, ...wish };
  return { spec, topology: resolveTopology(spec, stack) };
}
