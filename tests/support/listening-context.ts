import type { CommandContext } from "../../cli/context.ts";

/** A context that remembers what was said. Its machine is never asked for, unless it is among the changes. */
export function listen(changes: Partial<CommandContext> = {}): {
  context: CommandContext;
  out: string[];
  err: string[];
} {
  const out: string[] = [];
  const err: string[] = [];
  const context: CommandContext = {
    root: "/clone",
    env: {},
    signal: new AbortController().signal,
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    terminal: false,
    colour: false,
    machine: () => {
      throw new Error("a test asked for the machine");
    },
    ...changes,
  };
  return { context, out, err };
}
