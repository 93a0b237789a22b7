// The bash script is run where there is a bash; those for zsh and fish are only read.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { describe, it } from "mocha";
import { bashScript } from "../../../cli/completion/bash-script.ts";
import { completionWords } from "../../../cli/completion/completion-words.ts";
import { fishScript } from "../../../cli/completion/fish-script.ts";
import { zshScript } from "../../../cli/completion/zsh-script.ts";

function program(): Command {
  const made = new Command("pgt").version("1", "-V, --version", "show the version");
  made
    .command("status")
    .description("what runs; it's [all] here")
    .option("-s, --stack <name>", "the stack")
    .option("--config <file>", "its configuration")
    .option("--json", "as JSON");
  made.command("backup").addOption(new Option("--type <type>", "what it holds").choices(["full", "diff"]));
  return made;
}

const words = completionWords(program());
const hasBash = spawnSync("bash", ["-c", "true"]).status === 0;

/** What bash offers after a line; the last word is the one that is being typed. */
function offered(...line: string[]): string[] {
  return offeredAtHome(homedir(), ...line);
}

function offeredAtHome(home: string, ...line: string[]): string[] {
  const script = `${bashScript(words)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _pgt; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script, "bash", ...line], {
    encoding: "utf8",
    env: { ...process.env, HOME: home },
  });
  assert.equal(status, 0, stderr);
  return stdout.split("\n").filter((word) => word !== "");
}

describe("completion", function () {
  this.timeout(20_000);
  const inBash = hasBash ? it : it.skip;

  inBash("offers commands and the program's own options in bash", () => {
    assert.deepEqual(offered("pgt", ""), ["status", "backup", "help", "-V", "--version", "-h", "--help"]);
    assert.deepEqual(offered("pgt", "st"), ["status"]);
  });

  inBash("offers a command's options in bash", () => {
    assert.deepEqual(offered("pgt", "status", "--"), ["--stack", "--config", "--json", "--help"]);
  });

  inBash("offers an option's choices in bash, and nothing of ours for a free value", () => {
    assert.deepEqual(offered("pgt", "backup", "--type", ""), ["full", "diff"]);
    assert.deepEqual(offered("pgt", "status", "--config", ""), []);
  });

  inBash("offers the stacks that lie beside the program in bash", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pgt-stacks "));
    try {
      const stacksOf = (typed: string) => offered(join(folder, "pgt"), "status", "--stack", typed);
      assert.deepEqual(stacksOf(""), []);
      for (const name of ["Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.local-demo.yaml", "Pulumi.prod.yaml.orig"]) {
        await writeFile(join(folder, name), "");
      }
      assert.deepEqual(stacksOf(""), ["local-demo", "prod"]);
      assert.deepEqual(stacksOf("p"), ["prod"]);
      assert.deepEqual(offered(join(folder, "pgt"), "status", "-s", "l"), ["local-demo"]);
      assert.deepEqual(offeredAtHome(folder, "~/pgt", "status", "-s", "l"), ["local-demo"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  inBash("offers commands after help in bash", () => {
    assert.deepEqual(offered("pgt", "help", "b"), ["backup"]);
  });

  it("quotes descriptions for zsh", () => {
    const script = zshScript(words);
    assert.match(script, /'status:what runs; it'\\''s \[all\] here'/);
    assert.match(
      script,
      /status\) _arguments '-s\[the stack\]:value:_pgt_stacks' '--stack=\[the stack\]:value:_pgt_stacks' '--config=\[its configuration\]:value:_files'/,
    );
    assert.match(script, /stacks=\(\$\{folder\}\/Pulumi\.\*\.yaml\(N:t\)\)/);
    assert.match(script, /local folder=\$\{~\$\{\(Q\)words\[1\]\}:h\}\n/);
    assert.match(script, /'--type=\[what it holds\]:value:\(full diff\)'/);
  });

  it("quotes descriptions for fish", () => {
    const script = fishScript(words);
    assert.match(script, /-a status -d 'what runs; it\\'s \[all\] here'/);
    assert.match(script, /'__fish_seen_subcommand_from status' -s s -l stack -r -f -a '\(__pgt_stacks\)'/);
    assert.match(script, /string replace -r '\.\*Pulumi\\\.\(\.\*\)\\\.yaml\$' '\$1'/);
    assert.match(script, /'__fish_seen_subcommand_from backup' -l type -r -f -a 'full diff'/);
  });
});
