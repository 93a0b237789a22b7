// That the engine reads what is refused here otherwise was seen with its CLI ("pulumi config --json"); no test runs it.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readYaml } from "../../../../cli/stack/read-yaml.ts";
import { refuseAmbiguous } from "../../../../cli/stack/refuse-ambiguous.ts";
import { EXIT, PgtError } from "../../../../kernel/errors.ts";

function messageFor(act: () => void): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof PgtError);
    assert.equal(error.exitCode, EXIT.usage);
    assert.notEqual(error.fix.length, 0);
    return error.message;
  }
  throw new Error("it was accepted");
}

const NOT_YAML: readonly [title: string, text: string, said: RegExp][] = [
  ["a tab", "config:\n\ta: b\n", /Tabs are not allowed/],
  ["a key twice", "config: { a: 1, a: 2 }\n", /Map keys must be unique/],
  ["two documents", "config: {}\n---\nconfig: {}\n", /multiple documents/],
  ["an alias without its anchor", "config: { a: *b }\n", /Unresolved alias/],
  ["an alias within its anchor", "config: &c { a: *c }\n", /circular/i],
  [
    "aliases that unfold without end",
    `a: &a [${"x,".repeat(9)}x]\nb: &b [${"*a,".repeat(9)}*a]\nc: &c [${"*b,".repeat(9)}*b]\nconfig: { d: [${"*c,".repeat(9)}*c] }\n`,
    /Excessive alias count/,
  ],
  ["a list", "- a\n", /must be a map with the key "config"/],
  ["a word", "hello\n", /must be a map with the key "config"/],
  ["a list of configuration", "config: [a]\n", /"config" must be a map/],
];

/** What stands there, and what is proposed instead. */
const AMBIGUOUS: readonly [text: string, fix: string][] = [
  ["2026-12-20", 'put it in quotes: "2026-12-20"'],
  ["2026-1-2", 'put it in quotes: "2026-1-2"'],
  ["2026-12-20T10:00:00Z", 'put it in quotes: "2026-12-20T10:00:00Z"'],
  ["020", 'write 20, or "020" where text is meant'],
  ["1_000", 'write 1000, or "1_000" where text is meant'],
  ["0b11", 'write 3, or "0b11" where text is meant'],
];

const PLAIN = ['"2026-12-20"', "12-20", "02:00", "on", "0.5", "0", "0x10", "1e3", "a_1", "b-2026-12-20", "17"];

describe("YAML of a stack", () => {
  for (const [title, text, said] of NOT_YAML) {
    it(`refuses ${title}`, () => {
      assert.match(
        messageFor(() => readYaml(text, "F")),
        said,
      );
    });
  }

  it("takes a file that is empty, or has nothing but comments", () => {
    for (const text of ["", "# nothing\n", "config:\n"]) assert.doesNotThrow(() => readYaml(text, "F"));
  });

  for (const [text, fix] of AMBIGUOUS) {
    it(`refuses a bare ${text}, which the engine reads otherwise`, () => {
      const document = readYaml(`config:\n  a:b:\n    c:\n      - d: ${text}\n      - ${text}\n`, "F");
      const lines = messageFor(() => refuseAmbiguous(document, "F")).split("\n");
      assert.equal(lines[0], "2 mistakes in F, below a:b:");
      assert.deepEqual([lines[1], lines[6]], ["  c.0.d", "  c.1"]);
      assert.equal(lines[5], `    fix: ${fix}`);
    });
  }

  it("takes what reads in one way only", () => {
    const text = `config:\n${PLAIN.map((value, index) => `  a${index}: ${value}\n`).join("")}`;
    assert.doesNotThrow(() => refuseAmbiguous(readYaml(text, "F"), "F"));
  });

  it("writes text in quotes that the engine would read otherwise", () => {
    const document = readYaml("config: {}\n", "F");
    document.setIn(["config", "a"], "2026-12-20");
    document.setIn(["config", "b"], "0123");
    assert.equal(document.toString(), 'config: { a: "2026-12-20", b: "0123" }\n');
  });
});
