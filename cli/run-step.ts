import { Listr, ListrLogger, ProcessOutput } from "listr2";
import type { CommandContext } from "./context.ts";

/** Says what a step is doing right now, in a short line. */
export type Say = (line: string) => void;

/**
 * Runs one step of a longer command and shows it on stderr: a spinner with the latest word on a terminal, plain lines
 * elsewhere. A few words about what it returned may stand behind its title.
 */
export async function runStep<T>(
  context: CommandContext,
  title: string,
  work: (say: Say) => Promise<T>,
  describe: (result: T) => string = () => "",
): Promise<T> {
  let result: { value: T } | undefined;
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
  const list = new Listr(
    [
      {
        title,
        task: async (_context: unknown, task) => {
          const startedAt = performance.now();
          let last = "";
          const say = (line: string): void => {
            // The same word again would be a line of its own where lines can't be replaced.
            if (line !== last) task.output = line;
            last = line;
          };
          result = { value: await work(say) };
          task.title = `${title}${describe(result.value)} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`;
        },
      },
    ],
    {
      renderer: context.terminal ? "default" : "simple",
      rendererOptions: { logger, showErrorMessage: false, collapseErrors: false },
      registerSignalListeners: false,
      exitOnError: true,
    },
  );
  await list.run();
  if (result === undefined) throw new Error(`${title} ended without a result`);
  return result.value;
}
