import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CommandContext } from "../../../cli/context.ts";
import { engineError } from "../../../cli/stack/engine-errors.ts";
import { placeOf } from "../../../cli/stack/place.ts";
import { createProgram, runProgram } from "../../../cli/program.ts";
import { parseSuites } from "../../../cli/test-suites.ts";
import { EXIT } from "../../../kernel/errors.ts";

/** A context that remembers what was said; its machine is never asked for. */
function listen(env: NodeJS.ProcessEnv = {}): { context: CommandContext; out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const context: CommandContext = {
    root: "/clone",
    env,
    signal: new AbortController().signal,
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    terminal: false,
    colour: false,
    machine: () => {
      throw new Error("a test asked for the machine");
    },
  };
  return { context, out, err };
}

describe("the command line", () => {
  it("shows help on stdout and succeeds, also without a command", async () => {
    for (const argv of [[], ["--help"], ["help", "up"], ["up", "--help"]]) {
      const { context, out, err } = listen();
      assert.equal(await runProgram(context, argv), EXIT.ok, argv.join(" "));
      assert.match(out.join("\n"), /Usage: pgt/);
      assert.deepEqual(err, []);
    }
  });

  it("takes what it does not know as a usage error, on stderr", async () => {
    for (const argv of [["uq"], ["--frobnicate"], ["up", "--frobnicate"], ["up", "surplus"]]) {
      const { context, out, err } = listen();
      assert.equal(await runProgram(context, argv), EXIT.usage, argv.join(" "));
      assert.deepEqual(out, []);
      assert.match(err.join("\n"), /error: /);
    }
  });

  it("says what to do next after an expected error, without a stack trace", async () => {
    const { context, err } = listen();
    assert.equal(await runProgram(context, ["test", "--suite", "unti"]), EXIT.usage);
    assert.match(err[0] ?? "", /^error: there is no suite unti$/);
    assert.match(err[1] ?? "", /^ {2}→ One of types, lint/);
    assert.equal(err.join("\n").includes("    at "), false);
  });

  it("describes every command", () => {
    const { context } = listen();
    for (const command of createProgram(context, () => undefined).commands) {
      assert.notEqual(command.description(), "", command.name());
    }
  });
});

describe("suites", () => {
  it("run in their own order, all of them unless some are named", () => {
    assert.deepEqual(parseSuites(["unit", "types"]), ["types", "unit"]);
    assert.equal(parseSuites([]).length, 7);
  });
});

describe("the place of a stack", () => {
  it("is the state directory for local stacks, and the clone for shared ones", () => {
    const { context } = listen();
    const local = placeOf(context, { stack: "local-a" });
    assert.equal(local.configFile, "/clone/.pgt/stacks/Pulumi.local-a.yaml");
    assert.equal(local.sourceFile, "/clone/Pulumi.local-a.yaml");
    assert.equal(local.backendUrl, "file:///clone/.pgt/state");
    const shared = placeOf(context, { stack: "staging" });
    assert.equal(shared.configFile, "/clone/Pulumi.staging.yaml");
    assert.equal(shared.backendUrl, undefined);
    assert.equal(shared.passphraseFile, undefined);
  });

  it("refuses names that can't be part of a container's, and a relative state directory", () => {
    assert.throws(() => placeOf(listen().context, { stack: "A/b" }), /--stack is "A\/b"/);
    assert.throws(
      () => placeOf(listen({ PGT_STATE_DIR: "x" }).context, { stack: "local" }),
      /must be an absolute path/,
    );
  });
});

describe("errors of the engine", () => {
  const place = placeOf(listen().context, { stack: "local" });

  it("that are known say what to do", () => {
    const wrong = engineError("error: getting secrets manager: passphrase must be set: incorrect passphrase", place);
    assert.match(wrong.message, /the passphrase in \/clone\/\.pgt\/passphrase does not open/);
    assert.equal(wrong.exitCode, EXIT.usage);
    const locked = engineError("error: the stack is currently locked by 1 lock(s). Either wait", place);
    assert.match(locked.fix.join("\n"), /pulumi --stack local -- cancel --yes/);
    const damaged = engineError("error: could not deserialize deployment: unexpected end of JSON input", place);
    assert.match(damaged.message, /the state of stack local is damaged/);
  });

  it("that are not keep their own words, without the frame", () => {
    const error = engineError("code: 255\n stdout: \nerror: no space left on device\n    at foo (bar.js:1)\n", place);
    assert.match(error.message, /no space left on device/);
    assert.equal(error.message.includes("bar.js"), false);
  });
});
