// What a stack on Cloud SQL needs of a machine, with scripts in the place of real programs. It does not prove that the
// real ones run.
import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { runProgram } from "../../../cli/program.ts";
import { digitalOceanPlugin } from "../../../cli/setup/digitalocean-plugin.ts";
import type { PartReport } from "../../../cli/setup/doctor.ts";
import { dockerPlugin } from "../../../cli/setup/docker-plugin.ts";
import { gcpPlugin } from "../../../cli/setup/gcp-plugin.ts";
import { findOfficialPlugin, installOfficialPlugin, type OfficialPlugin } from "../../../cli/setup/official-plugin.ts";
import type { Machine } from "../../../cli/setup/part.ts";
import { PULUMI_VERSION } from "../../../cli/setup/pulumi-version.ts";
import { setUp } from "../../../cli/setup/set-up.ts";
import { runPlainPulumi } from "../../../cli/stack/plain-pulumi.ts";
import { EXIT, PgtError } from "../../../kernel/errors.ts";
import { furnishForCloud, putGcpPlugin } from "../../support/cloud-machine.ts";
import { listen } from "../../support/listening-context.ts";
import { pretendPulumi } from "../../support/pretend-pulumi.ts";
import { discard, scratchMachine } from "../../support/scratch-machine.ts";

const PLUGIN: OfficialPlugin = { name: "gcp", version: "9.37.0", site: "the download of the gcp plugin" };

/** Versions of the SDKs, as package.json pins them. */
async function pinned(name: string): Promise<string> {
  const file = join(import.meta.dirname, "../../../package.json");
  const { dependencies } = JSON.parse(await readFile(file, "utf8")) as { dependencies: Record<string, string> };
  return dependencies[name] ?? "";
}

