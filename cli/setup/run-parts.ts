import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput, type ListrTask } from "listr2";
import type { Found, Machine, Part } from "./part.ts";
import { setUp } from "./set-up.ts";

/** What was found, under the name of its part. */
export type FoundParts<P extends Readonly<Record<string, Part>>> = {
  readonly [Name in keyof P]: P[Name] extends Part<infer T> ? Found<T> : never;
};

/**
 * Sets up the parts in order and shows them as a list with the time that each took: a live one when stderr is a
 * terminal, else plain lines. Everything shown goes to stderr.
 * @throws {PgtError} of the first part that can't be had; the signal's reason when it is aborted.
 */
export async function runParts<P extends Readonly<Record<string, Part>>>(
  machine: Machine,
  parts: P,
): Promise<FoundParts<P>> {
  const found: Record<string, Found<unknown>> = {};
  const failures: unknown[] = [];
  const tasks = Object.entries(parts).map(([name, part]): ListrTask => ({
    title: part.title,
    task: async (_, task) => {
      try {
        const result = await setUp({ ...machine, say: (line) => (task.output = line) }, part);
        found[name] = result;
        task.title = describe(part.title, result);
      } catch (error) {
        // The whole story is the caller's to show, once.
        failures.push(error);
        throw new Error("see below", { cause: error });
      }
    },
  }));
  const logger = new ListrLogger({ useIcons: true, processOutput: new ProcessOutput(process.stderr, process.stderr) });
  const list = new Listr(tasks, {
    registerSignalListeners: false,
    fallbackRendererCondition: !process.stderr.isTTY,
    rendererOptions: { logger, timer: PRESET_TIMER, showErrorMessage: false },
    fallbackRendererOptions: { logger, timer: PRESET_TIMER },
  });
  await list.run().catch((error: unknown) => {
    throw failures.at(0) ?? error;
  });
  return found as FoundParts<P>;
}

function describe(title: string, found: Found<unknown>): string {
  const version = title.includes(found.version) ? "" : ` ${found.version}`;
  return `${title}${version}, ${found.from}${found.note === undefined ? "" : ` (${found.note})`}`;
}
