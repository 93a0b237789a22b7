import { rm } from "node:fs/promises";
import { TOPOLOGY_KEY } from "../../config/keys.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { topologyName, topologyNames } from "../../topology/names.ts";
import { askYes } from "../ask.ts";
import type { DownOptions } from "../commands/down.ts";
import type { CommandContext } from "../context.ts";
import { runStep } from "../run-step.ts";
import { configurationOf, readConfiguration } from "./configuration-file.ts";
import { engineError } from "./engine-errors.ts";
import { clearEngineLock } from "./engine-lock.ts";
import { deleteVolumes, keptVolumes, type KeptVolume } from "./kept-data.ts";
import { removeLeftovers } from "./leftovers.ts";
import { findDocker, setUpEngine } from "./machine-parts.ts";
import { type Place, placeOf } from "./place.ts";
import { inlineProgram } from "./plan.ts";
import { runPulumi } from "./pulumi-command.ts";
import { withRunLock } from "./run-lock.ts";
import { openEngineStack, stackExists } from "./workspace.ts";

/** Removes the stack's resources; its volumes only as far as the options say. A second run finds nothing to do. */
export async function takeDown(context: CommandContext, options: DownOptions): Promise<void> {
  const place = placeOf(context, options);
  const name = topologyName(place.stack);
  const names = topologyNames(place.stack);
  const docker = await findDocker(context);
  const volumes = await keptVolumes(docker, names);
  const going = volumes.filter(({ backups }) => (backups ? options.deleteBackups : options.deleteData) === true);
  if (options.yes !== true && !(await askYes(context, question(name, volumes, going)))) {
    throw new PgtError("nothing was removed", { exitCode: EXIT.usage });
  }
  const engine = await setUpEngine(context, place);
  await withRunLock(place, "down", async (run) => {
    if (run.afterKilled) await clearEngineLock(place, context.signal);
    const exists = (await hasConfiguration(place)) && (await stackExists(engine, place, context.signal));
    await runStep(context, "remove containers and network", async (say) => {
      if (!exists) return;
      const stack = await openEngineStack(engine, place, inlineProgram);
      if (run.afterKilled) await removeLeftovers(docker, stack, names);
      try {
        await stack.destroy({
          color: "never",
          signal: context.signal,
          onEvent: ({ resourcePreEvent }) => {
            if (resourcePreEvent !== undefined) say(resourcePreEvent.metadata.urn.split("::").at(-1) ?? "");
          },
        });
      } catch (error) {
        context.signal.throwIfAborted();
        throw engineError(String(error), place);
      }
    });
    const deleted = await deleteVolumes(docker, going);
    const kept = (await keptVolumes(docker, names)).map((volume) => volume.name);
    if (exists && kept.length === 0 && place.local) {
      await runPulumi(engine, place, ["stack", "rm", "--yes"], { signal: context.signal });
      await rm(place.configFile, { force: true });
    }
    context.out(`${name} is down.`);
    if (deleted.length > 0) context.out(`Deleted: ${deleted.join(", ")}`);
    if (kept.length > 0) context.out(`Kept, with the secrets that open them: ${kept.join(", ")}`);
  });
}

async function hasConfiguration(place: Place): Promise<boolean> {
  return configurationOf(await readConfiguration(place.configFile))[TOPOLOGY_KEY] !== undefined;
}

function question(name: string, volumes: readonly KeptVolume[], going: readonly KeptVolume[]): string {
  const stays = volumes.filter((volume) => !going.includes(volume));
  const lines = [`This removes the containers and the network of ${name}.`];
  if (going.length > 0) lines.push(`It also DELETES for good: ${going.map((volume) => volume.name).join(", ")}.`);
  if (stays.length > 0) lines.push(`It keeps: ${stays.map((volume) => volume.name).join(", ")}.`);
  return [...lines, "Go on?"].join("\n");
}
