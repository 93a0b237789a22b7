import type { VerifyReport } from "../verify/report.ts";
import type { CommandContext } from "./context.ts";
import { runStep } from "./run-step.ts";
import type { World } from "./stack/converge.ts";

/** Verifies a running topology, with progress on stderr. */
export function verifyWithProgress(
  context: CommandContext,
  world: World,
  options: { deep: boolean },
): Promise<VerifyReport> {
  return runStep(context, "verify", async () => {
    const { verifyTopology } = await import("../verify/run.ts");
    const { topology, secrets, docker, signal } = world;
    return verifyTopology({ topology, secrets, docker, signal, deep: options.deep });
  });
}
