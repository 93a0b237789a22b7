import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { configurationOf, readConfiguration, setConfiguration } from "../../../../cli/stack/configuration-file.ts";
import { ensurePassphrase } from "../../../../cli/stack/passphrase.ts";
import type { Place } from "../../../../cli/stack/place.ts";
import { writePrivateFile } from "../../../../cli/stack/private-file.ts";
import { isProvablyDead, ownIdentity } from "../../../../cli/stack/process-identity.ts";
import { withRunLock } from "../../../../cli/stack/run-lock.ts";
import { PgtError } from "../../../../kernel/errors.ts";

describe("files of a stack", function () {
  this.timeout(20_000);
  let folder: string;
  let place: Place;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pgt-files-"));
    place = {
      stack: "local-test",
      local: true,
      stateDir: folder,
      workDir: folder,
      sourceFile: join(folder, "source.yaml"),
      configFile: join(folder, "Pulumi.local-test.yaml"),
      backendUrl: `file://${folder}`,
      passphraseFile: join(folder, "passphrase"),
    };
  });

  afterEach(() => rm(folder, { recursive: true }));

  describe("private files", () => {
    it("are their owner's only, whole, and leave nothing beside them", async () => {
      const path = join(folder, "secret");
      await writePrivateFile(path, "one");
      await writePrivateFile(path, "two");
      assert.equal(await readFile(path, "utf8"), "two");
      assert.equal((await stat(path)).mode & 0o777, 0o600);
      assert.deepEqual(await readdir(folder), ["secret"]);
    });
  });

  describe("the configuration file", () => {
    it("keeps comments and other keys through an edit", async () => {
      await writeFile(place.configFile, "# why\nconfig:\n  a: 1 # one\n  b: { secure: xyz }\n");
      await setConfiguration(place.configFile, { c: "three", a: 2 });
      const text = await readFile(place.configFile, "utf8");
      assert.match(text, /^# why\n/);
      assert.deepEqual(configurationOf(await readConfiguration(place.configFile)), {
        a: 2,
        b: { secure: "xyz" },
        c: "three",
      });
    });

    it("is not written when nothing changes", async () => {
      await writeFile(place.configFile, "config:   { a:   [1, 2] }\n");
      await setConfiguration(place.configFile, { a: [1, 2] });
      assert.equal(await readFile(place.configFile, "utf8"), "config:   { a:   [1, 2] }\n");
    });

    it("names file and line of broken YAML", async () => {
      await writeFile(place.configFile, "config:\n  a: [1\n");
      await assert.rejects(readConfiguration(place.configFile), (error: unknown) => {
        assert.ok(error instanceof PgtError);
        assert.ok(error.message.startsWith(`${place.configFile} is not valid YAML`));
        assert.match(error.fix[0] ?? "", /Correct line \d+ of /);
        return true;
      });
    });
  });

  describe("the passphrase", () => {
    it("is made once", async () => {
      await ensurePassphrase(place);
      const first = await readFile(join(folder, "passphrase"), "utf8");
      await ensurePassphrase(place);
      assert.equal(await readFile(join(folder, "passphrase"), "utf8"), first);
    });

    it("is not made anew beside secrets that need the old one", async () => {
      await writeFile(place.configFile, "encryptionsalt: x\n");
      await assert.rejects(ensurePassphrase(place), /is missing or empty, but .* has secrets that need it/);
    });
  });

  describe("the run lock", () => {
    const path = (): string => join(folder, "local-test.lock");

    it("is refused to a second run, which names the first", async () => {
      await withRunLock(place, "up", async () => {
        await assert.rejects(
          withRunLock(place, "down", () => Promise.resolve()),
          (error: unknown) =>
            error instanceof PgtError && error.message.startsWith('"pgt up" is running on this stack'),
        );
      });
      assert.deepEqual(await readdir(folder), []);
    });

    it("is given back after an error", async () => {
      await assert.rejects(
        withRunLock(place, "up", () => Promise.reject(new Error("no"))),
        /no/,
      );
      assert.equal(await withRunLock(place, "up", (run) => Promise.resolve(run.afterKilled)), false);
    });

    it("is taken over from a process that is gone, and the run is told so", async () => {
      const gone = spawnSync(process.execPath, ["-e", ""]).pid;
      await writeFile(path(), JSON.stringify({ host: hostname(), pid: gone, command: "up", since: "earlier" }));
      assert.equal(await withRunLock(place, "up", (run) => Promise.resolve(run.afterKilled)), true);
    });

    it("is taken over by one of many only", async () => {
      const gone = spawnSync(process.execPath, ["-e", ""]).pid;
      await writeFile(path(), JSON.stringify({ host: hostname(), pid: gone, command: "up", since: "earlier" }));
      let inside = 0;
      const runs = Array.from({ length: 8 }, () =>
        withRunLock(place, "up", async () => {
          inside += 1;
          assert.equal(inside, 1);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }).then(
          () => "ran",
          () => "refused",
        ),
      );
      assert.ok((await Promise.all(runs)).includes("ran"));
    });

    it("of another host is respected", async () => {
      await writeFile(path(), JSON.stringify({ host: "elsewhere", pid: 1, command: "up", since: "earlier" }));
      await assert.rejects(
        withRunLock(place, "up", () => Promise.resolve()),
        /process 1 on elsewhere/,
      );
    });

    it("that nobody of ours wrote is left for a person", async () => {
      await writeFile(path(), "{");
      await assert.rejects(
        withRunLock(place, "up", () => Promise.resolve()),
        /is not a lock that pgt wrote/,
      );
    });
  });

  describe("a process", () => {
    it("is alive as long as it is, also under its number", async () => {
      assert.equal(await isProvablyDead(await ownIdentity()), false);
    });

    it("is told from a later one with the same number", async function () {
      const own = await ownIdentity();
      if (own.startTicks === undefined) this.skip();
      assert.equal(await isProvablyDead({ ...own, startTicks: "1" }), true);
    });
  });
});
