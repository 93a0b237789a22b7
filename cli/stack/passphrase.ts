import { readFile } from "node:fs/promises";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { fileExists } from "./file-exists.ts";
import { generatePassword } from "./passwords.ts";
import type { Place } from "./place.ts";
import { writePrivateFile } from "./private-file.ts";

/**
 * Makes sure that a local stack has the passphrase that its secrets are encrypted with.
 * @throws {PgtError} when secrets exist without it: a new one could not open them
 */
export async function ensurePassphrase(place: Place): Promise<void> {
  const { passphraseFile: path } = place;
  if (path === undefined) return;
  try {
    if ((await readFile(path, "utf8")).trim() !== "") return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  if (await fileExists(place.configFile)) {
    throw new PgtError(`${path} is missing or empty, but ${place.configFile} has secrets that need it`, {
      exitCode: EXIT.usage,
      fix: [
        `Put the passphrase back into ${path}.`,
        `If it is lost: "./pgt down --delete-data --delete-backups", then remove ${place.stateDir} and begin anew.`,
      ],
    });
  }
  await writePrivateFile(path, `${generatePassword()}\n`);
}
