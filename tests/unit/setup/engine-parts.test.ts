// Which Pulumi CLI and which Docker plugin are taken, with scripts in their place, and what the engine gets to see.
// It does not prove that the real ones run.
import assert from "node:assert/strict";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { dockerPlugin } from "../../../cli/setup/docker-plugin.ts";
import { engineEnvironment } from "../../../cli/setup/engine-environment.ts";
import type { Machine } from "../../../cli/setup/part.ts";
import { whyGoIsTooOld } from "../../../cli/setup/pulumi-cli-build.ts";
import { pulumiCli } from "../../../cli/setup/pulumi-cli.ts";
import { runProgram } from "../../../cli/setup/run-program.ts";
import { setUp } from "../../../cli/setup/set-up.ts";
import { discard, scratchMachine } from "../../support/scratch-machine.ts";

describe("parts of the engine", function () {
  this.timeout(20_000);
  let machine: Machine;
  beforeEach(async () => {
    machine = scratchMachine();
    await script("tools/docker-provider/main.ts", "");
  });
  afterEach(() => discard(machine));

  async function script(name: string, lines: string): Promise<string> {
    const file = path.join(machine.root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${lines}\n`);
    await chmod(file, 0o755);
    return file;
  }

  it("takes the CLI on PATH when it is of the pinned version", async () => {
    const onPath = await script("path/pulumi", "echo v3.259.0");
    assert.deepEqual(await pulumiCli.find(machine), {
      value: { path: onPath, hasLanguageHost: false },
      version: "3.259.0",
      from: onPath,
    });
  });

  it("does not take another version on PATH, and says so", async () => {
    const onPath = await script("path/pulumi", "echo v3.100.0");
    assert.equal(await pulumiCli.find(machine), undefined);
    const own = await script(".toolchain/pulumi-3.259.0/pulumi", "echo v3.259.0");
    await script(".toolchain/pulumi-3.259.0/pulumi-language-nodejs", "");
    assert.deepEqual(await pulumiCli.find(machine), {
      value: { path: own, hasLanguageHost: true },
      version: "3.259.0",
      from: own,
      note: `${onPath} is 3.100.0 and not used`,
    });
  });

  it("takes a Go that is new enough", () => {
    assert.equal(whyGoIsTooOld("go version go1.26.8 linux/amd64"), undefined);
    assert.equal(whyGoIsTooOld("go version go1.25 linux/amd64"), undefined);
    assert.match(whyGoIsTooOld("go version go1.24.13 linux/amd64") ?? "", /go1\.24 is too old/);
    assert.match(whyGoIsTooOld("what?") ?? "", /what\?/);
  });

  const installing = (plugin: string): string =>
    `[ "$1" = version ] && echo v3.259.0 && exit
     [ "$*" = "plugin install resource docker v5.2.0" ] || exit 9
     ${plugin}`;

  it("installs the official Docker plugin, which is whole only when Pulumi says so", async () => {
    const folder = ".toolchain/pulumi-home/plugins/resource-docker-v5.2.0";
    await script(`${folder}/pulumi-resource-docker`, "");
    await script(`${folder}.partial`, "");
    assert.equal(await dockerPlugin.find(machine), undefined);
    const place = '"$PULUMI_HOME/plugins/resource-docker-v5.2.0';
    await script("path/pulumi", installing(`/bin/rm ${place}.partial"`));
    const { value, from, note } = await setUp(machine, dockerPlugin);
    assert.deepEqual([value.folder, from, note], [undefined, path.join(machine.root, folder), undefined]);
  });

  it("takes the stand-in when the official plugin can't be had, says so, and does not ask again", async () => {
    await script("path/pulumi", installing(`echo asked >>"$PULUMI_HOME.asked"; exit 1`));
    const found = await setUp(machine, dockerPlugin);
    assert.ok(found.value.folder);
    assert.equal(found.value.folder, path.join(machine.toolchainDir, "bin"));
    assert.match(found.note ?? "", /stand-in/);
    const started = await runProgram({
      program: path.join(found.value.folder, "pulumi-resource-docker"),
      args: ["127.0.0.1:1"],
      env: { PATH: "/usr/bin:/bin", PGT_NODE: await script("node", 'echo "$2 $3"') },
      timeoutMs: 15_000,
      signal: machine.signal,
    });
    const [main, address] = started.trim().split(" ");
    assert.deepEqual(
      [path.resolve(main ?? ""), address],
      [path.join(machine.root, "tools/docker-provider/main.ts"), "127.0.0.1:1"],
    );
    const broken = { ...machine, env: {} };
    assert.deepEqual(await setUp(broken, dockerPlugin), found);
  });

  it("gives the engine its paths, and the policy pack runner only where there is no language host", () => {
    const environmentWith = (hasLanguageHost: boolean): Record<string, string> =>
      engineEnvironment(
        { ...machine, env: { PATH: "/usr/bin", SOME_TOKEN: "marker-4711" } },
        {
          pulumi: { value: { path: "/p/pulumi", hasLanguageHost }, version: "", from: "" },
          policyAnalyzer: { value: { folder: "/analyzer" }, version: "", from: "" },
          plugin: { value: { folder: undefined }, version: "", from: "" },
          docker: { DOCKER_HOST: "unix:///d" },
        },
        { backendUrl: "file:///state", passphraseFile: "/state/passphrase" },
      );
    assert.equal(environmentWith(true).PATH, "/p:/usr/bin");
    const environment = environmentWith(false);
    assert.equal(environment.PATH, "/p:/analyzer:/usr/bin");
    assert.equal(environment.PULUMI_CONFIG_PASSPHRASE_FILE, "/state/passphrase");
    assert.equal(environment.PULUMI_HOME, path.join(machine.toolchainDir, "pulumi-home"));
    assert.doesNotMatch(JSON.stringify(environment), /marker-4711/);
  });
});
