// Our own half of `pgt logs`, against a stand-in for the Docker client: it does not prove how Docker frames a live log.
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import type Dockerode from "dockerode";
import Docker from "dockerode";
import { describe, it } from "mocha";
import { showLogs } from "../../../cli/stack/container-logs.ts";
import { mergeLogs, parseSince, parseTail } from "../../../cli/stack/log-lines.ts";
import { partsOf, requirePart } from "../../../cli/stack/parts.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { resolveTopology } from "../../../topology/resolve.ts";

const NOW = new Date("2026-05-04T12:00:00Z");
const isUsage = (error: unknown): boolean => error instanceof PgtError && error.exitCode === EXIT.usage;

/** A chunk of a log as Docker sends it: which stream, then its length, then itself. */
function frame(text: string, stream = 1): Buffer {
  const body = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.writeUInt8(stream, 0);
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}

function dockerWith(logs: Readonly<Record<string, Buffer | PassThrough>>): Dockerode {
  return {
    modem: new Docker().modem,
    getContainer: (name: string) => ({
      logs: () => {
        const log = logs[name];
        return log === undefined
          ? Promise.reject(Object.assign(new Error("none"), { statusCode: 404 }))
          : Promise.resolve(log);
      },
    }),
  } as unknown as Dockerode;
}

const PRIMARY = { name: "primary", container: "t-primary" };
const POOLER = { name: "pooler", container: "t-pooler" };
const request = { tail: 100, since: undefined, follow: false, signal: new AbortController().signal };

describe("logs", () => {
  it("puts the lines of several parts into the order of time, with the part before each", async () => {
    const docker = dockerWith({
      "t-primary": Buffer.concat([
        frame("2026-05-04T10:00:00.000000001Z first\n"),
        frame("2026-05-04T10:00:00.000000003Z third\n", 2),
      ]),
      "t-pooler": frame("2026-05-04T10:00:00.000000002Z second\n"),
    });
    const lines: string[] = [];
    await showLogs(docker, { ...request, parts: [PRIMARY, POOLER], show: (line) => lines.push(line) });
    assert.deepEqual(lines, ["primary | first", "pooler  | second", "primary | third"]);
  });

  it("shows a single part's lines as they are", async () => {
    const lines: string[] = [];
    const docker = dockerWith({ "t-primary": frame("2026-05-04T10:00:00.000000001Z only 2026 words\n") });
    await showLogs(docker, { ...request, parts: [PRIMARY], show: (line) => lines.push(line) });
    assert.deepEqual(lines, ["only 2026 words"]);
  });

  it("follows until it is told to stop, and shows a line that comes in two pieces as one", async () => {
    const stream = new PassThrough();
    const stop = new AbortController();
    const lines: string[] = [];
    const followed = showLogs(dockerWith({ "t-primary": stream }), {
      ...request,
      parts: [PRIMARY],
      follow: true,
      signal: stop.signal,
      show: (line) => {
        lines.push(line);
        stop.abort();
      },
    });
    stream.write(frame("2026-05-04T10:00:00.000000001Z one"));
    stream.write(frame(" line\n"));
    await followed;
    assert.deepEqual(lines, ["one line"]);
    assert.equal(stream.destroyed, true);
  });

  it("says what to do where a part has no container", async () => {
    const shown = showLogs(dockerWith({}), { ...request, parts: [PRIMARY], show: () => undefined });
    await assert.rejects(shown, (error) => error instanceof PgtError && error.exitCode === EXIT.couldNotCheck);
  });

  it("keeps lines of the same moment in the order of their log", () => {
    const at = "2026-05-04T10:00:00.000000001Z";
    assert.deepEqual(mergeLogs([{ prefix: "", lines: [`${at} a`, `${at} b`, `${at} `] }]), ["a", "b", ""]);
  });

  it("lists the parts when one is not among them", () => {
    const topology = resolveTopology({ target: "docker", replicas: { a: {} } }, "local");
    assert.equal(requirePart(topology, "replica-a").container, "pgtopology-local-replica-a");
    assert.throws(
      () => requirePart(topology, "replica"),
      (error) =>
        isUsage(error) && (error as PgtError).fix.join() === "Its parts are primary, replica-a, pooler, scheduler.",
    );
  });

  it("knows the parts of a data database by their prefix", () => {
    const topology = resolveTopology({ target: "docker", data: {}, backup: { enabled: false } }, "local");
    assert.deepEqual(partsOf(topology), [
      { name: "primary", container: "pgtopology-local-primary" },
      { name: "pooler", container: "pgtopology-local-pooler" },
      { name: "data-primary", container: "pgtopology-local_data-primary" },
      { name: "data-pooler", container: "pgtopology-local_data-pooler" },
    ]);
    assert.equal(requirePart(topology, "data-pooler").container, "pgtopology-local_data-pooler");
  });

  it("reads ages and dates", () => {
    const now = NOW.getTime() / 1000;
    assert.equal(parseSince("10m", NOW), now - 600);
    assert.equal(parseSince("1d", NOW), now - 86_400);
    assert.equal(parseSince("2026-05-04T11:00:00Z", NOW), now - 3600);
    for (const wrong of ["", "10", "m", "-5m", "yesterday", "2026-99-99"])
      assert.throws(() => parseSince(wrong, NOW), isUsage);
  });

  it("reads numbers of lines", () => {
    assert.equal(parseTail("5"), 5);
    assert.equal(parseTail("all"), "all");
    for (const wrong of ["", "-1", "1.5", "many"]) assert.throws(() => parseTail(wrong), isUsage);
  });
});
