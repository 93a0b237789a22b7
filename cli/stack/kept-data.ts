import type Dockerode from "dockerode";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { stackFilter } from "./containers.ts";
import type { Place } from "./place.ts";

/** A volume that outlived its containers, or still serves them. */
export interface KeptVolume {
  readonly name: string;
  /** The backup repository; otherwise the data of a server. */
  readonly backups: boolean;
}

/** The volumes of a stack that hold data or backups; the one with the socket holds nothing. */
export async function keptVolumes(docker: Dockerode, topologyName: string): Promise<KeptVolume[]> {
  const { Volumes } = await docker.listVolumes({ filters: stackFilter(topologyName) });
  return Volumes.map(({ Name }) => ({ name: Name, backups: Name === `${topologyName}-backups` }))
    .filter(({ name }) => name !== `${topologyName}-socket`)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** New passwords and a new repository passphrase can't open what the old ones closed. */
export async function refuseKeptData(docker: Dockerode, topologyName: string, place: Place): Promise<void> {
  const kept = await keptVolumes(docker, topologyName);
  if (kept.length === 0) return;
  throw new PgtError(
    `volumes of an earlier ${place.stack} stack are there (${kept.map(({ name }) => name).join(", ")}), but its secrets are not in ${place.configFile}`,
    {
      exitCode: EXIT.usage,
      fix: [
        `Put back ${place.configFile}${place.passphraseFile === undefined ? "" : ` and ${place.passphraseFile}`} as they were.`,
        `To give the data up: ./pgt down --stack ${place.stack} --delete-data --delete-backups`,
      ],
    },
  );
}

/** Removes the chosen volumes for good; returns their names. */
export async function deleteVolumes(docker: Dockerode, volumes: readonly KeptVolume[]): Promise<string[]> {
  for (const { name } of volumes) await docker.getVolume(name).remove();
  return volumes.map(({ name }) => name);
}
