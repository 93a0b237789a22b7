import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { messageOf } from "../../kernel/errors.ts";
import type { Machine } from "./part.ts";

const RECORD = z.record(z.string(), z.object({ at: z.iso.datetime(), why: z.string() }));

const ASK_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000;

/** Where it is remembered which download sites did not work, and since when. A user may delete it. */
function fileOf(machine: Machine): string {
  return path.join(machine.toolchainDir, "downloads.json");
}

/** Why the site is not asked now: it failed within the last day. `undefined` when it may be asked. */
export async function whyNotAsked(machine: Machine, site: string, now = new Date()): Promise<string | undefined> {
  const failure = (await read(machine))[site];
  if (failure === undefined) return undefined;
  const ageMs = now.getTime() - Date.parse(failure.at);
  if (ageMs < 0 || ageMs >= ASK_AGAIN_AFTER_MS) return undefined;
  return `failed at ${failure.at} (${failure.why}) and is not asked again for a day, unless ${fileOf(machine)} is deleted`;
}

/**
 * Asks the site by `download`; when that fails, remembers it. A stop by the user is no failure of the site.
 * @throws what `download` throws.
 */
export async function askSite<T>(machine: Machine, site: string, download: () => Promise<T>): Promise<T> {
  try {
    return await download();
  } catch (error) {
    if (!machine.signal.aborted) {
      const why = shorten(messageOf(error));
      await write(machine, { ...(await read(machine)), [site]: { at: new Date().toISOString(), why } });
    }
    throw error;
  }
}

/** The first and the last line: what was done, and the last that the program said. */
function shorten(message: string): string {
  const lines = message.split("\n").map((line) => line.trim());
  return [...new Set([lines[0], lines.at(-1)])].join(" ");
}

/** A record that can't be read is as good as none. */
async function read(machine: Machine): Promise<z.infer<typeof RECORD>> {
  try {
    return RECORD.parse(JSON.parse(await readFile(fileOf(machine), "utf8")));
  } catch {
    return {};
  }
}

async function write(machine: Machine, record: z.infer<typeof RECORD>): Promise<void> {
  const file = fileOf(machine);
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(record, null, 2)}\n`);
  await rename(fresh, file);
}
