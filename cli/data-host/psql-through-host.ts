import { EXIT, type ExitCode, PgtError } from "../../kernel/errors.ts";
import { openLocalPort } from "../../ssh/local-port.ts";
import { dataName, type RoleKey } from "../../topology/names.ts";
import type { ResolvedDigitalOcean } from "../../topology/resolved-digitalocean.ts";
import { CLOUD_ROLE_KEYS } from "../../topology/secrets.ts";
import type { CommandContext } from "../context.ts";
import { noDataDatabase } from "../stack/choose-database.ts";
import { type PsqlCall, runHostPsql } from "../stack/host-psql.ts";
import type { DigitalOceanWorld } from "../stack/open-digitalocean.ts";
import type { PsqlChoice } from "../stack/psql-target.ts";
import type { DatabaseChoice } from "../stack-options.ts";
import { openHost } from "./open-host.ts";

/** What the options of `pgt psql` choose on DigitalOcean. */
export interface SplitPsqlChoice extends PsqlChoice {
  readonly database: DatabaseChoice;
}

/** Where psql connects to, as the data host reaches it, and as whom. */
export interface SplitPsqlTarget {
  /** The prefix of what the database's stack makes. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** The name that the server's certificate has to carry. */
  readonly serverName: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** PEM. */
  readonly caCertificate: string;
}

/** @throws {PgtError} exit code 2 when the stack has no such server, pool or role */
export function splitPsqlTarget(world: DigitalOceanWorld, choice: SplitPsqlChoice): SplitPsqlTarget {
  if (choice.pooled && choice.replica !== undefined) {
    throw usage("--replica and --pooled exclude each other", "No pool reads from a replica on DigitalOcean.");
  }
  return choice.database === "data" ? dataTarget(world, choice) : managedTarget(world, choice);
}

function managedTarget({ delivery, outputs, topology }: DigitalOceanWorld, choice: SplitPsqlChoice): SplitPsqlTarget {
  const { stack } = topology;
  const role = CLOUD_ROLE_KEYS.find((key) => key === choice.role);
  if (role === undefined) throw usage(`the managed primary has no role ${choice.role}`, roleFix(CLOUD_ROLE_KEYS));
  const shared = {
    name: topology.name,
    user: topology.roles[role],
    password: delivery.passwords[role],
    caCertificate: outputs.caCertificate,
  };
  const at = ({ host, port }: { host: string; port: number }) => ({ host, port, serverName: host });
  if (choice.pooled) {
    const { pooled } = outputs;
    if (pooled === undefined) throw usage(`stack ${stack} has no pool`, "Set pooling.enabled to true.");
    if (role !== "readWrite") {
      const why = `the pool of the managed primary is ${topology.roles.readWrite}'s alone, and --role is ${choice.role}`;
      throw usage(why, "Leave --pooled out: every role reaches the server.");
    }
    return { ...shared, ...at(pooled), database: pooled.writerPool };
  }
  const endpoint =
    choice.replica === undefined ? outputs.writer : outputs.readers[replicaKey(topology, choice.replica)];
  if (endpoint === undefined) {
    throw usage(`stack ${stack} has not made this replica`, `Run "./pgt up --stack ${stack}" first.`);
  }
  return { ...shared, ...at(endpoint), database: topology.database };
}

function replicaKey({ replicas, stack }: ResolvedDigitalOcean, wished: string | true): string {
  const found = wished === true ? replicas[0] : replicas.find(({ key }) => key === wished);
  if (found !== undefined) return found.key;
  if (replicas.length === 0) {
    throw usage(`stack ${stack} has no replica`, "Add one below replicas in its configuration.");
  }
  const names = replicas.map(({ key }) => key).join(", ");
  throw usage(`stack ${stack} has no replica ${JSON.stringify(wished)}`, `Its replicas are ${names}.`);
}

/** At the host's own loopback, by the names that its certificate carries beside its address. */
function dataTarget({ dataSecrets, outputs, topology }: DigitalOceanWorld, choice: SplitPsqlChoice): SplitPsqlTarget {
  const server = topology.dataHost?.server;
  if (server === undefined || dataSecrets === undefined || outputs.data === undefined) {
    throw noDataDatabase(topology.stack);
  }
  if (choice.replica !== undefined) {
    throw usage(`the data database of stack ${topology.stack} has no replica`, "Leave --replica out.");
  }
  const { pooling, primary, roles } = server;
  const shared = {
    name: dataName(topology.name),
    host: "127.0.0.1",
    user: roles[choice.role],
    password: dataSecrets.passwords[choice.role],
    caCertificate: outputs.data.caCertificate,
  };
  if (!choice.pooled) {
    return { ...shared, port: primary.port, serverName: primary.part, database: server.database };
  }
  if (pooling === undefined) throw usage("the data database has no pooler", "Set pooling.enabled to true.");
  return { ...shared, port: pooling.port, serverName: "pooler", database: pooling.writerPool };
}

/**
 * Runs the psql of this machine through a port of the loopback that leads over SSH; TLS and login are between psql and
 * the server.
 * @throws {PgtError} exit code 3 without a psql, or without a way
 */
export async function runPsqlThroughHost(
  context: CommandContext,
  world: DigitalOceanWorld,
  choice: SplitPsqlChoice,
  call: Omit<PsqlCall, "password">,
): Promise<ExitCode> {
  const target = splitPsqlTarget(world, choice);
  const session = await openHost(context, world);
  try {
    const way = await openLocalPort(session, target.host, target.port);
    try {
      const { caCertificate, database, name, password, serverName, user } = target;
      const connection = { host: serverName, address: way.address, port: way.port, database, user };
      const server = { connection, name, caCertificate, place: world.place, signal: context.signal };
      const code = await runHostPsql(server, { ...call, password });
      if (code !== undefined) return code;
    } finally {
      way.close();
    }
  } finally {
    session.end();
  }
  throw new PgtError("there is no psql on this machine, and nothing else runs it here for a stack on DigitalOcean", {
    exitCode: EXIT.couldNotCheck,
    fix: ["Install PostgreSQL's client: apt-get install postgresql-client, or brew install libpq."],
  });
}

function roleFix(keys: readonly RoleKey[]): string {
  return `It has ${keys.join(", ")}.`;
}

function usage(message: string, fix: string): PgtError {
  return new PgtError(message, { exitCode: EXIT.usage, fix: [fix] });
}
