import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Machine } from "./part.ts";

/**
 * Gives `work` a fresh folder beside the place where the result goes, so that a rename is all it takes to put the
 * result there, and removes it afterwards. What runs that were killed left behind is removed as well.
 */
export async function withScratchFolder<T>(machine: Machine, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = path.join(machine.toolchainDir, "scratch");
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (!isAlive(Number(name.split("-")[0]))) await rm(path.join(parent, name), { recursive: true, force: true });
  }
  const folder = await mkdtemp(path.join(parent, `${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts the finished folder at its place, at once and as a whole. */
export async function putInPlace(finished: string, place: string): Promise<void> {
  if (existsSync(place)) await rename(place, path.join(path.dirname(finished), `old-${path.basename(place)}`));
  await mkdir(path.dirname(place), { recursive: true });
  await rename(finished, place);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
