import type { ClusterServerFacts, ClustersFacts } from "../../../requirements/facts/clusters.ts";
import type { Difference } from "../../../requirements/facts/difference.ts";
import { NOTHING_KNOWN, unknownServer } from "../../../requirements/facts/nothing-known.ts";
import { type Fact, isKnown, Missing } from "../../../requirements/known.ts";
import { MANAGED_SIZES } from "../../../topology/limits/digitalocean.ts";
import type { ResolvedDigitalOcean, ResolvedManagedServer } from "../../../topology/resolved-digitalocean.ts";
import { type NetworkPlace, trustedSources } from "../../../topology/trusted-sources.ts";
import { maintenanceText, sourceText, wishedServer } from "../../from-spec-digitalocean.ts";
import { listDifferences, settingDifferences } from "../setting-differences.ts";
import { versionDaysLeft } from "../../version-days.ts";
import type { Answers, Told } from "./ask-platform.ts";
import { configDifferences } from "./config.ts";
import type { ClusterAnswer, ReplicaAnswer, SourceAnswer } from "./digitalocean-answers.ts";
import type { PlatformAccess } from "./platform-access.ts";

const MIB_PER_GIB = 1024;
const ABSENT = new Missing("not-applicable", "it is not there, which clusters/online judges");
const OF_THE_CLUSTER = new Missing("not-applicable", "it is the cluster's, which a replica follows");
/** The platform tells a replica's version nowhere. */
const A_REPLICAS: OfItsKind = {
  version: OF_THE_CLUSTER,
  versionDaysLeft: OF_THE_CLUSTER,
  nodes: OF_THE_CLUSTER,
  diskGrows: OF_THE_CLUSTER,
  maintenance: OF_THE_CLUSTER,
};
const COMPARED = ["region", "version", "size", "nodes", "network", "diskGrows", "maintenance"] as const;

/** What both kinds of server have. */
type Server = Pick<ClusterAnswer, "region" | "size" | "status" | "private_network_uuid" | "storage_size_mib">;
type OfItsKind = Pick<ClusterServerFacts, "version" | "versionDaysLeft" | "nodes" | "diskGrows" | "maintenance">;
type Found = OfItsKind & ReturnType<typeof machineOf> & Pick<ClusterServerFacts, "sources">;

/**
 * The facts of every managed server, each beside what it was wished to be.
 * @param bySql names of the parameters that the primary itself has otherwise, which SQL tells
 */
export function clustersFacts(access: PlatformAccess, answers: Answers, bySql: ReadonlySet<string>): ClustersFacts {
  const { place, topology } = access;
  const { cluster, replicas } = answers;
  const ofReplica = (key: string): Told<ReplicaAnswer> =>
    replicas instanceof Missing ? replicas : replicas?.find(({ id }) => id === place.replicaIds[key]);
  const primary = serverFacts(access, answers, topology.primary, cluster, (found) =>
    ofTheCluster(found, answers, access.now),
  );
  return {
    ...NOTHING_KNOWN.clusters,
    servers: [
      withParameters(primary, access, answers, bySql),
      ...topology.replicas.map((replica) =>
        serverFacts(access, answers, replica, ofReplica(replica.key), () => A_REPLICAS),
      ),
    ],
  };
}

/** What the platform holds of the cluster's parameters is among what it is to be, where any is asked for. */
function withParameters(
  primary: ClusterServerFacts,
  { topology }: PlatformAccess,
  { config }: Answers,
  bySql: ReadonlySet<string>,
): ClusterServerFacts {
  const { differences } = primary;
  if (!isKnown(differences) || Object.keys(topology.parameters).length === 0) return primary;
  const held = told("config", config);
  if (!isKnown(held)) return { ...primary, differences: differences.length > 0 ? differences : held };
  return { ...primary, differences: [...differences, ...configDifferences(topology, held, bySql)] };
}

function serverFacts<T extends Server>(
  access: PlatformAccess,
  answers: Answers,
  server: ResolvedManagedServer,
  answer: Told<T>,
  own: (answer: T) => OfItsKind,
): ClusterServerFacts {
  const { topology } = access;
  const role = server.part === topology.primary.part ? "primary" : "replica";
  if (answer instanceof Missing) return { ...every(server.part, role, answer), state: answer };
  if (answer === undefined) return { ...every(server.part, role, ABSENT), state: "absent" };
  const wished = wishedServer(topology, server, { cidr: "", dataHostId: undefined });
  const sources = sourcesOf(answers.sources.get(server.part));
  const found: Found = { ...machineOf(answer), ...own(answer), sources };
  return {
    ...unknownServer(server.part, role),
    // A running server does not know of its protection, nor of the words of the wish.
    follows: role === "replica" ? topology.primary.part : undefined,
    ...found,
    differences: [
      ...settingDifferences(server.part, COMPARED, wished, found),
      ...diskDifference(topology, server.part, answer),
      ...(role === "primary" ? ofThePrimaryAlone(access, answers) : []),
    ],
    sourceDifferences: sourceDifferences(access, answers, server.part, sources),
  };
}

