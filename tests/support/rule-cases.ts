import assert from "node:assert/strict";
import { it } from "mocha";
import { type Issue, issueText } from "../../topology/issue.ts";

/** One rule broken, and as near as can be to it, kept. */
export interface RuleCase<W> {
  /** What the rule names, as the rest of a sentence. */
  readonly title: string;
  readonly good: W;
  readonly bad: W;
  /** The one issue of the bad wish. */
  readonly text: string;
  /** Name of the bad wish's stack; `prod` unless told. */
  readonly stack?: string;
}

/** How a wish is judged: by every rule, and by one. */
export interface Judge<W, R> {
  readonly all: (wish: W, stack: string) => readonly Issue[];
  readonly by: (rule: R, wish: W, stack: string) => readonly Issue[];
}

/** For each rule and case: the good wish has no issue, the bad one has one, and that one is this rule's. */
export function testRulesBy<W, R, N extends string>(
  { all, by }: Judge<W, R>,
  rules: Readonly<Record<N, R>>,
  cases: Readonly<Record<N, readonly RuleCase<W>[]>>,
): void {
  for (const [name, rule] of Object.entries<R>(rules)) {
    for (const { title, good, bad, text, stack = "prod" } of cases[name as N]) {
      it(`names ${title}`, () => {
        assert.deepEqual(all(good, "prod").map(issueText), []);
        assert.deepEqual(all(bad, stack).map(issueText), [text]);
        assert.deepEqual(by(rule, bad, stack).map(issueText), [text], `another rule than ${name} found it`);
      });
    }
  }
}
