import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { topologyName } from "../../topology/names.ts";
import { makePrivateDirectory, type Place } from "./place.ts";
import { writePrivateFile } from "./private-file.ts";

/** Writes a database's CA certificate (PEM, no secret) to where clients on this machine find it; returns the path. */
export async function writeCaFile(
  place: Place,
  { caCertificate, name }: { readonly name: string; readonly caCertificate: string },
): Promise<string> {
  await makePrivateDirectory(place.stateDir);
  const path = join(place.stateDir, `${name.slice(topologyName("").length)}-ca.crt`);
  await writePrivateFile(path, caCertificate);
  await chmod(path, 0o644);
  return path;
}
