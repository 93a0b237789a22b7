import type { MountFacts } from "../../requirements/facts/containers.ts";
import type { ProtectionFacts } from "../../requirements/facts/protection.ts";
import { type Fact, isKnown, Missing } from "../../requirements/known.ts";
import type { ResolvedDocker } from "../../topology/resolved-docker.ts";
import { nodesOf } from "../../topology/resolved-self-run.ts";
import { hurriedShutdowns } from "../from-plan/docker-protection.ts";
import { type InspectedContainers, silenceOf } from "./containers.ts";
import { together } from "./encryption.ts";
import { type Collector, observe } from "./observe.ts";
import { REPOSITORY } from "./repository-look.ts";

/** Where the image keeps a server's data. */
const DATA = "/var/lib/postgresql/data";

const CHECKSUMS = `
SELECT current_setting('data_checksums') = 'on' AS checksums, coalesce(datname, 'shared objects') AS database,
  coalesce(checksum_failures, 0)::int AS failures
FROM pg_stat_database`;

type Checksums = Pick<ProtectionFacts, "withoutChecksums" | "checksumFailures">;

/** Asks every server for its checksums. */
export async function readChecksums(collector: Collector): Promise<Checksums> {
  const read = await Promise.all(
    nodesOf(collector.access.topology).map(({ part }) =>
      observe(collector, { name: `the checksums of ${part}`, needs: [part] }, () =>
        collector.access.administrator(part).then(async (session) => {
          const rows = await session.rows<{ checksums: boolean; database: string; failures: number }>(CHECKSUMS);
          const failed = rows.filter(({ failures }) => failures > 0);
          return {
            without: rows.every(({ checksums }) => checksums) ? [] : [part],
            failures: failed.map(({ database, failures }) => `${part}: ${database}, ${failures} pages`),
          };
        }),
      ),
    ),
  );
  return {
    withoutChecksums: together(read.map((fact) => (isKnown(fact) ? fact.without : fact))),
    checksumFailures: together(read.map((fact) => (isKnown(fact) ? fact.failures : fact))),
  };
}

/** Reads volumes and ways to stop from Docker. */
export function volumeFacts(
  topology: ResolvedDocker,
  inspected: InspectedContainers,
): Pick<ProtectionFacts, "unnamedData" | "sharedData" | "hurriedShutdowns"> {
  const nodes = nodesOf(topology);
  const servers = inspected.parts.filter(({ info, part }) => info && nodes.some((node) => node.part === part));
  const silence = silenceOf(inspected);
  return {
    unnamedData: silence ?? unnamedData(inspected),
    sharedData: silence ?? sharedData(dataVolumes(topology, inspected)),
    hurriedShutdowns: silence ?? hurriedShutdowns(servers.map(({ facts }) => ({ container: facts }))),
  };
}

/** Names of the volumes that servers write their data to, by part. */
export function dataVolumes(topology: ResolvedDocker, { parts }: InspectedContainers): ReadonlyMap<string, string> {
  const servers = new Set(nodesOf(topology).map(({ part }) => part));
  return new Map(
    parts.flatMap(({ facts, part }): [string, string][] => {
      const mount = servers.has(part) ? mountAt(facts.mounts, DATA) : undefined;
      return mount?.kind === "volume" ? [[part, mount.source]] : [];
    }),
  );
}

/** The volume in which a part keeps the repository; undefined when it is in none that has a name. */
export function repositoryVolume(inspected: InspectedContainers, part: string): Fact<string | undefined> {
  const container = inspected.parts.find((candidate) => candidate.part === part);
  if (container?.info === undefined) {
    return silenceOf(inspected) ?? new Missing("not-applicable", `${part} does not exist`);
  }
  const mount = mountAt(container.facts.mounts, REPOSITORY);
  return mount?.kind === "volume" ? mount.source : undefined;
}

function unnamedData({ parts }: InspectedContainers): readonly string[] {
  return parts.flatMap(({ facts, info, part }) => {
    const path = part === "scheduler" ? REPOSITORY : DATA;
    if (info === undefined || part === "pooler") return [];
    return mountAt(facts.mounts, path)?.kind === "volume" ? [] : [`${facts.name}:${path}`];
  });
}

function sharedData(volumes: ReadonlyMap<string, string>): readonly string[] {
  const names = [...volumes.values()];
  return [...volumes].flatMap(([part, name], at) => (names.indexOf(name) === at ? [] : [`${part}:${name}`]));
}

function mountAt(mounts: Fact<readonly MountFacts[]>, path: string): MountFacts | undefined {
  return isKnown(mounts) ? mounts.find(({ target }) => target === path) : undefined;
}
