// Which base image is taken, with a server that pretends to be an engine. Does not prove that a registry serves the pinned
// one, nor what debootstrap makes.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { baseImage } from "../../../cli/setup/base-image.ts";
import type { Machine } from "../../../cli/setup/part.ts";
import { startPretendEngine, type PretendEngine } from "../../support/pretend-engine.ts";

describe("the base image", function () {
  this.timeout(60_000);
  let engine: PretendEngine | undefined;
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "pgt-test-"))));
  afterEach(() => {
    engine?.end();
    rmSync(folder, { recursive: true });
  });

  it("is the pinned one when it is there", async () => {
    const found = await baseImage.find(await machineWith(["debian@sha256:", "pgtopology-base:trixie"]));
    assert.equal(found?.value.id, "sha256:of-debian@sha256:");
    assert.match(found.from, /^debian@sha256:[0-9a-f]{64}$/);
    assert.equal(found.note, undefined);
  });

  it("is the one made on this machine otherwise, and says so", async () => {
    const found = await baseImage.find(await machineWith(["pgtopology-base:trixie"]));
    assert.equal(found?.value.id, "sha256:of-pgtopology-base:trixie");
    assert.match(found.note ?? "", /debootstrap/);
  });

  it("is missing when the engine has neither", async () => {
    assert.equal(await baseImage.find(await machineWith([])), undefined);
  });

  it("is pulled by its digest, never by a tag", async () => {
    const machine = await machineWith([]);
    await baseImage.ways[0]?.act(machine);
    assert.match(engine?.asked.at(-1) ?? "", /^POST \/images\/create\?fromImage=debian&tag=sha256:[0-9a-f]{64}$/);
  });

  it("is not asked for again for a day, when the registry could not be reached", async () => {
    const machine = await machineWith([], 500);
    const pull = baseImage.ways[0];
    assert.ok(pull);
    assert.equal(await pull.unavailable(machine), undefined);
    await assert.rejects(pull.act(machine));
    assert.match((await pull.unavailable(machine)) ?? "", /not asked again for a day/);
  });

  async function machineWith(images: readonly string[], pullStatus = 200): Promise<Machine> {
    const pretend = await startPretendEngine((asked, response) => {
      const image = images.find((name) => asked.startsWith(`GET /images/${name}`));
      if (image === undefined && asked.startsWith("GET ")) response.statusCode = 404;
      if (asked.startsWith("POST ")) response.statusCode = pullStatus;
      response.end(JSON.stringify({ Id: `sha256:of-${image ?? ""}`, Config: { Labels: null } }));
    });
    engine = pretend;
    return {
      root: "/",
      toolchainDir: folder,
      stateDir: "/",
      env: { DOCKER_HOST: pretend.host },
      signal: new AbortController().signal,
      say: () => undefined,
    };
  }
});
