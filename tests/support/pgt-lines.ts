import { Command, CommanderError } from "commander";
import { createProgram } from "../../cli/program.ts";
import { listen } from "./listening-context.ts";

/** What a variable holds where not every word is taken; the others stand for themselves. */
const VALUES: Readonly<Record<string, string>> = { VANTAGE: "none", MAX: "restart" };

/** Every call of `./pgt` in a script of a shell, as its words; a variable that may hold anything is its own name. */
export function pgtLines(script: string): string[][] {
  // `${NAME:+words}` stands for the words, and every other variable for one word.
  const plain = script
    .replaceAll(/\$\{\w+:\+([^{}]*)\}/g, "$1")
    .replaceAll(/"?\$\{(\w+):-([^{}]*)\}"?/g, "$2")
    .replaceAll(/"?\$\{?(\w+)\}?"?/g, (_, name: string) => VALUES[name] ?? name);
  return plain.split("\n").flatMap((line) => {
    const called = /(?:^|[\s;|&(])\.\/pgt ([^|>;&]*)/.exec(line)?.[1];
    return called === undefined
      ? []
      : [
          called
            .trim()
            .split(/\s+/)
            .map((word) => word.replaceAll('"', "")),
        ];
  });
}

/** What the program's own definition has against a call; `undefined` when it takes it. No command is run. */
export async function refusalOf(words: readonly string[]): Promise<string | undefined> {
  const { context, err } = listen();
  const program = createProgram(context, () => undefined);
  for (const command of program.commands) withoutAction(command);
  try {
    await program.parseAsync([...words], { from: "user" });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError) return err.join("\n");
    throw error;
  }
}

function withoutAction(command: Command): void {
  command.action(() => undefined);
  for (const below of command.commands) withoutAction(below);
}
