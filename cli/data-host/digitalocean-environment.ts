import { basename } from "node:path";
import { dataName } from "../../topology/names.ts";
import { writeCaFile } from "../stack/ca-file.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import type { ToldDatabase, ToldStack } from "../stack/told-environment.ts";

/** What an application on DigitalOcean is told; the CA certificates by the names of their files. */
export interface ToldOnDigitalOcean {
  readonly told: Omit<ToldStack, "client">;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Both databases of a stack, and its mode.
 * @param caPath where the application will find a certificate that was written at a path here
 */
export async function toldOnDigitalOcean(
  world: DigitalOceanWorld,
  caPath: (path: string) => string,
): Promise<ToldOnDigitalOcean> {
  const { authSecret, dataSecrets, delivery, outputs, place, topology } = world;
  const files: Record<string, string> = {};
  const caFileOf = async (name: string, caCertificate: string): Promise<string> => {
    const path = await writeCaFile(place, { name, caCertificate });
    files[basename(path)] = caCertificate;
    return caPath(path);
  };
  const first: ToldDatabase = {
    ...outputs,
    sharesConnections: topology.pooling?.mode === "transaction",
    user: topology.roles.readWrite,
    password: delivery.passwords.readWrite,
    owner: { user: topology.roles.owner, password: delivery.passwords.owner },
    caFile: await caFileOf(topology.name, outputs.caCertificate),
    application: topology.application,
  };
  const server = topology.dataHost?.server;
  const { data } = outputs;
  return {
    told: {
      first,
      data: data &&
        server &&
        dataSecrets && {
          ...data,
          sharesConnections: server.pooling?.mode === "transaction",
          user: server.roles.readWrite,
          password: dataSecrets.passwords.readWrite,
          owner: { user: server.roles.owner, password: dataSecrets.passwords.owner },
          caFile: await caFileOf(dataName(topology.name), data.caCertificate),
          application: topology.application,
        },
      isSplit: topology.mode === "split",
      authSecret,
    },
    files,
  };
}
