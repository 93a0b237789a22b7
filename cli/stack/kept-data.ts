import type Dockerode from "dockerode";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { topologyName as firstName } from "../../topology/names.ts";
import { stackFilter } from "./containers.ts";
import type { Place } from "./place.ts";

/** A volume that outlived its containers, or still serves them. */
export interface KeptVolume {
  readonly name: string;
  /** The backup repository; otherwise the data of a server. */
  readonly backups: boolean;
}

/** The volumes of topologies that hold data or backups; the ones with sockets hold nothing. */
export async function keptVolumes(docker: Dockerode, topologyNames: readonly string[]): Promise<KeptVolume[]> {
  const kept = await Promise.all(topologyNames.map((name) => volumesOf(docker, name)));
  return kept.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function volumesOf(docker: Dockerode, topologyName: string): Promise<KeptVolume[]> {
  const { Volumes } = await docker.listVolumes({ filters: stackFilter(topologyName) });
  return Volumes.map(({ Name }) => ({ name: Name, backups: Name === `${topologyName}-backups` })).filter(
    ({ name }) => name !== `${topologyName}-socket`,
  );
}

/** New passwords and a new repository passphrase can't open what the old ones closed. */
export async function refuseKeptData(docker: Dockerode, topologyName: string, place: Place): Promise<void> {
  const kept = await volumesOf(docker, topologyName);
  if (kept.length === 0) return;
  throw new PgtError(
    `volumes of an earlier ${place.stack} stack are there (${kept.map(({ name }) => name).join(", ")}), but its secrets are not in ${place.configFile}`,
    {
      exitCode: EXIT.usage,
      fix: [
        `Put back ${place.configFile}${place.passphraseFile === undefined ? "" : ` and ${place.passphraseFile}`} as they were.`,
        topologyName === firstName(place.stack)
          ? `To give the data up: ./pgt down --stack ${place.stack} --delete-data --delete-backups`
          : `To give the data up, and keep the first database's: docker volume rm ${kept.map(({ name }) => name).join(" ")}`,
      ],
    },
  );
}

/** Removes the chosen volumes for good; returns their names. */
export async function deleteVolumes(docker: Dockerode, volumes: readonly KeptVolume[]): Promise<string[]> {
  for (const { name } of volumes) await docker.getVolume(name).remove();
  return volumes.map(({ name }) => name);
}
