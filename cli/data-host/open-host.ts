import { DATA_HOST_KEY, PROJECT } from "../../config/keys.ts";
import { EXIT, PgtError } from "../../kernel/errors.ts";
import { findLogin } from "../../ssh/login.ts";
import type { SshSession } from "../../ssh/session.ts";
import type { CommandContext } from "../context.ts";
import { setConfiguration } from "../stack/configuration-file.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import { reachHost } from "./reach-host.ts";

const SSH_PORT = 22;
const SSH_USER = "root";

/** The stack's data host, by SSH. Its key is written down at the first visit, and compared at every other. */
export async function openHost(context: CommandContext, world: DigitalOceanWorld): Promise<SshSession> {
  const { delivery, hostKey, place } = world;
  if (delivery.dataHost === undefined) throw noHost(place.stack);
  const login = await findLogin(context.env);
  const session = await reachHost(
    { host: delivery.dataHost.publicAddress, port: SSH_PORT, user: SSH_USER, login, hostKey },
    context.signal,
  );
  if (hostKey === undefined) {
    await setConfiguration(place.configFile, { [`${PROJECT}:${DATA_HOST_KEY}`]: session.hostKey });
    context.err(`the data host shows the key ${session.hostKey}; it is kept in ${place.configFile}`);
  }
  return session;
}

function noHost(stack: string): PgtError {
  return new PgtError(`stack ${stack} has no data host, and its managed servers are reached through one`, {
    exitCode: EXIT.couldNotCheck,
    fix: [
      `Add data to the topology, or this machine's address to access.sources, and run psql yourself with ./pgt env --stack ${stack}.`,
    ],
  });
}
