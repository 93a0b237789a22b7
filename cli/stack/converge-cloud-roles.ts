import pg from "pg";
import type { CloudEndpoint } from "../../facts/from-live/gcp/cloud-access.ts";
import { endpointOf } from "../../facts/from-live/gcp/sql-collector.ts";
import { EXIT, messageOf, PgtError } from "../../kernel/errors.ts";
import { wantedOnCloudSql } from "../../roles/wanted-on-cloud-sql.ts";
import { cloudName } from "../../topology/names.ts";
import { cloudSqlClient } from "../../verify/cloud-sql-client.ts";
import { type CloudConnector, cloudTarget } from "../../verify/connect-cloud.ts";
import type { GoogleApiOptions } from "../../verify/google-api.ts";
import { applyRoles, type RoleStep } from "./apply-roles.ts";
import { changeCloudUser } from "./change-cloud-user.ts";
import type { CloudWorld } from "./open-cloud.ts";

/** Enough for a first connection through a VPC. */
const CONNECT_TIMEOUT_MS = 30_000;

/** How {@link convergeCloudRoles} reaches a stack. */
export interface ConvergeCloudOptions {
  /** The Admin API. */
  readonly api: Pick<GoogleApiOptions, "accessToken" | "baseUrl" | "tryTimeoutMs">;
  /** False plans only. */
  readonly apply: boolean;
  readonly signal: AbortSignal;
  /** See {@link CloudConnector.reach}. */
  readonly reach?: CloudConnector["reach"];
  /** Milliseconds between two looks at what the cloud is doing. */
  readonly intervalMs?: number;
}

/**
 * Puts roles and grants of a stack on Cloud SQL into the state that the topology asks for, from a machine that reaches the
 * primary's private address: memberships through the Admin API, the rest by SQL as the administrator.
 */
export async function convergeCloudRoles(
  world: CloudWorld,
  options: ConvergeCloudOptions,
): Promise<readonly RoleStep[]> {
  const { passwords, project, suffix, topology } = world;
  const { apply, intervalMs, reach, signal } = options;
  const api = { ...options.api, project, signal };
  const { part } = topology.primary;
  const instance = cloudName(topology.stack, part, suffix);
  const answer = await (await cloudSqlClient(api)).getInstance(instance);
  const endpoint = findEndpoint(world, part, answer);
  return applyRoles({
    wanted: wantedOnCloudSql(topology, world),
    passwords: undefined,
    changeUser: (change) => changeCloudUser({ ...api, instance, intervalMs }, change),
    connect: (database) => connect({ topology, passwords, reach }, endpoint, database),
    signal,
    apply,
  });
}

function findEndpoint({ topology }: CloudWorld, part: string, answer: Parameters<typeof endpointOf>[2]): CloudEndpoint {
  try {
    return endpointOf(topology, { part }, answer);
  } catch (error) {
    throw new PgtError(`the primary can't be reached: ${messageOf(error)}`, {
      exitCode: EXIT.couldNotCheck,
      cause: error,
    });
  }
}

async function connect(
  connector: Omit<CloudConnector, "strangerCa">,
  endpoint: CloudEndpoint,
  database: string,
): Promise<pg.Client> {
  const client = new pg.Client({
    ...cloudTarget(connector, endpoint, { role: "administrator", database }),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "pgt",
    keepAlive: true,
  });
  // An idle client whose server goes away emits an error that nobody asked for; the next query reports it.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new PgtError(
      `no connection to the primary at ${endpoint.host}:${endpoint.port} as ${connector.topology.roles.administrator}: ${messageOf(error)}`,
      {
        exitCode: EXIT.couldNotCheck,
        fix: ["Run it on a machine inside the VPC: the server has a private address only."],
        cause: error,
      },
    );
  }
  return client;
}
