// Half-done work and its leftovers. It does not prove that a file system's rename survives a power cut.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import type { Machine } from "../../../cli/setup/part.ts";
import { putInPlace, withScratchFolder } from "../../../cli/setup/scratch-folder.ts";
import { discard, scratchMachine } from "../../support/scratch-machine.ts";

describe("withScratchFolder", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = scratchMachine();
  });
  afterEach(() => discard(machine));

  it("puts the result in place as a whole, also where an older one lies, and leaves nothing behind", async () => {
    const place = path.join(machine.toolchainDir, "thing");
    for (const content of ["old", "new"]) {
      await withScratchFolder(machine, async (folder) => {
        const finished = path.join(folder, "finished");
        await mkdir(finished);
        await writeFile(path.join(finished, "file"), content);
        await putInPlace(finished, place);
      });
    }
    assert.equal(await readFile(path.join(place, "file"), "utf8"), "new");
    assert.deepEqual(await readdir(path.join(machine.toolchainDir, "scratch")), []);
  });

  it("leaves nothing in place when the work fails", async () => {
    const work = withScratchFolder(machine, async (folder) => {
      await writeFile(path.join(folder, "half"), "");
      throw new Error("no more");
    });
    await assert.rejects(work, /no more/);
    assert.deepEqual(await readdir(path.join(machine.toolchainDir, "scratch")), []);
  });

  it("removes what a killed run left, and spares a run that goes on", async () => {
    const parent = path.join(machine.toolchainDir, "scratch");
    // No process can have this number: it is above every limit of Linux and macOS.
    const dead = path.join(parent, "4999999-a");
    const alive = path.join(parent, `${process.ppid}-b`);
    await mkdir(dead, { recursive: true });
    await mkdir(alive);
    await withScratchFolder(machine, () => Promise.resolve());
    assert.deepEqual([existsSync(dead), existsSync(alive)], [false, true]);
  });
});
