import { buffer } from "node:stream/consumers";
import type Docker from "dockerode";
import { pack } from "tar-stream";
import type { RenderedFile } from "../../rendering/container-shape.ts";

/** The image's user and group. */
const POSTGRES = 999;

/** Puts files into a container, started or not; folders that are missing are made for the server's user. */
export async function putFiles(container: Docker.Container, files: readonly RenderedFile[]): Promise<void> {
  const archive = pack();
  const owner = { uid: POSTGRES, gid: POSTGRES };
  const folders = new Set(files.map(({ path }) => path.slice(1, path.lastIndexOf("/"))));
  for (const name of folders) {
    if (name !== "") archive.entry({ name, type: "directory", mode: 0o700, ...owner });
  }
  for (const { path, content, permissions } of files) {
    archive.entry({ name: path.slice(1), mode: parseInt(permissions, 8), ...owner }, content);
  }
  archive.finalize();
  await container.putArchive(await buffer(archive), { path: "/" });
}
