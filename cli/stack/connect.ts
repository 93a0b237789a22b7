import pg from "pg";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import type { RoleKey } from "../../topology/names.ts";
import { clientAddress, type StackDatabase } from "../../topology/resolved-docker.ts";
import type { TopologySecrets } from "../../topology/secrets.ts";

const CONNECT_TIMEOUT_MS = 10_000;

/** Connects to the primary over verified TLS, from this machine. The caller ends the client. */
export async function connectPrimary(
  { prefix, secrets, topology }: StackDatabase & { readonly secrets: TopologySecrets },
  role: RoleKey,
  database: string,
): Promise<pg.Client> {
  const host = clientAddress(topology);
  const client = new pg.Client({
    host,
    port: topology.primary.port,
    database,
    user: topology.roles[role],
    password: secrets.passwords[role],
    ssl: { ca: secrets.caCertificate, rejectUnauthorized: true },
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "pgt",
  });
  // An idle client whose server goes away emits an error that nobody asked for; the next query reports it.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new PgtError(
      `no connection to the primary at ${host}:${topology.primary.port} as ${topology.roles[role]}: ${messageOf(error)}`,
      {
        exitCode: EXIT.couldNotCheck,
        fix: [`./pgt status shows what runs, ./pgt logs ${prefix}primary what the server says.`],
        cause: error,
      },
    );
  }
  return client;
}
