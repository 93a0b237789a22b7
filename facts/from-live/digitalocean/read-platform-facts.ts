import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import type { HostFacts } from "../../../requirements/facts/host.ts";
import { NOT_ON_A_CLUSTER } from "../../../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { managedServersOf, type ResolvedDigitalOcean } from "../../../topology/resolved-digitalocean.ts";
import { factsFromDigitalOceanSpec } from "../../from-spec-digitalocean.ts";
import { PLATFORM_DECIDES } from "../../platform-decides.ts";
import { readExpectedObjects, schemaFacts } from "../expected-objects.ts";
import { measurePool, readOpening } from "../managed/connections.ts";
import { type ManagedEndpoint, readManagedEncryption } from "../managed/encryption.ts";
import { readManagedReplication } from "../managed/replication.ts";
import { observeSql, sharedAdministrators, type SqlCollector } from "../managed/sql-collector.ts";
import { withSession } from "../observe.ts";
import { minProtocolVersion, nodeSettings, serverSettings, type ServerSettings } from "../settings.ts";
import { type Answers, askPlatform, type Told } from "./ask-platform.ts";
import { platformBackup } from "./backup.ts";
import { clustersFacts } from "./clusters.ts";
import type { SeenExports } from "./exports.ts";
import { hostFacts } from "./host.ts";
import type { PlatformAccess } from "./platform-access.ts";
import { isPlatforms, readRoles } from "./roles.ts";
import { platformPooling, runningPool } from "./pooling.ts";

/** What is found out of a stack: of its managed primary, which takes a while, and of the machine beside it. */
export interface PlatformFacts {
  readonly primary: Promise<FactsByTopic>;
  /** `undefined` without a data host. */
  readonly host: HostFacts | undefined;
}

/**
 * Everything that can be seen of a stack from DigitalOcean's API, and of its managed servers by SQL where something leads
 * to them. What can't be seen is unknown with its reason. Nothing is written. The API has been asked when it returns.
 * @param exports what the data host was seen to export
 * @throws the signal's reason; {@link PgtError} with exit code 3 where the caller may not ask the API
 */
export async function factsFromPlatform(access: PlatformAccess, exports: SeenExports): Promise<PlatformFacts> {
  const { topology } = access;
  const answers = await askPlatform(access);
  return {
    primary: primaryFacts(access, answers, exports),
    host: topology.dataHost && hostFacts(access, topology.dataHost, answers),
  };
}

async function primaryFacts(access: PlatformAccess, answers: Answers, exports: SeenExports): Promise<FactsByTopic> {
  const { topology } = access;
  const collector = sqlCollector(access, answers);
  const { part } = topology.primary;
  const settings = await readSettings(collector, topology);
  const settingsOf = (one: string): Fact<ServerSettings> =>
    settings.get(one) ?? new Missing("unknown", `no settings of ${one}`);
  const pool = runningPool(topology, answers.pools);
  // Before the crowd: it would have to wait behind it.
  const opening = await readOpening(collector, part, pool !== undefined);
  const [measured, roles, encryption, replication, missed] = await Promise.all([
    measurePool(collector, part, pool),
    readRoles(collector, access, settingsOf(part), answers.users),
    readManagedEncryption(collector, {
      endpoints: endpointsOf(topology, pool !== undefined, settingsOf),
      parts: managedServersOf(topology).map((server) => server.part),
      decided: PLATFORM_DECIDES.endpoint,
      isProviders: isPlatforms,
    }),
    readManagedReplication(collector, {
      primary: part,
      replicas: topology.replicas,
      settings,
      decided: PLATFORM_DECIDES.replica,
    }),
    observeSql(collector, { name: "the expected objects", needs: [part] }, () =>
      withSession(collector.access, { part, role: "readWrite" }, (session) =>
        readExpectedObjects(session, topology.expected),
      ),
    ),
  ]);
  return {
    ...NOT_ON_A_CLUSTER,
    access: roles,
    backup: platformBackup(access, answers, exports),
    clusters: clustersFacts(access, answers, otherwise(settingsOf(part))),
    connections: { opening, sharing: measured.sharing },
    encryption: { ...NOTHING_KNOWN.encryption, ...PLATFORM_DECIDES.encryption, ...encryption },
    places: factsFromDigitalOceanSpec(topology).primary.places,
    pooling: platformPooling(topology, answers.pools, settingsOf(part), measured),
    protection: { ...NOTHING_KNOWN.protection, ...PLATFORM_DECIDES.protection },
    replication: { ...PLATFORM_DECIDES.replication, ...replication },
    schema: schemaFacts(topology.expected, missed),
    settings: {
      nodes: managedServersOf(topology).map((server) => ({
        ...nodeSettings(server.part, settingsOf(server.part), server.memoryMiB),
        ...PLATFORM_DECIDES.settings,
      })),
    },
  };
}

/** Names of the parameters that a server itself has otherwise than asked; none where nobody could see. */
function otherwise(settings: Fact<ServerSettings>): ReadonlySet<string> {
  return new Set(isKnown(settings) ? settings.differences.map(({ name }) => name) : []);
}

function sqlCollector(
  { dial, now, probeConnections, signal, topology }: PlatformAccess,
  answers: Answers,
): SqlCollector {
  const connect: SqlCollector["access"]["connect"] = async (login) => {
    if (typeof dial === "string") throw new Error(dial);
    return dial(login);
  };
  return {
    access: { now, probeConnections, signal, connect, administrator: sharedAdministrators(connect) },
    conditions: new Map([[topology.primary.part, conditionOf(answers.cluster)]]),
    closed: typeof dial === "string" ? new Missing("unknown", dial) : undefined,
  };
}

/** In the words of an `Observer`: a cluster that is resized or migrated goes on serving. */
function conditionOf(cluster: Told<object>): string {
  return cluster === undefined ? "absent" : "";
}

async function readSettings(
  collector: SqlCollector,
  topology: ResolvedDigitalOcean,
): Promise<ReadonlyMap<string, Fact<ServerSettings>>> {
  const read = managedServersOf(topology).map(async ({ part }): Promise<[string, Fact<ServerSettings>]> => [
    part,
    await observeSql(collector, { name: `the settings of ${part}`, needs: [part] }, () =>
      collector.access.administrator(part).then((session) => serverSettings(session, part, topology.parameters)),
    ),
  ]);
  return new Map(await Promise.all(read));
}

function endpointsOf(
  topology: ResolvedDigitalOcean,
  isPooled: boolean,
  settingsOf: (part: string) => Fact<ServerSettings>,
): ManagedEndpoint[] {
  const servers = managedServersOf(topology).map(({ part }): ManagedEndpoint => ({
    part,
    login: { part },
    hasNames: true,
    minProtocolVersion: minProtocolVersion(settingsOf(part)),
  }));
  const pooler = {
    part: "pooler",
    login: { part: topology.primary.part, pooled: true },
    hasNames: true,
    minProtocolVersion: PLATFORM_DECIDES.poolerProtocol,
  };
  return isPooled ? [...servers, pooler] : servers;
}
