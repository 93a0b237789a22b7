import { Argument, type Command } from "commander";
import { EXIT, type ExitCode } from "../../kernel/errors.ts";
import type { ProgramWords } from "../completion/completion-words.ts";
import type { CommandContext } from "../context.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

const HELP = `
Examples:
  source <(./pgt completion bash)      in ~/.bashrc: with the path of the clone
  source <(./pgt completion zsh)       after compinit
  ./pgt completion fish | source`;

/** `pgt completion`: a script that lets a shell complete commands and options. */
export function defineCompletion(program: Command, context: CommandContext, done: (code: ExitCode) => void): void {
  program
    .command("completion")
    .description("print the script that lets your shell complete commands and options")
    .addArgument(new Argument("<shell>", "which one").choices(SHELLS))
    .addHelpText("after", HELP)
    .action(async (shell: Shell) => {
      const { completionWords } = await import("../completion/completion-words.ts");
      context.out(await script(shell, completionWords(program)));
      done(EXIT.ok);
    });
}

async function script(shell: Shell, words: ProgramWords): Promise<string> {
  switch (shell) {
    case "bash":
      return (await import("../completion/bash-script.ts")).bashScript(words);
    case "zsh":
      return (await import("../completion/zsh-script.ts")).zshScript(words);
    case "fish":
      return (await import("../completion/fish-script.ts")).fishScript(words);
  }
}
