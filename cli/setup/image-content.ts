import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { PgtError } from "../../kernel/errors.ts";

/** One file of the folder that an image is built from. */
export interface ImageFile {
  /** Below the folder, with forward slashes. */
  readonly name: string;
  /** 0o755 or 0o644: git keeps nothing else of a mode, and a clone's umask must not make another image. */
  readonly mode: number;
  readonly content: Buffer;
}

/** Every file below the folder, in an order that is the same everywhere. */
export function readImageFiles(folder: string): ImageFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((entry) => path.join(folder, entry))
    .filter((file) => !lstatSync(file).isDirectory())
    .map((file) => {
      const found = lstatSync(file);
      if (!found.isFile()) throw new PgtError(`${file}: an image is built from plain files, and this is none`);
      const name = path.relative(folder, file).split(path.sep).join("/");
      return { name, mode: (found.mode & 0o100) === 0 ? 0o644 : 0o755, content: readFileSync(file) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names what would be built: the same for the same files on the same base, in any clone. 64 hexadecimal digits. */
export function hashOfImage(files: readonly ImageFile[], baseId: string): string {
  const hash = createHash("sha256");
  // Each piece goes in with its length, so that no two lists of files look the same.
  const add = (piece: Buffer | string) => hash.update(`${Buffer.byteLength(piece)}:`).update(piece);
  add(baseId);
  for (const file of files) {
    add(file.name);
    add(file.mode.toString(8));
    add(file.content);
  }
  return hash.digest("hex");
}

/** The files as the tar archive that the engine builds from. */
export async function packImageFiles(files: readonly ImageFile[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, mode, content } of files) archive.entry({ name, mode, mtime: new Date(0) }, content);
  archive.finalize();
  return buffer(archive);
}
