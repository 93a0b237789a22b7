import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "mocha";
import { engineError, StackLocked } from "../../../cli/stack/engine-errors.ts";
import { placeOf } from "../../../cli/stack/place.ts";
import { createProgram, runProgram } from "../../../cli/program.ts";
import { parseSuites } from "../../../cli/test-suites.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { listen } from "../../support/listening-context.ts";

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

  it("says where psql's own options stand", async () => {
    const { context, err } = listen();
    assert.equal(await runProgram(context, ["psql", "-c", "select 1"]), EXIT.usage);
    assert.match(err.join("\n"), /^error: unknown option '-c'\n.*pgt psql -- -c 'select 1'/);
  });

  it("names the stacks that there are where one is misspelt", async () => {
    const { context, err } = listen();
    const root = join(import.meta.dirname, "../../..");
    assert.equal(await runProgram({ ...context, root }, ["check", "--stack", "stagin"]), EXIT.usage);
    assert.match(err[1] ?? "", /Did you mean --stack staging\?/);
    assert.match(err[2] ?? "", /Copy Pulumi\.staging\.yaml .*: local, prod, split, split-staging, staging\./);
  });

  it("gives mistakes to programs as JSON, and to people as text", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pgt-check-"));
    const config = join(folder, "a.yaml");
    await writeFile(config, "config:\n  pgtopology:topology: { target: docker, version: 12 }\n");
    const { context, out, err } = listen();
    assert.equal(await runProgram(context, ["check", "--config", config, "--json"]), EXIT.usage);
    assert.deepEqual(JSON.parse(out.join("\n")), {
      stack: "local",
      mistakes: [
        { key: "pgtopology:topology", where: "version", got: "12", want: "one of 15, 16, 17, 18", fix: "write 15" },
      ],
    });
    assert.match(err[0] ?? "", /^error: 1 mistake in /);
    await rm(folder, { recursive: true });
  });

  it("keeps a stack of this machine from Cloud SQL", async () => {
    const { context, err } = listen();
    const config = join(import.meta.dirname, "../../../Pulumi.staging.yaml");
    assert.equal(await runProgram(context, ["check", "--stack", "local-x", "--config", config]), EXIT.usage);
    assert.match(err[0] ?? "", /stack local-x has target gcp, and stacks named local/);
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
    assert.equal(parseSuites([]).length, 8);
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
    assert.throws(
      () => placeOf(listen().context, { stack: "A/b" }),
      (error) =>
        error instanceof PgtError &&
        error.message.includes('--stack is "A/b"') &&
        error.fix.join().includes("stack a-b?"),
    );
    assert.throws(() => placeOf(listen().context, { stack: "a".repeat(42) }), /41 at most/);
    assert.throws(
      () => placeOf(listen({ env: { PGT_STATE_DIR: "x" } }).context, { stack: "local" }),
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
    const shared = engineError(
      "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end\n" +
        "  gs://b/.pulumi/locks/organization/p/prod/1.json: created by me@build-7 (pid 4711) at 2026-11-21T10:00:00Z",
      place,
    );
    assert.ok(shared instanceof StackLocked);
    assert.deepEqual(shared.holders, [{ host: "build-7", pid: 4711 }]);
    const damaged = engineError("error: could not deserialize deployment: unexpected end of JSON input", place);
    assert.match(damaged.message, /the state of stack local is damaged/);
  });

  it("about a back end or a passphrase that is missing say how to choose one", () => {
    const shared = placeOf(listen().context, { stack: "staging" });
    const login = engineError(
      "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
      shared,
    );
    assert.equal(login.exitCode, EXIT.usage);
    assert.match(login.fix.join("\n"), /pgt pulumi --stack staging -- login gs:\/\/<bucket>/);
    const none = engineError(
      "error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
      shared,
    );
    assert.match(none.message, /need a passphrase, and none is set/);
    assert.match(none.fix.join("\n"), /--secrets-provider gcpkms:/);
    // What "pgt down" would do is for containers only.
    assert.doesNotMatch(engineError("error: incorrect passphrase", shared).fix.join("\n"), /pgt down/);
  });

  it("that are not keep their own words, without the frame", () => {
    const error = engineError("code: 255\n stdout: \nerror: no space left on device\n    at foo (bar.js:1)\n", place);
    assert.match(error.message, /no space left on device/);
    assert.equal(error.message.includes("bar.js"), false);
  });
});
