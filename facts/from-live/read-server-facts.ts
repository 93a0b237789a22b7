import { PgtError } from "../../kernel/errors.ts";
import type { FactsByTopic } from "../../requirements/facts/facts-by-topic.ts";
import { NOTHING_KNOWN } from "../../requirements/facts/nothing-known.ts";
import type { ProtectionFacts } from "../../requirements/facts/protection.ts";
import { type Fact, type Known, Missing } from "../../requirements/known.ts";
import { nodesOf } from "../../topology/resolved-self-run.ts";
import { readAccess, readHba } from "./access.ts";
import { checkRepository, readBackup } from "./backup.ts";
import { readEncryption } from "./encryption.ts";
import { readExpectedObjects, schemaFacts } from "./expected-objects.ts";
import type { LiveAccess } from "./live-access.ts";
import { type Collector, type Conditions, Inapplicable, observe, withSession } from "./observe.ts";
import { readPoolerConsole } from "./pooler-console.ts";
import { readPooling } from "./pooling.ts";
import { readChecksums } from "./protection.ts";
import { readReplication } from "./replication.ts";
import { nodeSettings, readSettings, type ServerSettings } from "./settings.ts";
import { makeWorkspace, removeLeftovers, removeWorkspace, VERIFY_LIMIT_SECONDS, type Workspace } from "./workspace.ts";

/** What is known of the machine that the servers run on. */
export interface Surroundings {
  /** Empty where nobody says how the parts are. */
  readonly conditions: Conditions;
  /** Names of the volumes with data, by part. */
  readonly dataVolumes: ReadonlyMap<string, string>;
  /** The repository's volume; undefined when there is none by name. */
  readonly repositoryVolume: Fact<string | undefined>;
  readonly volumes: Pick<ProtectionFacts, "unnamedData" | "sharedData" | "hurriedShutdowns">;
  readonly memoryOf: (part: string) => Known<number>;
}

/** What the servers themselves, their pooler and their repository show. */
export type ServerFacts = Pick<
  FactsByTopic,
  "access" | "backup" | "encryption" | "pooling" | "protection" | "replication" | "schema" | "settings"
>;

/**
 * Everything that can be seen of running servers of the stack's own. Writes happen in a schema of its own, which is gone
 * afterwards.
 * @throws the signal's reason; {@link PgtError} when it takes longer than {@link VERIFY_LIMIT_SECONDS}
 */
export async function factsFromServers(access: LiveAccess, surroundings: Surroundings): Promise<ServerFacts> {
  const { conditions } = surroundings;
  if (access.deep && access.topology.backup !== undefined) await checkRepository({ access, conditions });
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort(new PgtError(`the verification was given up after ${VERIFY_LIMIT_SECONDS} s`));
  }, VERIFY_LIMIT_SECONDS * 1000);
  try {
    const limited = { ...access, signal: AbortSignal.any([access.signal, limit.signal]) };
    return await inWorkspace({ access: limited, conditions }, surroundings);
  } finally {
    clearTimeout(timer);
  }
}

async function inWorkspace(collector: Collector, surroundings: Surroundings): Promise<ServerFacts> {
  const { access } = collector;
  const unfinished: Promise<Workspace>[] = [];
  // Never abandoned half-way, so that it is known what there is to remove.
  let made: Workspace | undefined;
  try {
    const name = "whether the primary takes writes";
    const workspace = await observe(collector, { name, needs: [primaryOf(access)] }, async () => {
      const making = prepareWorkspace(access, (ready) => (made = ready));
      unfinished.push(making);
      return making;
    });
    return await collectAll(collector, surroundings, workspace);
  } finally {
    await Promise.allSettled(unfinished);
    if (made !== undefined) await discard(access, made);
  }
}

/** Everything at once: what one collector needs of another it waits for. */
async function collectAll(
  collector: Collector,
  surroundings: Surroundings,
  workspace: Workspace | Missing,
): Promise<ServerFacts> {
  const { topology } = collector.access;
  const reading = readSettings(collector);
  const settingsOf = (part: string): Promise<Fact<ServerSettings>> =>
    reading.then((settings) => settings.get(part) ?? new Missing("unknown", `no settings of ${part}`));
  const primarySettings = settingsOf(topology.primary.part);
  const hba = readHba(collector);
  const pooler = topology.pooling === undefined ? Promise.resolve(undefined) : readPoolerConsole(collector);
  const replicating = reading.then((settings) =>
    readReplication(collector, { settings, workspace, primaryWritable: writable(workspace) }),
  );
  const [access, backup, encryption, pooling, checksums, replication, nodes, missed] = await Promise.all([
    readAccess(collector, { primarySettings, hba, workspace }),
    readBackup(collector, {
      primarySettings,
      workspace,
      replicasSeen: replicating,
      dataVolumes: surroundings.dataVolumes,
      repositoryVolume: surroundings.repositoryVolume,
    }),
    Promise.all([reading, hba, pooler]).then(([settings, lines, config]) =>
      readEncryption(collector, { settings, hba: lines, pooler: config }),
    ),
    Promise.all([pooler, primarySettings]).then(([config, settings]) =>
      readPooling(collector, { pooler: config, primarySettings: settings }),
    ),
    readChecksums(collector),
    replicating,
    Promise.all(
      nodesOf(topology).map(async ({ part }) =>
        nodeSettings(part, await settingsOf(part), surroundings.memoryOf(part)),
      ),
    ),
    observe(collector, { name: "the expected objects", needs: [topology.primary.part] }, () =>
      collector.access
        .administrator(topology.primary.part)
        .then((session) => readExpectedObjects(session, collector.access.expected)),
    ),
  ]);
  return {
    access,
    backup,
    encryption,
    pooling,
    protection: { ...NOTHING_KNOWN.protection, ...surroundings.volumes, ...checksums },
    replication,
    schema: schemaFacts(collector.access.expected, missed),
    settings: { nodes },
  };
}

function primaryOf({ topology }: LiveAccess): string {
  return topology.primary.part;
}

/** SQLSTATE: read only SQL transaction, as on a server in recovery. */
const READ_ONLY = "25006";
const NO_WRITES = "the primary takes no writes, which replication/primary-writable judges";

async function prepareWorkspace(access: LiveAccess, made: (workspace: Workspace) => void): Promise<Workspace> {
  return withSession(access, { part: primaryOf(access), role: "administrator" }, async (session) => {
    try {
      await removeLeftovers(session);
      return await makeWorkspace(session, access, made);
    } catch (error) {
      if ((error as { code?: unknown }).code === READ_ONLY) throw new Inapplicable(NO_WRITES);
      throw error;
    }
  });
}

function writable(workspace: Workspace | Missing): Fact<boolean> {
  if (!(workspace instanceof Missing)) return true;
  return workspace.reason === NO_WRITES ? false : workspace;
}

/** A schema that can't be removed now is removed by a later verification. */
async function discard(access: LiveAccess, workspace: Workspace): Promise<void> {
  await withSession(access, { part: primaryOf(access), role: "administrator" }, (session) =>
    removeWorkspace(session, workspace),
  ).catch(() => undefined);
}
