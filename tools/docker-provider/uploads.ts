import { buffer } from "node:stream/consumers";
import type { Upload } from "./resources/container-shape.ts";

/**
 * The files as one archive for the root of the container. Docker makes the folders that are missing.
 * @throws {Error} for a file with no content, or with two.
 */
export async function uploadArchive(uploads: readonly Upload[]): Promise<Buffer> {
  const { pack } = await import("tar-stream");
  const archive = pack();
  for (const upload of uploads) {
    const header = {
      name: upload.file.replace(/^\/+/u, ""),
      mode: modeOf(upload),
      uid: Number(upload.owner ?? 0),
      gid: Number(upload.group ?? 0),
      mtime: new Date(0),
    };
    archive.entry(header, contentOf(upload));
  }
  archive.finalize();
  return buffer(archive);
}

function modeOf(upload: Upload): number {
  if (upload.permissions !== undefined) return Number.parseInt(upload.permissions, 8);
  return upload.executable ? 0o744 : 0o644;
}

function contentOf(upload: Upload): Buffer {
  if ((upload.content === undefined) === (upload.contentBase64 === undefined)) {
    throw new Error(`uploads: ${upload.file}: exactly one of content and contentBase64 must be given`);
  }
  if (upload.content !== undefined) return Buffer.from(upload.content, "utf8");
  return Buffer.from(upload.contentBase64 ?? "", "base64");
}
