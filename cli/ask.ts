import { createInterface } from "node:readline/promises";
import { EXIT, PgtError } from "../kernel/errors.ts";
import type { CommandContext } from "./context.ts";

/**
 * Asks a question on stderr that only "yes" answers with yes.
 * @throws {PgtError} exit code 2 where nobody can answer
 */
export async function askYes(context: CommandContext, question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !context.terminal) {
    throw new PgtError("this needs a yes, and there is no terminal to ask on", {
      exitCode: EXIT.usage,
      fix: ["Add --yes when you mean it."],
    });
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await reader.question(`${question} [yes/no] `, { signal: context.signal })).trim() === "yes";
  } finally {
    reader.close();
  }
}
