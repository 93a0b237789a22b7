// Downloads from a server in this process. It does not prove that an official site has the file.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import { download } from "../../../cli/setup/download.ts";
import type { Machine } from "../../../cli/setup/part.ts";
import { askSite, whyNotAsked } from "../../../cli/setup/unreachable-sites.ts";
import { discard, scratchMachine } from "../../support/scratch-machine.ts";

const CONTENT = "x".repeat(200_000);
const SHA256 = createHash("sha256").update(CONTENT).digest("hex");

describe("download", function () {
  this.timeout(20_000);
  let server: Server;
  let respond: (response: ServerResponse) => void;
  let machine: Machine;

  before((done) => {
    server = createServer((_, response) => {
      respond(response);
    }).listen(0, "127.0.0.1", done);
  });
  after((done) => {
    server.closeAllConnections();
    server.close(done);
  });
  beforeEach(async () => {
    machine = scratchMachine();
    await mkdir(machine.toolchainDir);
  });
  afterEach(() => discard(machine));

  async function get(
    changes: { sha256?: string; silenceTimeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<string> {
    const to = path.join(machine.root, "file");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
    await download({ url, to, sha256: SHA256, signal: machine.signal, say: () => undefined, ...changes });
    return readFile(to, "utf8");
  }

  it("brings the file whose checksum is right", async () => {
    respond = (response) => response.end(CONTENT);
    assert.equal(await get(), CONTENT);
  });

  it("refuses a file whose checksum is wrong", async () => {
    respond = (response) => response.end(`${CONTENT}!`);
    await assert.rejects(get(), /got sha256 [0-9a-f]{64}, want /);
  });

  it("refuses an answer that is no file", async () => {
    respond = (response) => response.writeHead(404).end("no");
    await assert.rejects(get(), /answered 404/);
  });

  it("gives up a site that never answers", async () => {
    respond = () => undefined;
    await assert.rejects(get({ silenceTimeoutMs: 50 }), /nothing came for 0.05 s/);
  });

  it("gives up a site that falls silent in the middle", async () => {
    respond = (response) => response.write(CONTENT.slice(0, 1000));
    await assert.rejects(get({ silenceTimeoutMs: 200 }), /nothing came for 0.2 s/);
  });

  it("stops when the user stops it, and does not blame the site", async () => {
    const stop = new AbortController();
    const stopped = { ...machine, signal: stop.signal };
    respond = () => {
      stop.abort(new Error("stopped"));
    };
    await assert.rejects(
      askSite(stopped, "a.site", () => get({ signal: stop.signal })),
      /stopped/,
    );
    assert.equal(existsSync(path.join(machine.toolchainDir, "downloads.json")), false);
  });

  it("is not tried again for a day after a failure, and then it is", async () => {
    const failed = askSite(machine, "a.site", () => Promise.reject(new Error("no answer")));
    await assert.rejects(failed, /no answer/);
    const hours = (count: number): Date => new Date(Date.now() + count * 60 * 60 * 1000);
    assert.match((await whyNotAsked(machine, "a.site", hours(23))) ?? "", /no answer.*not asked again for a day/);
    assert.equal(await whyNotAsked(machine, "a.site", hours(25)), undefined);
    assert.equal(await whyNotAsked(machine, "another.site"), undefined);
  });
});
