// The pack as a package of plain JavaScript, where nothing but its declared dependencies can be found: its command, and
// the real engine with it in a program that is not ours. Does not prove that a registry takes it, nor npm's own installing.
import * as docker from "@pulumi/docker";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { after, before, describe, it } from "mocha";
import { makeStandInStack, type StandInStack } from "../docker-provider/stand-in-stack.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const PREVIEW = join(ROOT, "tests/unit/policies/files/preview.json");
const run = promisify(execFile);

describe("the policy pack as a package", function () {
  this.timeout(180_000);
  const environment = { PATH: process.env.PATH ?? "", PGT_NODE: process.env.PGT_NODE };
  let folder: string;
  let pack: string;
  let stack: StandInStack;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "pgt-test-package-"));
    pack = join(folder, "node_modules/pgtopology-policies");
    await run(process.execPath, [join(ROOT, "tools/policy-package/build.ts"), pack]);
    const { dependencies } = JSON.parse(await readFile(join(pack, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    for (const name of Object.keys(dependencies)) {
      const place = join(folder, "node_modules", name);
      await mkdir(dirname(place), { recursive: true });
      await symlink(join(ROOT, "node_modules", name), place);
    }
    process.env.PATH = [join(ROOT, "tools/policy-analyzer"), environment.PATH].join(delimiter);
    process.env.PGT_NODE = process.execPath;
    stack = await makeStandInStack(() => {
      new docker.Container("open", { image: "postgres:17", ports: [{ internal: 5432, external: 45434 }] });
      return Promise.resolve();
    });
  });

  after(async () => {
    await stack.remove();
    process.env.PATH = environment.PATH;
    if (environment.PGT_NODE === undefined) delete process.env.PGT_NODE;
    else process.env.PGT_NODE = environment.PGT_NODE;
    await rm(folder, { recursive: true, force: true });
  });

  it("judges a file by its own command", async () => {
    const bin = join(pack, "policies/bin.js");
    const judged = await run(process.execPath, [bin, "test", PREVIEW, "--json"]).catch(
      (error: unknown) => error as { code: number; stdout: string },
    );
    assert.equal("code" in judged ? judged.code : 0, 1);
    const { findings } = JSON.parse(judged.stdout) as { findings: { id: string }[] };
    assert.ok(findings.some(({ id }) => id === "containers/health-check"));
    const listed = await run(process.execPath, [bin]);
    assert.match(listed.stdout, /requirements, \d+ of them mandatory in prod\n$/);
  });

  it("stops a preview of anybody's containers", async () => {
    const violations: string[] = [];
    const preview = stack.stack.preview({
      policyPacks: [pack],
      onEvent: ({ policyEvent }) => {
        if (policyEvent) violations.push(`${policyEvent.policyName}: ${policyEvent.enforcementLevel}`);
      },
    });
    await assert.rejects(preview);
    assert.ok(violations.includes("containers/health-check: mandatory"), violations.join("\n"));
  });
});
