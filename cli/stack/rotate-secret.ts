import { EXIT, PgtError } from "../../kernel/errors.ts";
import { AUTH_SECRET_KEY } from "../../topology/secrets.ts";
import type { CommandContext } from "../context.ts";
import { setConfiguration } from "./configuration-file.ts";
import { setUpEngine } from "./machine-parts.ts";
import { type OpenedWorld, openStored } from "./open-stack.ts";
import { generatePassword } from "./passwords.ts";
import { type Place, placeOf, type StackOptions } from "./place.ts";
import { withRunLock } from "./run-lock.ts";
import { encryptedSecrets, heldSecrets } from "./secrets.ts";
import { readStored } from "./stored-secrets.ts";
import { writtenTarget } from "./written-target.ts";

/** Makes the application's secret anew, in one write of the configuration file. @throws {PgtError} exit code 2 without one */
export async function rotateAuthSecret(context: CommandContext, options: StackOptions): Promise<void> {
  const place = placeOf(context, options);
  await withRunLock(place, "rotate", async () => {
    const { engine, stored } = await openConfiguration(context, place, options);
    if (!stored.has(AUTH_SECRET_KEY)) {
      throw new PgtError(`stack ${place.stack} has no ${AUTH_SECRET_KEY}: it has no data database`, {
        exitCode: EXIT.usage,
        fix: ['Only a stack with "data" hands one to its application.'],
      });
    }
    const all = new Map([...(await heldSecrets(place, stored)), [AUTH_SECRET_KEY, generatePassword()] as const]);
    await setConfiguration(place.configFile, await encryptedSecrets(engine, place, all, context.signal));
  });
}

/** A stack on this machine is opened with its containers; of one in a cloud, the configuration is enough. */
async function openConfiguration(
  context: CommandContext,
  place: Place,
  options: StackOptions,
): Promise<Pick<OpenedWorld, "engine" | "stored">> {
  const target = await writtenTarget(place);
  if (target === "docker") return openStored(context, options);
  const engine = await setUpEngine(context, place, target);
  return { engine, stored: await readStored(engine, place, context.signal) };
}
