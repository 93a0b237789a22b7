/**
 * The stand-in's process: what it says when it starts, and that it does not outlive the engine that started it.
 * Needs neither the engine nor Docker. Does not prove that work under way is cleared up.
 */
import { describe, it } from "mocha";
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { waitUntil } from "../../../kernel/wait-until.ts";
import { PLUGIN } from "./stand-in-stack.ts";

/** Starts the plugin from a process in between, which writes the plugin's pid and then what the plugin writes. */
const IN_BETWEEN = `
  const plugin = require("node:child_process").spawn(process.execPath, [process.argv[1]], { stdio: ["ignore", "inherit", "inherit"] });
  console.log(plugin.pid);
  setInterval(() => undefined, 1000);
`;

async function lines(child: ChildProcess, count: number): Promise<string[]> {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
  return waitUntil(() => (text.split("\n").length > count ? text.split("\n").slice(0, count) : undefined), {
    name: "the first lines of the plugin",
    timeoutMs: 60_000,
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("the process of the stand-in", function () {
  this.timeout(150_000);

  it("writes its port as its first line, and ends when asked to", async () => {
    const plugin = spawn(process.execPath, [PLUGIN], { stdio: ["ignore", "pipe", "inherit"] });
    const [port = ""] = await lines(plugin, 1);
    assert.match(port, /^\d+$/u);
    const ended = once(plugin, "exit");
    plugin.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null]);
  });

  it("ends by itself when the process that started it was killed", async () => {
    const inBetween = spawn(process.execPath, ["-e", IN_BETWEEN, PLUGIN], { stdio: ["ignore", "pipe", "inherit"] });
    const [pid = ""] = await lines(inBetween, 2);
    assert.ok(isAlive(Number(pid)));
    inBetween.kill("SIGKILL");
    await waitUntil(() => !isAlive(Number(pid)), { name: "the orphaned plugin to end", timeoutMs: 60_000 });
  });
});
