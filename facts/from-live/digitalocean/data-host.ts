import type { FactsByTopic } from "../../../requirements/facts/facts-by-topic.ts";
import type { HostFacts } from "../../../requirements/facts/host.ts";
import { NOT_ON_THE_DATA_HOST } from "../../../requirements/facts/not-on-target.ts";
import { NOTHING_KNOWN } from "../../../requirements/facts/nothing-known.ts";
import { Missing } from "../../../requirements/known.ts";
import { NO_REPLICA_OF_DATA } from "../../from-spec-digitalocean.ts";
import type { LiveAccess } from "../live-access.ts";
import { factsFromServers, type ServerFacts } from "../read-server-facts.ts";

const VOLUME = new Missing("not-applicable", "the database is on a block volume, which host/as-asked judges");
const UNIT = new Missing("not-applicable", "systemd stops the server, with the signal of its unit");

/**
 * Everything that can be seen of the data database.
 * @param access a text says why nothing leads to it, and what to run where
 * @throws as {@link factsFromServers}
 */
export async function factsFromDataHost(access: LiveAccess | string, host: HostFacts): Promise<FactsByTopic> {
  const seen =
    typeof access === "string"
      ? unseen(new Missing("unknown", access))
      : await factsFromServers(access, surroundings(access));
  return {
    ...NOT_ON_THE_DATA_HOST,
    ...seen,
    host,
    // Its own statistics of replication are those of a primary alone.
    replication: { ...seen.replication, replicas: NO_REPLICA_OF_DATA },
    bucket: NOTHING_KNOWN.bucket,
  };
}

function surroundings({ topology }: LiveAccess) {
  return {
    conditions: new Map<string, string>(),
    dataVolumes: new Map<string, string>(),
    repositoryVolume: undefined,
    volumes: { unnamedData: VOLUME, sharedData: VOLUME, hurriedShutdowns: UNIT },
    memoryOf: () => topology.size.memoryMiB,
  };
}

/** Every fact missing for the same reason. */
function unseen(missing: Missing): ServerFacts {
  const topic = <T extends keyof ServerFacts>(name: T): ServerFacts[T] =>
    Object.fromEntries(Object.keys(NOTHING_KNOWN[name]).map((fact) => [fact, missing])) as unknown as ServerFacts[T];
  return {
    access: topic("access"),
    backup: topic("backup"),
    encryption: topic("encryption"),
    pooling: topic("pooling"),
    protection: topic("protection"),
    replication: topic("replication"),
    schema: topic("schema"),
    settings: topic("settings"),
  };
}
