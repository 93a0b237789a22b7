import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { makePrivateDirectory, type Place } from "./place.ts";
import { writePrivateFile } from "./private-file.ts";

/** Writes the stack's CA certificate (PEM, no secret) to where clients on this machine find it; returns the path. */
export async function writeCaFile(place: Place, caCertificate: string): Promise<string> {
  await makePrivateDirectory(place.stateDir);
  const path = join(place.stateDir, `${place.stack}-ca.crt`);
  await writePrivateFile(path, caCertificate);
  await chmod(path, 0o644);
  return path;
}
