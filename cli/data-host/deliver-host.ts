import { waitUntil } from "../../kernel/wait-until.ts";
import { dataHostFiles } from "../../rendering/data-host/files.ts";
import type { DataHostPlace, DataHostSecrets, HostFile } from "../../rendering/data-host/host-file.ts";
import { HOST_PATHS } from "../../rendering/data-host/host-paths.ts";
import { differingFiles, placeFile, succeed } from "../../ssh/place-files.ts";
import type { SshSession } from "../../ssh/session.ts";
import type { Major } from "../../topology/parameters/server-settings.ts";
import type { ResolvedSelfRun } from "../../topology/resolved-self-run.ts";
import type { PartCertificate } from "../../topology/secrets.ts";
import { readHostCommands } from "../stack/host-commands.ts";
import { certifyHost } from "./certify-host.ts";
import { finishActions, foundUnits, noteActions } from "./host-units.ts";

/** What is delivered to a data host, and whom it is for. */
export interface Delivery {
  /** This clone: the commands are in it. */
  readonly root: string;
  readonly server: ResolvedSelfRun;
  readonly place: DataHostPlace;
  readonly secrets: Omit<DataHostSecrets, "caCertificate" | "certificate">;
  /** The stack's own: it signs the host's certificate. */
  readonly authority: PartCertificate;
  /** In the VPC; it stands in the certificate. */
  readonly address: string;
  readonly now: Date;
}

/** A server that has to replay WAL takes as long as there is some. */
const HEALTHY_MS = 600_000;
const BETWEEN_LOOKS_MS = 2000;
const LOOK_MS = 20_000;

/**
 * Brings commands, configuration, certificate and units to a data host, and has what they changed take effect. What is
 * there already is left as it is: a second run changes nothing. A run that was killed has left a note of what has yet to
 * take effect, which the next one does.
 * @returns the paths that were written
 */
export async function deliverHost(session: SshSession, delivery: Delivery): Promise<readonly string[]> {
  const { address, authority, now, place, root, secrets, server } = delivery;
  const commands = readHostCommands(root);
  const request = commands.filter(({ path }) => path === HOST_PATHS.signingRequest || path.endsWith("/speak.sh"));
  // First, for it makes the key that is signed.
  for (const { file } of await differingFiles(session, request)) await placeFile(session, file);
  const certificate = await certifyHost(session, authority, address, now);
  const configuration = dataHostFiles(server, place, { ...secrets, certificate, caCertificate: authority.certificate });
  return placeAll(session, [...commands, ...configuration], server.version);
}

async function placeAll(session: SshSession, files: readonly HostFile[], major: Major): Promise<readonly string[]> {
  const folder = `${HOST_PATHS.units}/`;
  const units = files.filter(({ path }) => path.startsWith(folder)).map(({ path }) => path.slice(folder.length));
  const differing = await differingFiles(session, files);
  const gone = (await foundUnits(session)).filter((name) => !units.includes(name));
  const changes = [
    ...differing.map(({ before, file }) => ({ path: file.path, before, after: file.content })),
    ...gone.map((name) => ({ path: folder + name, before: undefined, after: undefined })),
  ];
  if (changes.length > 0) await noteActions(session, changes, major);
  for (const { file } of differing) await placeFile(session, file);
  await finishActions(session, units);
  return changes.map(({ path }) => path);
}

/** Waits until a part of the data host does its work. @throws {PgtError} with what its health check says */
export async function waitForHost(session: SshSession, part: "primary" | "pooler", signal: AbortSignal): Promise<void> {
  const name = `the data host's ${part} to be healthy`;
  const check = () => succeed(session, `${HOST_PATHS.asPostgres} pgt-healthy ${part}`, { name, timeoutMs: LOOK_MS });
  await waitUntil(check, { name, timeoutMs: HEALTHY_MS, intervalMs: BETWEEN_LOOKS_MS, signal });
}
