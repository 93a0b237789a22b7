import type pg from "pg";
import { scramVerifier } from "../../roles/scram.ts";
import { wantedOnDigitalOcean } from "../../roles/wanted-on-digitalocean.ts";
import { wantedOnDocker } from "../../roles/wanted-on-docker.ts";
import type { SshSession } from "../../ssh/session.ts";
import { applyRoles, type RoleStep } from "../stack/apply-roles.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import { connectThroughHost } from "./connect-host.ts";

/** How roles and grants are applied. */
export interface ConvergeOptions {
  /** False plans only. */
  readonly apply: boolean;
  readonly signal: AbortSignal;
}

/** Roles and grants of the managed primary, by its administrator's session through the data host. */
export function convergeManaged(
  session: SshSession,
  { delivery, outputs, place, topology }: DigitalOceanWorld,
  { apply, signal }: ConvergeOptions,
): Promise<RoleStep[]> {
  const { clusterId } = delivery;
  const connect = (database: string): Promise<pg.Client> =>
    connectThroughHost(session, {
      ...outputs.writer,
      serverName: outputs.writer.host,
      caCertificate: outputs.caCertificate,
      user: topology.roles.administrator,
      password: delivery.passwords.administrator,
      database,
      fix: [
        `See whether the cluster is online and trusts the data host: doctl databases get ${clusterId}; doctl databases firewalls list ${clusterId}`,
        `Then run "./pgt up --stack ${place.stack}" here again: it goes on where it was.`,
      ],
    });
  // The platform makes the users, with passwords of its own.
  return applyRoles({ wanted: wantedOnDigitalOcean(topology), passwords: undefined, connect, signal, apply });
}

/** Roles and grants of the data database, by its administrator's session over SSH. */
export function convergeData(
  session: SshSession,
  { dataSecrets, delivery, place, topology }: DigitalOceanWorld,
  { apply, signal }: ConvergeOptions,
): Promise<RoleStep[]> {
  const { dataHost } = topology;
  if (dataHost === undefined || dataSecrets === undefined) return Promise.resolve([]);
  const { server } = dataHost;
  const connect = (database: string): Promise<pg.Client> =>
    connectThroughHost(session, {
      host: "127.0.0.1",
      port: server.primary.port,
      serverName: server.primary.part,
      caCertificate: dataSecrets.authority.certificate,
      user: server.roles.administrator,
      password: dataSecrets.passwords.administrator,
      database,
      fix: [
        `See what the server says: ssh root@${delivery.dataHost?.publicAddress ?? server.primary.part} journalctl --unit pgtopology-postgres --lines 50`,
        `Then run "./pgt up --stack ${place.stack}" here again: it goes on where it was.`,
      ],
    });
  const passwords = { of: dataSecrets.passwords, verifierOf: scramVerifier };
  return applyRoles({ wanted: wantedOnDocker(server), passwords, connect, signal, apply });
}
