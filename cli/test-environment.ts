import type { CommandContext } from "./context.ts";
import { setUpMachine } from "./stack/machine-parts.ts";

/** Sets the machine up and says where everything is, for suites that use real things. */
export async function testEnvironment(context: CommandContext): Promise<NodeJS.ProcessEnv> {
  const { engine, imageId } = await setUpMachine(context, undefined);
  return { ...engine.env, PGT_TEST_IMAGE: imageId, PGT_TEST_PULUMI: engine.command };
}
