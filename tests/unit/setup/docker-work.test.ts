// What is made of an engine's answers to long work, with a server that pretends to be one. Real builds are in
// tests/integration/setup/image.test.ts.
import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { afterEach, describe, it } from "mocha";
import { dockerClient } from "../../../cli/setup/docker-client.ts";
import { doEngineWork } from "../../../cli/setup/docker-work.ts";
import { PgtError } from "../../../kernel/errors.ts";
import { startPretendEngine, type PretendEngine } from "../../support/pretend-engine.ts";

describe("long work of the Docker Engine", function () {
  this.timeout(60_000);
  let engine: PretendEngine | undefined;
  let said: string[];
  afterEach(() => engine?.end());

  it("gives what was told last, and shows how it goes", async () => {
    const result = await pull((response) => {
      response.end('{"stream":"Step 1/2\\n"}\r\n{"status":"Pulling","id":"a1"}\n{"aux":{"ID":"sha256:1"}}');
    });
    assert.equal(result, "sha256:1");
    assert.equal(said[0], "Step 1/2");
  });

  it("is read line by line, however the engine cuts them", async () => {
    const text = Buffer.from('{"stream":"Step 1/2 : é\\n"}\r\n{"status":"Pulling","id":"a1"}\n{"error":"no"}');
    await rejected((response) => {
      // In the middle of a letter, and of a document.
      for (const [from, to] of [[0, 23], [23, 40], [40]] as const) response.write(text.subarray(from, to));
      response.end();
    }, "the pull failed: no\n  Step 1/2 : é\n  a1: Pulling");
  });

  it("fails with the engine's own words and the lines before them", async () => {
    await rejected(
      (response) => response.end('{"stream":"Step 1\\n"}\n{"error":"no space left on device"}\n'),
      "the pull failed: no space left on device\n  Step 1",
    );
  });

  it("fails when the engine refuses it", async () => {
    await rejected((response) => {
      response.statusCode = 500;
      response.end('{"message":"no such host"}');
    }, /^the pull failed: .*no such host/);
  });

  it("is given up when the engine falls silent", async () => {
    await rejected(
      (response) => response.write('{"status":"Waiting"}\n'),
      "the pull failed: the engine said nothing for 0.1 s\n  Waiting",
      { silenceMs: 100 },
    );
  });

  it("is given up when it takes too long, however much is said", async () => {
    await rejected(
      (response) => {
        const talk = setInterval(() => response.write('{"status":"Waiting"}\n'), 10);
        response.on("close", () => {
          clearInterval(talk);
        });
      },
      /^the pull failed: given up after 0\.2 s/,
      { timeoutMs: 200 },
    );
  });

  it("fails when the engine dies in the middle", async () => {
    await rejected((response) => {
      response.write('{"status":"Waiting"}\n', () => response.destroy());
    }, /^the pull failed: .*\n {2}Waiting$/);
  });

  async function rejected(answer: (response: ServerResponse) => unknown, message: string | RegExp, limits = {}) {
    await assert.rejects(pull(answer, limits), (error) => {
      assert.ok(error instanceof PgtError);
      if (typeof message === "string") assert.equal(error.message, message);
      else assert.match(error.message, message);
      return true;
    });
  }

  async function pull(answer: (response: ServerResponse) => unknown, limits = {}): Promise<string> {
    const pretend = await startPretendEngine((_, response) => answer(response));
    engine = pretend;
    said = [];
    const machine = {
      root: "/",
      toolchainDir: "/",
      stateDir: "/",
      env: {},
      signal: new AbortController().signal,
      say: (line: string) => said.push(line),
    };
    const place = { host: pretend.host, environment: {}, docker: dockerClient(pretend.host, {}) };
    return doEngineWork(
      { engine: place, machine, name: "the pull", silenceMs: 30_000, timeoutMs: 30_000, ...limits },
      (docker, abortSignal) => docker.pull("debian:trixie", { abortSignal }),
    );
  }
});
