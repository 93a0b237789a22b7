// Resources with missing and oddly typed properties, over the provider's own property names: whatever they are, there is a
// verdict or "not yet known", and no error. Does not prove that a verdict is right: each-rule.test.ts does.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { PLAN_TARGETS } from "../../../facts/from-plan/plan-targets.ts";
import { CATALOGUE } from "../../../requirements/catalogue.ts";
import { ALL_CASES } from "./cases/all-cases.ts";
import { analyze, analyzeStack, type SentResource, UNKNOWN_TEXT } from "./policy-rpc.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const NAMES: readonly string[] = [...CATALOGUE.map(({ id }) => id), "not-yet-known"];
const TYPES = [...new Set(PLAN_TARGETS.flatMap(({ types }) => [...types]))];

/** Names of a type's properties, as the provider's SDK has them; of no type of a provider, none. */
function propertiesOf(type: string): string[] {
  const [, provider, path] = /^(gcp|digitalocean|docker):([\w/-]+):/.exec(type) ?? [];
  if (provider === undefined || path === undefined) return [];
  const folder = join(createRequire(import.meta.url).resolve(`@pulumi/${provider}/package.json`), "..");
  // The file of `projects/iAMMember` is `projects/iammember.js`.
  const file = path.replace(/^index\//, "").replace(/\/iAM(\w)/, (_, next: string) => `/iam${next.toLowerCase()}`);
  const text = readFileSync(join(folder, `${file}.js`), "utf8");
  return [...new Set([...text.matchAll(/resourceInputs\["(\w+)"\]/g)].map(([, name = ""]) => name))];
}

/** Every word that our own readers ask for, at whatever depth. */
const READ_WORDS = readdirSync(join(ROOT, "facts/from-plan"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => [...readFileSync(join(ROOT, "facts/from-plan", file), "utf8").matchAll(/["'.](\w+)\b/g)])
  .map(([, name = ""]) => name)
  // A signature of the engine's own within a value is the SDK's to refuse.
  .filter((name, index, all) => all.indexOf(name) === index && /^[a-z]+$/i.test(name));

const WORDS = ["", "true", "5432", "0.0.0.0/0", "postgres://u:p@h/d", "HH:MM", "-1", "8GB", UNKNOWN_TEXT];
const { value: ODD } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e20, ...WORDS),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...READ_WORDS), tie("value"), { maxKeys: 5 }),
  ),
}));

const odd = (type: string): fc.Arbitrary<SentResource> =>
  fc.record({
    type: fc.constant(type),
    name: fc.constantFrom("a", "a-primary", "b-replica-x"),
    props: fc.dictionary(fc.constantFrom(...propertiesOf(type), "name"), ODD, { maxKeys: 12 }),
  });

/** A resource of a case, with one value of it, at any depth, replaced or taken out. */
const spoiled: fc.Arbitrary<readonly SentResource[]> = fc
  .tuple(fc.constantFrom(...ALL_CASES.map(({ good }) => good)), fc.nat(), fc.array(fc.nat(), { maxLength: 4 }), ODD)
  .map(([resources, at, path, value]) =>
    resources.map((resource, index) =>
      index === at % resources.length
        ? { ...resource, props: replaced(resource.props, path, value) as object }
        : resource,
    ),
  );

function replaced(value: unknown, [step, ...steps]: readonly number[], other: unknown): unknown {
  if (step === undefined || typeof value !== "object" || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return other;
  const inner = replaced((value as Record<string, unknown>)[key], steps, other);
  if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? inner : item));
  return { ...value, [key]: inner };
}

async function judged(resources: readonly SentResource[]): Promise<void> {
  const told = await analyzeStack(resources);
  for (const resource of resources) told.push(...(await analyze(resource)));
  for (const { message, policyname } of told) {
    assert.ok(NAMES.includes(policyname), `${policyname}: ${message}`);
    assert.ok(!message.includes("[object Object]"), message);
  }
}

describe("odd resources", () => {
  for (const type of TYPES) {
    it(`of type ${type} are judged`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(odd(type), { minLength: 1, maxLength: 3 }), (resources) => judged(resources)),
        { numRuns: 40 },
      );
    });
  }

  it("of a good stack, with one value spoiled, are judged", async () => {
    await fc.assert(fc.asyncProperty(spoiled, judged), { numRuns: 400 });
  });
});