function machineOf({ private_network_uuid: network, region, size, status }: Server) {
  const machine = MANAGED_SIZES.find(({ slug }) => slug === size);
  return {
    state: told("status", status),
    region: told("region", region),
    size: told("size", size),
    cpus: told("a size that is known", machine?.cpus),
    memoryMiB: told("a size that is known", machine?.memoryMiB),
    network: told("private_network_uuid", network),
  };
}

function ofTheCluster(
  { maintenance_window: window, num_nodes: nodes, version }: ClusterAnswer,
  answers: Answers,
  now: Date,
): OfItsKind {
  const major = told("version", version === undefined ? undefined : Number.parseInt(version, 10));
  const { autoscales } = answers;
  return {
    version: major,
    versionDaysLeft: versionDaysLeft(major, now),
    nodes: told("num_nodes", nodes),
    diskGrows: autoscales instanceof Missing ? autoscales : told("autoscale", autoscales),
    // Null until there is one.
    maintenance: window ? maintenanceText(window.day, Number.parseInt(window.hour, 10)) : undefined,
  };
}

function sourcesOf(rules: Told<readonly SourceAnswer[]>): Fact<readonly string[]> {
  if (rules instanceof Missing) return rules;
  return rules === undefined ? ABSENT : rules.map(sourceText);
}

/** Of the stack's own VPC the range is known, and of another the platform says it. */
export function networkOf({ place, topology }: PlatformAccess, { vpc }: Answers): Fact<NetworkPlace> {
  const { cidr, existing } = topology.network;
  const { dropletId: dataHostId } = place;
  if (existing === undefined) return { cidr, dataHostId };
  if (vpc instanceof Missing) return vpc;
  const range = vpc?.ip_range;
  return told("ip_range of the VPC", range === undefined ? undefined : { cidr: range, dataHostId });
}

function sourceDifferences(
  access: PlatformAccess,
  answers: Answers,
  part: string,
  found: Fact<readonly string[]>,
): Fact<readonly Difference[]> {
  const network = networkOf(access, answers);
  if (!isKnown(found)) return found;
  if (!isKnown(network)) return network;
  const wished = trustedSources(access.topology, network).map(sourceText);
  return listDifferences(part, wished, found, { there: "let in", gone: "refused" });
}

/** A disk that grows by itself may be larger than it was made. */
function diskDifference(
  { storage }: ResolvedDigitalOcean,
  where: string,
  { storage_size_mib: found }: Server,
): Difference[] {
  const wanted = storage.diskGiB === undefined ? undefined : storage.diskGiB * MIB_PER_GIB;
  if (wanted === undefined || found === undefined || found === null) return [];
  if (found === wanted || (storage.autoscale && found > wanted)) return [];
  return [{ where, name: "disk", want: `${wanted} MiB`, got: `${found} MiB` }];
}

function ofThePrimaryAlone({ topology }: PlatformAccess, { backups, vpc }: Answers): Difference[] {
  const where = topology.primary.part;
  const range = vpc instanceof Missing ? undefined : vpc?.ip_range;
  const { cidr, existing } = topology.network;
  const scheduled = backups instanceof Missing ? undefined : backups?.scheduled_backup_time;
  // What is sent of the time is not zero: at a full hour the minute is the platform's, at midnight the hour too.
  const [hour, minute] = (topology.backup?.schedule ?? "00:00").split(":").map(Number);
  const isOther = (want: number | undefined, got: number) => want !== undefined && want !== 0 && want !== got;
  return [
    ...(existing === undefined && range !== undefined && range !== cidr
      ? [{ where, name: "addresses of the VPC", want: cidr, got: range }]
      : []),
    ...(scheduled && (isOther(hour, scheduled.backup_hour) || isOther(minute, scheduled.backup_minute))
      ? [
          {
            where,
            name: "time of the backup",
            want: topology.backup?.schedule ?? "",
            got: [scheduled.backup_hour, scheduled.backup_minute]
              .map((part) => String(part).padStart(2, "0"))
              .join(":"),
          },
        ]
      : []),
  ];
}

/** A server of which every fact is missing for the same reason. */
function every(part: string, role: ClusterServerFacts["role"], missing: Missing): ClusterServerFacts {
  const names = Object.keys(unknownServer(part, role));
  return { ...(Object.fromEntries(names.map((name) => [name, missing])) as unknown as ClusterServerFacts), part, role };
}

/** A value of an answer, or that the answer has none. */
function told<T>(field: string, value: T | undefined): T | Missing {
  return value ?? new Missing("unknown", `the platform's answer has no ${field}`);
}