describe("the parts of a stack on Cloud SQL", function () {
  this.timeout(20_000);
  let machine: Machine;
  beforeEach(() => {
    machine = scratchMachine();
  });
  afterEach(() => discard(machine));

  /** A plugin where the CLI puts it. */
  async function installed({ name, version }: OfficialPlugin, isWhole = true): Promise<string> {
    const folder = join(machine.toolchainDir, "pulumi-home/plugins", `resource-${name}-v${version}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `pulumi-resource-${name}`), "");
    if (!isWhole) await writeFile(`${folder}.partial`, "");
    return folder;
  }

  describe("an official plugin", () => {
    it("is of its SDK's version, for every target and for the CLI: the engine would look for another in vain", async () => {
      assert.equal(gcpPlugin.title, `gcp plugin ${await pinned("@pulumi/gcp")}`);
      await installed({ ...PLUGIN, version: await pinned("@pulumi/gcp") });
      assert.equal((await gcpPlugin.find(machine))?.version, await pinned("@pulumi/gcp"));
      assert.equal(digitalOceanPlugin.title, `digitalocean plugin ${await pinned("@pulumi/digitalocean")}`);
      await installed({ ...PLUGIN, name: "digitalocean", version: await pinned("@pulumi/digitalocean") });
      assert.equal((await digitalOceanPlugin.find(machine))?.version, await pinned("@pulumi/digitalocean"));
      await installed({ ...PLUGIN, name: "docker", version: await pinned("@pulumi/docker") });
      assert.equal((await dockerPlugin.find(machine))?.version, await pinned("@pulumi/docker"));
      assert.equal(PULUMI_VERSION, await pinned("@pulumi/pulumi"));
    });

    it("is taken from the CLI's own folder, where it is whole and of that version", async () => {
      assert.equal(findOfficialPlugin(machine, PLUGIN), undefined);
      await installed({ ...PLUGIN, version: "9.36.0" });
      assert.equal(findOfficialPlugin(machine, PLUGIN), undefined);
      const folder = await installed(PLUGIN, false);
      assert.equal(findOfficialPlugin(machine, PLUGIN), undefined);
      await rm(`${folder}.partial`);
      assert.deepEqual(findOfficialPlugin(machine, PLUGIN), {
        value: { folder: undefined },
        version: "9.37.0",
        from: folder,
      });
    });

    it("is installed by the CLI, and a site that failed is not asked again for a day", async () => {
      const { calls } = await pretendPulumi(join(machine.root, "path"));
      const way = installOfficialPlugin(PLUGIN);
      assert.equal(await way.unavailable(machine), undefined);
      await assert.rejects(way.act(machine), /pulumi plugin install ended with exit code 9/);
      assert.deepEqual((await calls()).slice(-1), ["plugin install resource gcp v9.37.0"]);
      assert.match((await way.unavailable(machine)) ?? "", /^failed at .* and is not asked again for a day/);
      assert.match(way.byHand, /plugin install resource gcp v9\.37\.0 --file/);
    });

    it("can't be installed without the CLI", async () => {
      await assert.rejects(installOfficialPlugin(PLUGIN).act(machine), /needs the Pulumi CLI, which is not installed/);
    });
  });

  describe("the gcp plugin", () => {
    it("is the one on PATH, as it is for the engine, before that of the CLI's own folder", async () => {
      const folder = await installed(PLUGIN);
      assert.equal((await gcpPlugin.find(machine))?.from, folder);
      const from = await putGcpPlugin(machine, 'test "$*" = -version && echo 9.38.2');
      assert.deepEqual(await gcpPlugin.find(machine), {
        value: { folder: undefined },
        version: "9.38.2",
        from,
        note: "found on PATH",
      });
    });

    for (const [said, version] of [
      ["9.36.1", "9.36.1"],
      ["v9.37.0", "9.37.0"],
      ["9.37.0-alpha.1+dirty", "9.37.0-alpha.1"],
      ["10.0.0", "10.0.0"],
    ] as const) {
      it(`may say ${said} of itself`, async () => {
        await putGcpPlugin(machine, `echo ${said}`);
        assert.equal((await gcpPlugin.find(machine))?.version, version);
      });
    }

    for (const [title, script, got] of [
      ["is of 9.36.0", "echo 9.36.0", "9.36.0"],
      ["is of 9.35.0", "echo v9.35.0", "9.35.0"],
      ["comes before the first that is fit", "echo 9.36.1-alpha.7", "9.36.1-alpha.7"],
      ["says nothing", "exit 0", "nothing as its version"],
      ["says something else", "echo listening on 4711", '"listening on 4711" as its version'],
      ["fails", "echo no such flag >&2; exit 2", "no version: .* ended with exit code 2.*no such flag"],
    ] as const) {
      it(`is refused where it ${title}, although a fit one lies in the CLI's own folder`, async () => {
        await installed(PLUGIN);
        const from = await putGcpPlugin(machine, script);
        await assert.rejects(setUp(machine, gcpPlugin), (error) => {
          assert.ok(error instanceof PgtError);
          assert.equal(error.exitCode, EXIT.couldNotCheck);
          assert.match(
            error.message,
            new RegExp(`^${from}: got ${got}.*, want 9\\.36\\.1 or newer, .*issues/3970\\)$`, "s"),
          );
          assert.match(error.fix.join(), /^Put pulumi-resource-gcp 9\.37\.0 in its place, or take it off PATH/);
          return true;
        });
      });
    }

    it("has nothing that stands in for it: without it, the run ends with every way to get it", async () => {
      await pretendPulumi(join(machine.root, "path"));
      await assert.rejects(setUp(machine, gcpPlugin), (error) => {
        assert.ok(error instanceof PgtError);
        assert.equal(error.exitCode, EXIT.couldNotCheck);
        assert.match(
          error.message,
          /^gcp plugin 9\.37\.0 is missing, and no way to get it worked:\n {2}- pulumi plugin/,
        );
        return error.fix.length === 1;
      });
    });
  });

  describe("pgt doctor --target gcp", () => {
    async function doctor(...options: string[]) {
      const { context, out } = listen({ root: machine.root, machine: () => machine });
      const code = await runProgram(context, ["doctor", "--target", "gcp", ...options]);
      return { code, text: out.join("\n") };
    }

    it("finds what there is, looks for nothing of Docker's, and runs nothing but versions", async () => {
      const { calls } = await furnishForCloud(machine);
      const { code, text } = await doctor();
      assert.equal(code, EXIT.ok, text);
      const parts = text.split("\n").filter((line) => /^[✔✖]/.test(line));
      assert.deepEqual(
        parts.map((line) => line.slice(0, line.indexOf(","))),
        [
          `✔ Node ${process.versions.node}`,
          "✔ Pulumi CLI 3.259.0",
          "✔ policy pack runner of this clone",
          "✔ gcp plugin 9.37.0",
        ],
      );
      assert.match(text, /\n {4}note: found on PATH$/);
      assert.deepEqual([...new Set(await calls())], ["version"]);
    });

    it("says what is missing and how to get it, with exit code 3, and gets nothing", async () => {
      const { calls } = await pretendPulumi(join(machine.root, "path"));
      const { code, text } = await doctor();
      assert.equal(code, EXIT.couldNotCheck);
      assert.match(
        text,
        /✖ gcp plugin 9\.37\.0 is missing\n {4}"\.\/pgt up" gets it: pulumi plugin install; by hand: /,
      );
      assert.match(text, /✖ policy pack runner is missing\n {4}the script of this clone: not now, /);
      assert.equal((await calls()).includes("plugin install resource gcp v9.37.0"), false);
    });

    it("names a plugin on PATH that can't be used, and what to do about it", async () => {
      await furnishForCloud(machine);
      await putGcpPlugin(machine, "echo 9.36.0");
      const { code, text } = await doctor();
      assert.equal(code, EXIT.couldNotCheck);
      assert.match(text, /✖ gcp plugin 9\.37\.0 can't be used: .*: got 9\.36\.0, want 9\.36\.1 or newer.*\n {4}Put /);
      assert.doesNotMatch(text, /gets it/);
    });

    it("is the same as JSON", async () => {
      await furnishForCloud(machine);
      const { parts } = JSON.parse((await doctor("--json")).text) as { parts: PartReport[] };
      assert.deepEqual(
        parts.map(({ isFound, title }) => [title, isFound]),
        [
          ["Node", true],
          ["Pulumi CLI 3.259.0", true],
          ["policy pack runner", true],
          ["gcp plugin 9.37.0", true],
        ],
      );
    });
  });

  it("are what the plain CLI is given for such a stack, and nothing of Docker's", async () => {
    await furnishForCloud(machine);
    const { context } = listen({ root: machine.root, machine: () => ({ ...machine, env: { PATH: "" } }) });
    await writeFile(join(machine.root, "Pulumi.prod.yaml"), "config: { pgtopology:topology: { target: gcp } }\n");
    await installCli();
    await assert.rejects(runPlainPulumi(context, { stack: "prod" }, ["stack"]), /^PgtError: gcp plugin .* is missing/);
    await assert.rejects(runPlainPulumi(context, { stack: "other" }, ["stack"]), /^PgtError: Docker plugin is missing/);
  });

  /** Where set-up would put it: PATH is empty there. */
  async function installCli(): Promise<void> {
    await pretendPulumi(join(machine.toolchainDir, `pulumi-${PULUMI_VERSION}`));
  }
});
