// Programs that end well, badly, late, or not at all; each is a Node of a few lines.
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { runProgram, type ProgramRun } from "../../../cli/setup/run-program.ts";

describe("runProgram", function () {
  this.timeout(20_000);

  function run(code: string, changes: Partial<ProgramRun> = {}): Promise<string> {
    return runProgram({
      program: process.execPath,
      args: ["-e", code],
      env: {},
      timeoutMs: 15_000,
      signal: new AbortController().signal,
      ...changes,
    });
  }

  it("returns the standard output, and passes on the lines of both", async () => {
    const lines: string[] = [];
    const output = await run("console.log('out'); console.error('err')", { onLine: (line) => lines.push(line) });
    assert.equal(output, "out\n");
    assert.deepEqual(lines.toSorted(), ["err", "out"]);
  });

  it("tells the last lines of a program that fails", async () => {
    await assert.rejects(run("console.error('first\\nbroken pipe'); process.exit(4)"), /exit code 4.*broken pipe/s);
  });

  it("says that a program does not exist", async () => {
    await assert.rejects(run("", { program: "/does/not/exist" }), /can't be started.*ENOENT/);
  });

  it("ends a program that takes too long", async () => {
    await assert.rejects(run("setInterval(() => {}, 1000)", { timeoutMs: 300 }), /given up after 0.3 s/);
  });

  it("ends a program that is silent for too long", async () => {
    await assert.rejects(run("setInterval(() => {}, 1000)", { silenceTimeoutMs: 300 }), /wrote nothing for 0.3 s/);
  });

  it("ends the program when the user stops", async () => {
    const stop = new AbortController();
    const code = "console.log('begun'); setInterval(() => {}, 1000)";
    const running = run(code, {
      signal: stop.signal,
      onLine: () => {
        stop.abort(new Error("stopped"));
      },
    });
    await assert.rejects(running, /stopped/);
  });
});
