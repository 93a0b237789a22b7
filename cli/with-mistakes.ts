import type { CommandContext } from "./context.ts";

/** Runs what reads a configuration. With --json, the mistakes in it stand on stdout, too. @throws what `read` throws */
export async function withMistakes<T>(
  context: CommandContext,
  { json, stack }: { readonly json: boolean; readonly stack: string },
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { ConfigurationError } = await import("../config/mistakes.ts");
    if (json && error instanceof ConfigurationError) {
      context.out(JSON.stringify({ stack, mistakes: error.mistakes }, null, 2));
    }
    throw error;
  }
}
