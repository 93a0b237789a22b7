// Every workflow of this repository by actionlint, built from its pinned module. It does not prove that a workflow does
// what it should on GitHub: none of them was run there.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { before, describe, it } from "mocha";
import { actionlint } from "../../support/actionlint.ts";

const WORKFLOWS = join(import.meta.dirname, "../../../.github/workflows");
const run = promisify(execFile);

describe("actionlint", function () {
  let program: string;

  before(async () => {
    program = await actionlint();
  });

  it("has nothing against any workflow", async () => {
    const files = (await readdir(WORKFLOWS)).map((file) => join(WORKFLOWS, file));
    assert.ok(files.length >= 5);
    await run(program, ["-no-color", ...files], { timeout: 60_000 });
  });

  it("is one that finds something", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pgt-test-actionlint-"));
    try {
      const text = await readFile(join(WORKFLOWS, "ci.yml"), "utf8");
      const broken = join(folder, "broken.yml");
      await writeFile(broken, text.replace("runs-on: ubuntu-24.04", "runs-on: ${{ nothing.here }}"));
      await assert.rejects(run(program, ["-no-color", broken], { timeout: 60_000 }), (error: { stdout?: string }) =>
        (error.stdout ?? "").includes(`undefined variable "nothing"`),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
