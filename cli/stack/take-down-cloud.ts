import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { cloudName } from "../../topology/names.ts";
import { instancesOf, type ResolvedGcp } from "../../topology/resolved-gcp.ts";
import type { ResolvedTopology } from "../../topology/resolved.ts";
import { askYes } from "../ask.ts";
import type { DownOptions } from "../commands/down.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import { suffixOf } from "./cloud-values.ts";
import { engineError } from "./engine-errors.ts";
import { setUpEngine } from "./machine-parts.ts";
import type { Place } from "./place.ts";
import { inlineProgram } from "./plan.ts";
import type { Wish } from "./read-wish.ts";
import { withRunLock } from "./run-lock.ts";
import { openEngineStack, stackExists } from "./workspace.ts";

/**
 * Removes a stack on Cloud SQL, which takes the data with it: only backups outlive an instance. A stack that is protected
 * is refused before anything is touched. A second run finds nothing to do, or ends what the cloud was not ready for.
 */
export async function takeDownCloud(
  context: CommandContext,
  options: DownOptions,
  { configuration, place, topology: wished }: Wish<ResolvedGcp>,
): Promise<void> {
  if (options.deleteBackups === true) throw backupsOutlive(place);
  if (options.deleteData !== true) throw dataGoesToo(place);
  const engine = await setUpEngine(context, place, "gcp");
  if (!(await stackExists(engine, place, context.signal))) {
    context.out(`${wished.name} is not there.`);
    return;
  }
  await withRunLock(place, "down", async () => {
    const stack = await openEngineStack(engine, place, inlineProgram);
    const topology = await deployedTopology(stack, wished);
    if (topology.protection.deletion) throw isProtected(place, topology);
    if (options.yes !== true && !(await askYes(context, question(topology)))) {
      throw new PgtError("nothing was removed", { exitCode: EXIT.usage });
    }
    await destroy(context, stack, place);
    context.out(`${topology.name} is down.`);
    for (const line of keptLines(topology, suffixOf(configuration))) context.out(line);
  });
}

async function destroy(context: CommandContext, stack: Stack, place: Place): Promise<void> {
  await runStep(context, "remove everything of the stack", async (say) => {
    const problems: string[] = [];
    try {
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
async function deployedTopology(stack: Stack, wished: ResolvedGcp): Promise<ResolvedGcp> {
  const exported = (await stack.outputs()).topology?.value as ResolvedTopology | undefined;
  return exported?.target === "gcp" ? exported : wished;
}

function dataGoesToo({ stack }: Place): PgtError {
  return new PgtError(`stack ${stack} is on Cloud SQL, where an instance goes with its data`, {
    exitCode: EXIT.usage,
    fix: ["Add --delete-data when you mean it. Backups stay as the stack's keepData and protection say."],
  });
}

function backupsOutlive({ sourceFile, stack }: Place): PgtError {
  return new PgtError(`stack ${stack} is on Cloud SQL, where backups that outlive an instance are the project's`, {
    exitCode: EXIT.usage,
    fix: [
      `To keep none, set keepData to false in ${sourceFile} and run "./pgt up --stack ${stack}" before "./pgt down".`,
      "Those that are there already end by themselves; or remove them with `gcloud sql backups delete`.",
    ],
  });
}

/** In prod, protection can't be asked away: a stack that is to go is no production any more. */
function isProtected({ sourceFile, stack }: Place, { environment }: ResolvedGcp): PgtError {
  const edits = [...(environment === "prod" ? ["environment to staging"] : []), "protection.deletion to false"];
  return new PgtError(`stack ${stack} is protected against its removal`, {
    exitCode: EXIT.usage,
    fix: [
      `Set ${edits.join(" and ")} in ${sourceFile}, run "./pgt up --stack ${stack}", which asks for a permission of that, and then "./pgt down" again.`,
    ],
  });
}

function question(topology: ResolvedGcp): string {
  const instances = instancesOf(topology).map(({ part }) => part);
  return `This DELETES for good: the instances ${instances.join(", ")} of ${topology.name} with their data, the network and the service.\nGo on?`;
}

function keptLines({ backup, keepData, protection, stack }: ResolvedGcp, suffix: string): string[] {
  if (!keepData) return [];
  return [
    `Kept: the primary's backups, with a last one for ${protection.finalBackupDays} days: gcloud sql backups list`,
    ...(backup?.secondCopy === undefined ? [] : [`Kept: the exports in gs://${cloudName(stack, "exports", suffix)}`]),
  ];
}
