import { type Document, isPair, isScalar, isSeq, type Node, type Pair, visit } from "yaml";
import { mistakesIn } from "../../config/mistakes.ts";
import { type Issue, pathText } from "../../topology/issue.ts";

interface Ambiguity {
  readonly pattern: RegExp;
  readonly engine: string;
  readonly fix: (text: string) => string;
}

/**
 * What is one thing in YAML 1.2 and another to the engine, whose YAML keeps some of 1.1: in `pulumi up` the program
 * would get other values than `pgt check` has judged.
 * @see https://github.com/go-yaml/yaml/tree/v3#compatibility (octal numbers), https://yaml.org/type/timestamp.html (read 2026-11-21)
 */
const AMBIGUITIES: readonly Ambiguity[] = [
  {
    pattern: /^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$/,
    engine: "a moment, and writes it with hours and a zone",
    fix: (text) => `put it in quotes: "${text}"`,
  },
  {
    pattern: /^[-+]?0\d+$/,
    engine: "an octal number where its digits allow",
    fix: (text) => `write ${Number(text)}, or "${text}" where text is meant`,
  },
  {
    pattern: /^[-+]?(\d[\d_]*_[\d_]*|0b[01_]+)$/,
    engine: "a number",
    fix: (text) => `write ${Number(text.replaceAll("_", ""))}, or "${text}" where text is meant`,
  },
];

/** Refuses a file with values that the Pulumi engine reads otherwise than we do. @throws {PgtError} exit code 2 */
export function refuseAmbiguous(document: Document, path: string): void {
  const byKey = new Map<string, Issue[]>();
  visit(document, {
    Scalar(position, { source = "", type }, ancestors) {
      if (position === "key" || type !== "PLAIN") return;
      const found = AMBIGUITIES.find(({ pattern }) => pattern.test(source));
      if (found === undefined) return;
      const [, key = "", ...below] = pathOf([...ancestors], position).map(String);
      byKey.set(key, [...(byKey.get(key) ?? []), ambiguous(below, source, found)]);
    },
  });
  const parts = [...byKey].map(([key, issues]) => ({ key, issues, areTheFirst: true }));
  if (parts.length > 0) throw mistakesIn(parts, path);
}

function ambiguous(below: readonly PropertyKey[], source: string, { engine, fix }: Ambiguity): Issue {
  return {
    where: below.length === 0 ? "(the value itself)" : pathText(below),
    got: source,
    want: "a value that reads in one way only",
    because: `YAML has two meanings for it: the engine takes it for ${engine}`,
    fix: fix(source),
  };
}

/** The keys and places in lists that lead to a value. */
function pathOf(ancestors: readonly (Document | Node | Pair)[], position: unknown): (string | number)[] {
  return ancestors.flatMap((node, index): (string | number)[] => {
    if (isPair(node)) return [isScalar(node.key) ? String(node.key.value) : "…"];
    if (!isSeq(node)) return [];
    const next = ancestors[index + 1];
    return [next === undefined ? Number(position) : node.items.indexOf(next)];
  });
}
