import { EXIT, messageOf, PgtError } from "../../../kernel/errors.ts";
import { Missing } from "../../../requirements/known.ts";
import type {
  BackupsAnswer,
  ClusterAnswer,
  ConfigAnswer,
  DropletAnswer,
  FirewallAnswer,
  PoolAnswer,
  ReplicaAnswer,
  SourceAnswer,
  UserAnswer,
  VpcAnswer,
} from "./digitalocean-answers.ts";
import type { PlatformAccess } from "./platform-access.ts";

/** An answer; `undefined`: there is nothing of that id; a {@link Missing} where the platform did not answer. */
export type Told<T> = T | Missing | undefined;

/** What the platform says of a stack. */
export interface Answers {
  readonly cluster: Told<ClusterAnswer>;
  readonly autoscales: Told<boolean>;
  readonly config: Told<ConfigAnswer>;
  readonly pools: Told<readonly PoolAnswer[]>;
  readonly replicas: Told<readonly ReplicaAnswer[]>;
  readonly users: Told<readonly UserAnswer[]>;
  readonly backups: Told<BackupsAnswer>;
  /** By part: of the cluster, and of each replica by its own id. */
  readonly sources: ReadonlyMap<string, Told<readonly SourceAnswer[]>>;
  /** That the cluster is in. */
  readonly vpc: Told<VpcAnswer>;
  readonly droplet: Told<DropletAnswer>;
  readonly firewalls: Told<readonly FirewallAnswer[]>;
}

/**
 * Asks for everything of a stack at once.
 * @throws {PgtError} exit code 3 where the caller may not ask: nothing else could be checked either
 */
export async function askPlatform(access: PlatformAccess): Promise<Answers> {
  const { api, place, topology } = access;
  const { clusterId: id, dropletId } = place;
  const ask = <T>(what: string, asking: () => Promise<T | undefined>) => told(access, what, asking);
  const servers: [string, string | undefined][] = [
    [topology.primary.part, id],
    ...topology.replicas.map(({ key, part }): [string, string | undefined] => [part, place.replicaIds[key]]),
  ];
  const askForSources = async ([part, server]: (typeof servers)[number]): Promise<
    [string, Told<readonly SourceAnswer[]>]
  > => [part, server === undefined ? undefined : await ask(`the sources of ${part}`, () => api.sources(server))];
  const cluster = ask("the cluster", () => api.cluster(id));
  const vpc = cluster.then((found) => {
    const network = found instanceof Missing ? undefined : found?.private_network_uuid;
    return network === undefined || network === "" ? undefined : ask("the VPC", () => api.vpc(network));
  });
  const [sources, autoscales, config, pools, replicas, users, backups, droplet, firewalls] = await Promise.all([
    Promise.all(servers.map(askForSources)),
    ask("the growth of the disk", () => api.autoscales(id)),
    ask("the parameters", () => api.config(id)),
    ask("the pools", () => api.pools(id)),
    ask("the replicas", () => api.replicas(id)),
    ask("the users", () => api.users(id)),
    ask("the backups", () => api.backups(id)),
    dropletId === undefined ? undefined : ask("the data host", () => api.droplet(dropletId)),
    dropletId === undefined ? undefined : ask("the data host's firewalls", () => api.firewallsOf(dropletId)),
  ]);
  return {
    cluster: await cluster,
    vpc: await vpc,
    sources: new Map(sources),
    autoscales,
    config,
    pools,
    replicas,
    users,
    backups,
    droplet,
    firewalls,
  };
}

async function told<T>(
  { signal }: PlatformAccess,
  what: string,
  asking: () => Promise<T | undefined>,
): Promise<Told<T>> {
  try {
    return await asking();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PgtError && error.exitCode === EXIT.couldNotCheck) throw error;
    return new Missing("unknown", `could not ask for ${what}: ${messageOf(error)}`);
  }
}
