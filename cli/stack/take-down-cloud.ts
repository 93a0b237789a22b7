import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { askYes } from "../ask.ts";
import type { DownOptions } from "../commands/down.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import { removalWords } from "./cloud-removal.ts";
import { suffixOf } from "./cloud-values.ts";
import { engineError } from "./engine-errors.ts";
import { setUpEngine } from "./machine-parts.ts";
import type { Place } from "./place.ts";
import { inlineProgram } from "./plan.ts";
import type { Wish } from "./read-wish.ts";
import { withRunLock } from "./run-lock.ts";
import type { ResolvedCloud } from "./update-cloud.ts";
import { openEngineStack, stackExists } from "./workspace.ts";

/**
 * Removes a stack in a cloud, which takes the data with it, but for what its keepData says. A stack that is protected is
 * refused before anything is touched. A second run finds nothing to do, or ends what the cloud was not ready for.
 */
export async function takeDownCloud(
  context: CommandContext,
  options: DownOptions,
  { configuration, place, topology: wished }: Wish<ResolvedCloud>,
): Promise<void> {
  const { backupsOutlive, dataGoes } = removalWords(wished, suffixOf(configuration));
  if (options.deleteBackups === true) throw refused(place, backupsOutlive);
  if (options.deleteData !== true) throw refused(place, dataGoes);
  const engine = await setUpEngine(context, place, wished.target);
  if (!(await stackExists(engine, place, context.signal))) {
    context.out(`${wished.name} is not there.`);
    return;
  }
  await withRunLock(place, "down", async () => {
    const stack = await openEngineStack(engine, place, inlineProgram);
    const topology = await deployedTopology(stack, wished);
    if (topology.protection.deletion) throw isProtected(place, topology);
    const { goes, stays } = removalWords(topology, suffixOf(configuration));
    if (options.yes !== true && !(await askYes(context, `This DELETES for good: ${goes}.\nGo on?`))) {
      throw new PgtError("nothing was removed", { exitCode: EXIT.usage });
    }
    await destroy(context, stack, place);
    context.out(`${topology.name} is down.`);
    for (const line of topology.keepData ? stays : []) context.out(`Kept: ${line}`);
  });
}

async function destroy(context: CommandContext, stack: Stack, place: Place): Promise<void> {
  await runStep(context, "remove everything of the stack", async (say) => {
    const problems: string[] = [];
    try {
      // What is protected stops a preview as a whole; a destruction would remove what comes before it first.
      await stack.previewDestroy({ color: "never", signal: context.signal });
      await stack.destroy({
        color: "never",
        signal: context.signal,
        onEvent: ({ diagnosticEvent, resourcePreEvent }) => {
          if (resourcePreEvent !== undefined) say(resourcePreEvent.metadata.urn.split("::").at(-1) ?? "");
          if (diagnosticEvent?.severity === "error") problems.push(diagnosticEvent.message);
        },
      });
    } catch (error) {
      context.signal.throwIfAborted();
      throw engineError(problems.join("\n") || String(error), place);
    }
  });
}

/** What the last finished update was for, which is what is protected or not; the wish where none has finished. */
async function deployedTopology(stack: Stack, wished: ResolvedCloud): Promise<ResolvedCloud> {
  const exported = (await stack.outputs()).topology?.value as ResolvedTopology | undefined;
  return exported !== undefined && exported.target !== "docker" ? exported : wished;
}

function refused({ stack }: Place, { fix, why }: { readonly why: string; readonly fix: readonly string[] }): PgtError {
  return new PgtError(`stack ${stack} is ${why}`, { exitCode: EXIT.usage, fix });
}

/** In prod, protection can't be asked away: a stack that is to go is no production any more. */
function isProtected({ sourceFile, stack }: Place, { environment }: ResolvedCloud): PgtError {
  const edits = [...(environment === "prod" ? ["environment to staging"] : []), "protection.deletion to false"];
  return new PgtError(`stack ${stack} is protected against its removal`, {
    exitCode: EXIT.usage,
    fix: [
      `Set ${edits.join(" and ")} in ${sourceFile}, run "./pgt up --stack ${stack}", which asks for a permission of that, and then "./pgt down" again.`,
    ],
  });
}
