import assert from "node:assert/strict";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { baseImage } from "../../cli/setup/base-image.ts";
import { hashOfImage, readImageFiles } from "../../cli/setup/image-content.ts";
import { topologyImage } from "../../cli/setup/image.ts";
import type { Machine } from "../../cli/setup/part.ts";
import { testDocker } from "./test-docker.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** What machines have of their own; the copy shares the packages and the tools of this clone. */
const LEFT_OUT = new Set([".git", ".pgt", ".ci", "node_modules", ".toolchain"]);
const SHARED = ["node_modules", ".toolchain"];

/** A clone whose image is another one than this clone's. */
export interface OtherClone {
  readonly root: string;
  readonly remove: () => Promise<void>;
}

/**
 * A copy of this clone with one more file in its image's folder. The image that belongs to it is not built: it is this
 * clone's with that file's hash on it, and so holds the same programs.
 */
export async function cloneWithAnotherImage(): Promise<OtherClone> {
  const root = await mkdtemp(join(tmpdir(), "pgt-test-clone-"));
  const isCopied = (path: string): boolean => !LEFT_OUT.has(relative(ROOT, path).split(sep)[0] ?? "");
  await cp(ROOT, root, { recursive: true, filter: isCopied });
  for (const folder of SHARED) await symlink(join(ROOT, folder), join(root, folder));
  // Of this run alone, so that no other clone's image has the same hash.
  await writeFile(join(root, "images/postgres/lib/one-more-file"), root);

  const docker = testDocker();
  const [ours, base] = await Promise.all([topologyImage.find(machineAt(ROOT)), baseImage.find(machineAt(ROOT))]);
  assert.ok(ours && base, "this clone's image is not built");
  const hash = hashOfImage(readImageFiles(join(root, "images/postgres")), base.value.id);
  const container = await docker.createContainer({ Image: ours.value.id });
  const tag = `17-${hash.slice(0, 12)}`;
  try {
    await container.commit({ repo: "pgtopology/postgres", tag, changes: `LABEL pgtopology.image=${hash}` });
  } finally {
    await container.remove();
  }
  return {
    root,
    remove: async () => {
      await docker.getImage(`pgtopology/postgres:${tag}`).remove({ force: true });
      await rm(root, { recursive: true, force: true });
    },
  };
}

function machineAt(root: string): Machine {
  return {
    root,
    toolchainDir: join(root, ".toolchain"),
    stateDir: join(root, ".pgt"),
    env: process.env,
    signal: new AbortController().signal,
    say: () => undefined,
  };
}
